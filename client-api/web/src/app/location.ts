// Where we are: the address is the state that people share.
import { signal } from '@preact/signals';

export interface Place {
  readonly path: string;
  readonly query: URLSearchParams;
}

function here(): Place {
  return { path: window.location.pathname, query: new URLSearchParams(window.location.search) };
}

export const place = signal<Place>(here());

window.addEventListener('popstate', () => {
  place.value = here();
});

/** Goes to an address of ours; `replace` leaves no trace in the history, for what changes while one drags or types. */
export function go(address: string, options: { replace?: boolean } = {}): void {
  if (options.replace) {
    history.replaceState(null, '', address);
  } else {
    history.pushState(null, '', address);
  }
  place.value = here();
}

/** The address of here with some members of its query changed; undefined takes one away. */
export function withQuery(changes: Record<string, string | undefined>): string {
  const query = new URLSearchParams(place.value.query);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || value === '') {
      query.delete(name);
    } else {
      query.set(name, value);
    }
  }
  const tail = query.toString();
  return place.value.path + (tail ? `?${tail}` : '');
}

/** Links within the pages do not load the document anew. */
document.addEventListener('click', (event) => {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) {
    return;
  }
  const link = (event.target as Element | null)?.closest?.('a[href]') as HTMLAnchorElement | null;
  if (!link || link.target || link.hasAttribute('download') || link.origin !== window.location.origin || link.dataset['document'] !== undefined) {
    return;
  }
  if (link.pathname === window.location.pathname && link.hash) {
    return;
  }
  event.preventDefault();
  go(link.pathname + link.search);
});
