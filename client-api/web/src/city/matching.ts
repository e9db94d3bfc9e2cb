// How many cases of each commune fulfil a condition, for the map: asked anew every few seconds while somebody looks.
import { signal } from '@preact/signals';
import { get } from '../api/client';

const everyMs = 3000;
const groupsMax = 10_000;

export interface Matching {
  readonly counts: ReadonlyMap<string, number>;
  readonly total: number;
  readonly error: unknown;
}

export const matching = signal<Matching>({ counts: new Map(), total: 0, error: undefined });

/** Asks now and every while, or once for a moment of the past; returns what ends it. */
export function followMatching(q: string, at: string | null): () => void {
  const abort = new AbortController();
  let timer: ReturnType<typeof setTimeout>;
  const read = async () => {
    try {
      const answer = await get('/query', { query: { type: 'case', ...(q && { q }), groupBy: 'commune', aggregate: 'count', limit: groupsMax, ...(at && { at }) }, signal: abort.signal });
      const counts = new Map(answer.items.map((row) => [String(row['commune']), Number(row['count'])]));
      matching.value = { counts, total: [...counts.values()].reduce((a, b) => a + b, 0), error: undefined };
    } catch (error) {
      if (!abort.signal.aborted) {
        matching.value = { ...matching.value, error };
      }
    }
    if (!abort.signal.aborted && !at && matching.value.error === undefined) {
      timer = setTimeout(() => void read(), everyMs);
    }
  };
  void read();
  return () => {
    abort.abort();
    clearTimeout(timer);
  };
}
