// A page of cases: from the list, or from the live query where a condition is given. Both are told in the same lines.
import { get } from '../../api/client';
import type { CaseLine, Query } from '../../api/contract';

/** The filters of the list; each is also an attribute of the query, by the name beside it. */
export const filters = ['office', 'stage', 'service', 'kind', 'open', 'overdue', 'sort', 'desk', 'official', 'commune', 'citizen', 'channel', 'urgency'] as const;

export const page = 50;

/** What of a case a line shows. */
export type ShownCase = Pick<CaseLine, 'case' | 'service' | 'urgency' | 'office' | 'stage' | 'filedAt' | 'dueAt'>;

export interface CasePage {
  readonly items: readonly ShownCase[];
  readonly next?: string | null | undefined;
}

const orders: Record<string, string> = { dueAt: 'deadline', '-filedAt': '!filedAt', '-stageAt': '!stageAt' };

/** The condition with the filters beside it. */
export function whole(q: string, asked: Readonly<Record<string, string>>): string {
  const more = Object.entries(asked).filter(([name]) => name !== 'sort').map(([name, value]) => `${name}==${/^[\w./-]+$/.test(value) ? value : `"${value}"`}`);
  return more.length === 0 ? q : [`(${q})`, ...more].join(';');
}

/** How far the condition is moved by what stands before it. */
export function moved(asked: Readonly<Record<string, string>>): number {
  return Object.keys(asked).some((name) => name !== 'sort') ? 1 : 0;
}

/** In which order the list is: as asked; else what is due first of open cases, and the newest of all. */
export function orderOf(q: string, asked: Readonly<Record<string, string>>): string {
  return asked['sort'] ?? (q !== '' || asked['open'] === 'true' || asked['overdue'] === 'true' ? 'dueAt' : '-filedAt');
}

export async function readCases(q: string, asked: Readonly<Record<string, string>>, cursor?: string, signal?: AbortSignal, limit = page): Promise<CasePage> {
  const more = { limit, ...(cursor && { cursor }) };
  const options = signal ? { signal } : {};
  if (!q) {
    return get('/cases', { query: { ...asked, sort: orderOf(q, asked), ...more } as Query<'/cases'>, ...options });
  }
  return readFitting(whole(q, asked), orders[orderOf(q, asked)] ?? 'deadline', more, signal);
}

/** The cases that fulfil a condition, as lines. */
export async function readFitting(q: string, orderBy: string, more: { limit: number; cursor?: string }, signal?: AbortSignal): Promise<CasePage> {
  const answer = await get('/query', { query: { type: 'case', q, orderBy, select: 'id,service,urgency,office,stage,filedAt,deadline', ...more }, ...(signal && { signal }) });
  return {
    next: answer.next,
    items: answer.items.map((row) => ({ case: row['id'], service: row['service'], urgency: row['urgency'], office: row['office'], stage: row['stage'], filedAt: row['filedAt'], dueAt: row['deadline'] }) as unknown as ShownCase),
  };
}
