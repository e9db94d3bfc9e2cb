// The board: what the city looks like now, or at the moment that is looked at. The only state that pages share.
import { computed, effect, signal } from '@preact/signals';
import { get, Problem } from '../api/client';
import type { BoardAnswer, CityFigures, OfficeLine, RecentEvent, SensorBoard } from '../api/contract';
import { place } from '../app/location';
import { hear } from './clock';
import { slowly } from './slowly';

export interface Board {
  readonly nameVi: string;
  readonly nameEn: string;
  readonly now: string;
  readonly position: number;
  readonly lag: number;
  readonly figures: CityFigures;
  readonly offices: ReadonlyMap<string, OfficeLine>;
  readonly sensors: SensorBoard;
  /** The newest first. */
  readonly recent: readonly RecentEvent[];
}

/** What the live connection says between two boards. Not in the OpenAPI document: it comes over SignalR. */
export interface BoardUpdate {
  readonly now: string;
  readonly position: number;
  readonly lag: number;
  readonly figures: CityFigures;
  readonly offices: readonly OfficeLine[];
  readonly recent: readonly RecentEvent[];
  /** Only when anything about them changed. */
  readonly sensors?: SensorBoard;
}

const recentMax = 200;

/** The board of now, kept up to date while the connection holds. */
export const liveBoard = signal<Board | undefined>(undefined);

/** The moment that is looked at, from the address; null: now. */
export const moment = computed(() => place.value.query.get('at'));

const past = signal<{ at: string; board: Board } | undefined>(undefined);
const pastError = signal<unknown>(undefined);

/** Whether a board of the past is on its way. */
export const isTravelling = signal(false);

/** The board to show. While a past one is fetched, the one before stays. */
export const board = computed(() => (moment.value === null ? liveBoard.value : past.value?.board));
export const boardError = computed(() => (moment.value === null ? undefined : pastError.value));

export function isService(office: OfficeLine): boolean {
  return !office.successor || office.successor === 'none';
}

export function takeBoard(answer: BoardAnswer): void {
  hear(answer.now);
  liveBoard.value = asBoard(answer);
}

export function takeUpdate(update: BoardUpdate): void {
  const before = liveBoard.value;
  if (!before) {
    return;
  }
  hear(update.now);
  const offices = new Map(before.offices);
  for (const office of update.offices) {
    offices.set(office.profile.id, office);
  }
  const newest = before.recent[0]?.position ?? 0;
  const fresh = update.recent.filter((e) => e.position > newest);
  liveBoard.value = { ...before, ...update, sensors: update.sensors ?? before.sensors, offices, recent: fresh.length > 0 ? [...fresh, ...before.recent].slice(0, recentMax) : before.recent };
}

function asBoard(answer: BoardAnswer): Board {
  return { ...answer, recent: answer.recent as readonly RecentEvent[], offices: new Map(answer.offices.map((o) => [o.profile.id, o])) };
}

// One board of the past at a time: while one is fetched, only the latest wish is remembered.
let isFetching = false;

async function travel(): Promise<void> {
  if (isFetching) {
    return;
  }
  isFetching = true;
  isTravelling.value = true;
  for (let at = moment.peek(); at !== null && past.peek()?.at !== at; at = moment.peek()) {
    try {
      past.value = { at, board: asBoard(await get('/board', { query: { at } })) };
      pastError.value = undefined;
    } catch (error) {
      pastError.value = error;
      if (!(error instanceof Problem) || error.status !== 503) {
        break;
      }
    }
  }
  isFetching = false;
  isTravelling.value = false;
}

effect(() => {
  if (moment.value === null) {
    past.value = undefined;
    pastError.value = undefined;
  } else {
    void travel();
  }
});

/** The board at a reading pace, for lists: what moves four times a second cannot be read. */
export const readableBoard = slowly(board, 1000, moment);
