// What a page is: what its module exports and what it is given. Apart from the table of pages, so that pages need not know that table.
import type { ComponentType } from 'preact';

/** What a page is given: the members of its address. */
export interface PageProps {
  readonly params: Readonly<Record<string, string>>;
}

export interface PageModule {
  readonly default: ComponentType<PageProps>;
}
