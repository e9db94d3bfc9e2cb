// Queries that somebody wants to ask again: a name and an address, kept by this browser.
import { signal } from '@preact/signals';

export interface SavedQuery {
  readonly name: string;
  /** Path and query of the page that asks it. */
  readonly address: string;
}

const stored = 'citytwin.queries';
const most = 50;

function read(): readonly SavedQuery[] {
  try {
    const found = JSON.parse(localStorage.getItem(stored) ?? '[]') as SavedQuery[];
    return Array.isArray(found) ? found.filter((q) => typeof q?.name === 'string' && typeof q.address === 'string' && q.address.startsWith('/')) : [];
  } catch {
    // Written by something else: as if there were none.
    return [];
  }
}

export const saved = signal(read());

/** Keeps a query; one of the same name is replaced. The latest 50 stay. */
export function keep(query: SavedQuery): void {
  put([query, ...saved.value.filter((q) => q.name !== query.name)].slice(0, most));
}

export function drop(name: string): void {
  put(saved.value.filter((q) => q.name !== name));
}

function put(queries: readonly SavedQuery[]): void {
  saved.value = queries;
  localStorage.setItem(stored, JSON.stringify(queries));
}
