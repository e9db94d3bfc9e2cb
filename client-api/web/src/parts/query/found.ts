// Which twins fulfil a condition, for lists that are read from elsewhere: asked anew every while, and when the list has news.
import { get } from '../../api/client';
import type { Query } from '../../api/contract';
import { useResource } from '../../city/resource';

const everyMs = 4000;
const most = 10_000;

export interface Found {
  /** What the condition leaves, by identity; undefined while there is none, or none that is understood. */
  readonly rows: ReadonlyMap<string, Readonly<Record<string, unknown>>> | undefined;
  readonly error: unknown;
  readonly isReading: boolean;
  readonly reload: () => void;
}

interface Where {
  readonly types: readonly string[];
  readonly q: string;
  /** What holds of all twins of the list, as `office==commune/19753`; empty: nothing. */
  readonly within?: string;
  readonly select?: string;
  /** The identities are those of this attribute, as the communes of sensors. */
  readonly by?: string;
  readonly at: string | null;
}

/** The condition with what holds of the whole list. */
export function joined(q: string, within = ''): string {
  return within ? `(${q});${within}` : q;
}

/** How far a condition is moved by what stands before it. */
export function movedBy(within = ''): number {
  return within ? 1 : 0;
}

export function useFound({ types, q, within, select = 'id', by, at }: Where): Found {
  const reading = useResource(JSON.stringify(['found', types, q, within, select, by, at]), async (signal) => {
    if (q === '') {
      return undefined;
    }
    const query = { q: joined(q, within), limit: most, ...(by ? { groupBy: by, aggregate: 'count' } : { select }), ...(at && { at }) };
    const asked = await Promise.allSettled(types.map((type) => get('/query', { query: { type, ...query } as unknown as Query<'/query'>, signal })));
    const answers = asked.flatMap((a) => (a.status === 'fulfilled' ? [a.value] : []));
    // What one kind of twin cannot be asked, as for the identity of another kind, leaves none of its twins.
    if (answers.length === 0) {
      throw (asked[0] as PromiseRejectedResult).reason;
    }
    return new Map(answers.flatMap((a) => a.items.map((row) => [String(row[by ?? 'id']), row as Readonly<Record<string, unknown>>] as const)));
  }, q === '' || at ? 0 : everyMs);
  return { rows: q === '' ? undefined : reading.value, error: q === '' ? undefined : reading.error, isReading: q !== '' && reading.isLoading && !reading.value, reload: reading.reload };
}
