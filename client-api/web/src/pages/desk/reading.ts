import { get } from '../../api/client';
import type { CaseLine, GetAnswer, QueuedCase } from '../../api/contract';

export interface DeskNow {
  readonly desk: GetAnswer<'/desks/{id}'>;
  /** In the order of taking, with what is known of each case. */
  readonly queue: readonly { readonly place: QueuedCase; readonly line: CaseLine | undefined }[];
  readonly inHand: readonly { readonly case: string; readonly official: string; readonly line: CaseLine | undefined }[];
}

/** How many of a queue are shown. */
export const shownMax = 60;

// How many are looked through where a condition chooses among them.
const soughtMax = 500;

/** A desk, its queue and what its officials have in hand, all at once; much of the queue where something is sought in it. */
export async function readDesk(id: string, at: string | null, isSought: boolean, signal: AbortSignal): Promise<DeskNow> {
  const path = { id };
  const when = at ? { at } : {};
  const desk = `desk/${id}`;
  const [reading, queue, waiting, taken] = await Promise.all([
    get('/desks/{id}', { path, query: when, signal }),
    get('/desks/{id}/queue', { path, query: { ...when, limit: isSought ? soughtMax : shownMax }, signal }),
    get('/cases', { query: { desk, stage: 'queued', limit: 200 }, signal }),
    get('/cases', { query: { desk, stage: 'inProgress', limit: 200 }, signal }),
  ]);
  const lines = new Map([...waiting.items, ...taken.items].map((c) => [c.case, c]));
  return {
    desk: reading,
    queue: queue.items.map((place) => ({ place, line: lines.get(place.case) })),
    inHand: reading.inHand.map((h) => ({ ...h, line: lines.get(h.case) })),
  };
}
