// The board: what the city looks like now, or at the moment that is looked at. The only state that pages share.
import { computed, effect, signal } from '@preact/signals';
import { get, Problem } from '../api/client';
import type { BoardAnswer, CityFigures, Figures, OfficeProfile, RecentEvent, SensorBoard } from '../api/contract';
import { place } from '../app/location';
import { hear } from './clock';
import { slowly } from './slowly';

/** Who an office is. Told once, and when it changes. */
export interface OfficeHead {
  readonly profile: OfficeProfile;
  readonly successor?: string | null;
}

/** The figures of an office that a board shows. */
export type OfficeFigures = Pick<Figures, 'open' | 'received' | 'queued' | 'inProgress' | 'waiting' | 'overdue' | 'filed' | 'resolved' | 'rejected' | 'onTime' | 'filedToday' | 'resolvedToday' | 'rejectedToday' | 'ratings' | 'ratingMean' | 'workingDaysMean' | 'onTimeShare'>;

/** An office on the board. */
export interface BoardOffice extends OfficeHead {
  readonly desks: number;
  readonly officials: number;
  readonly figures: OfficeFigures;
}

export interface Board {
  readonly nameVi: string;
  readonly nameEn: string;
  readonly now: string;
  readonly position: number;
  readonly lag: number;
  readonly figures: CityFigures;
  readonly offices: ReadonlyMap<string, BoardOffice>;
  /** The same list from update to update as long as no office changes its name or place: what depends on it alone is not drawn anew. */
  readonly heads: readonly OfficeHead[];
  readonly sensors: SensorBoard;
  /** The newest first. */
  readonly recent: readonly RecentEvent[];
}

/** Numbers of an office; what they mean is told with the board. Not in the OpenAPI document: it comes over SignalR (docs/api.md). */
export type Row = readonly (number | null)[];

export interface PlacedHead extends OfficeHead {
  readonly place: number;
}

/** What the live connection says first. */
export interface BoardStart extends Pick<BoardAnswer, 'nameVi' | 'nameEn' | 'now' | 'position' | 'lag' | 'figures' | 'sensors'> {
  readonly columns: readonly string[];
  readonly offices: readonly PlacedHead[];
  readonly rows: readonly Row[];
  readonly recent: readonly RecentEvent[];
}

/** What it says from then on. */
export interface BoardUpdate {
  readonly now: string;
  readonly position: number;
  readonly lag: number;
  readonly figures: CityFigures;
  readonly offices: readonly PlacedHead[];
  readonly rows: readonly Row[];
  readonly recent: readonly RecentEvent[];
  /** Only when anything about them changed. */
  readonly sensors?: SensorBoard;
}

/** Events that the pages keep. */
export const recentMax = 200;

const noHeads: readonly OfficeHead[] = [];

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

/** Who the offices are; changes only when one of them does. */
export const heads = computed(() => (board.value ?? liveBoard.value)?.heads ?? noHeads);

let onMap: readonly OfficeProfile[] = [];

/** The communes that the city is divided into; the same list until one of them changes its name, place or size, also from one past moment to the next. */
export const communes = computed(() => {
  const found = heads.value.filter((o) => o.profile.kind !== 'department' && isService(o)).map((o) => o.profile);
  onMap = found.length === onMap.length && found.every((p, i) => isSameOnMap(p, onMap[i]!)) ? onMap : found;
  return onMap;
});

function isSameOnMap(a: OfficeProfile, b: OfficeProfile): boolean {
  return a.id === b.id && a.nameVi === b.nameVi && a.latitude === b.latitude && a.longitude === b.longitude && a.areaKm2 === b.areaKm2 && a.population === b.population;
}

/** The city's name, once known. */
export const cityNameVi = computed(() => (liveBoard.value ?? board.value)?.nameVi);
export const cityNameEn = computed(() => (liveBoard.value ?? board.value)?.nameEn);

/** Whether there is a board to show. */
export const hasBoard = computed(() => board.value !== undefined);

export function isService(office: OfficeHead): boolean {
  return !office.successor || office.successor === 'none';
}

// What the live rows mean: the names of their numbers, and which office is at which place.
let columns: readonly string[] = [];
let placed: OfficeHead[] = [];

export function takeBoard(answer: BoardStart): void {
  hear(answer.now);
  columns = answer.columns;
  placed = [];
  for (const { place: at, profile, successor } of answer.offices) {
    placed[at] = { profile, ...(successor && { successor }) };
  }
  const { columns: _, rows, offices: __, ...rest } = answer;
  // After an outage the city knows little of what was before it: what was seen here already stays, if it is the same journal that goes on.
  const before = liveBoard.peek();
  const recent = before && before.nameVi === answer.nameVi && before.position <= answer.position ? later(answer.recent, before.recent) : answer.recent;
  liveBoard.value = { ...rest, recent, heads: [...placed], offices: new Map(rows.map((row) => officeOf(row))) };
}

export function takeUpdate(update: BoardUpdate): void {
  const before = liveBoard.value;
  if (!before) {
    return;
  }
  hear(update.now);
  const { now, position, lag, figures } = update;
  let { heads: known, offices, recent } = before;
  if (update.offices.length > 0) {
    update.offices.forEach(({ place: at, profile, successor }) => (placed[at] = { profile, ...(successor && { successor }) }));
    known = [...placed];
  }
  if (update.rows.length > 0) {
    const copy = new Map(before.offices);
    update.rows.forEach((row) => copy.set(...officeOf(row)));
    offices = copy;
  }
  recent = later(update.recent, recent);
  liveBoard.value = { ...before, now, position, lag, figures, heads: known, sensors: update.sensors ?? before.sensors, recent, offices };
}

// What comes after the newest that is known, before it. The same list when nothing does.
function later(told: readonly RecentEvent[], known: readonly RecentEvent[]): readonly RecentEvent[] {
  const fresh = told.filter((e) => e.position > (known[0]?.position ?? 0));
  return fresh.length > 0 ? [...fresh, ...known].slice(0, recentMax) : known;
}

function officeOf(row: Row): [string, BoardOffice] {
  const numbers: Record<string, number | null> = {};
  columns.forEach((name, i) => (numbers[name] = row[i] ?? null));
  const { place: at, desks, officials, ...figures } = numbers;
  const results = (figures['resolved'] ?? 0) + (figures['rejected'] ?? 0);
  const onTimeShare = results > 0 ? (figures['onTime'] ?? 0) / results : null;
  const head = placed[at ?? -1]!;
  return [head.profile.id, { ...head, desks: desks ?? 0, officials: officials ?? 0, figures: { ...figures, onTimeShare } as unknown as OfficeFigures }];
}

function asBoard(answer: BoardAnswer): Board {
  return { ...answer, recent: answer.recent as readonly RecentEvent[], heads: answer.offices, offices: new Map(answer.offices.map((o) => [o.profile.id, o])) };
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
