// Asking the city and telling it something, with the types of its OpenAPI document.
import { signal } from '@preact/signals';
import type { components } from './schema';
import type { DeleteAnswer, DeletePath, GetAnswer, GetPath, PostAnswer, PostBody, PostPath, Query } from './contract';

/** Where a request is wrong; in a text also at which line and column or character, of which kind, and what was probably meant. */
export interface Wrong {
  readonly path: string;
  readonly reason: string;
  readonly line?: number;
  readonly column?: number;
  readonly at?: number;
  readonly nearest?: string;
  readonly expected?: readonly string[];
  readonly code?: components['schemas']['MistakeCode'];
  readonly values?: readonly string[];
}

/** What the city refused, or why it could not be asked; `type` is stable (docs/api.md). */
export class Problem extends Error {
  constructor(
    readonly type: string,
    readonly title: string,
    readonly status: number,
    readonly detail?: string,
    readonly errors: readonly Wrong[] = [],
  ) {
    super(detail ?? title);
  }

  /** The type without its beginning, as `case-not-in-hand`. */
  get kind(): string {
    return this.type.replace('urn:citytwin:problem:', '');
  }
}

const stored = 'citytwin.key';

/** The API key, where the city asks for one; kept for this tab alone. */
export const key = signal(sessionStorage.getItem(stored) ?? '');

/** True once the city asked for a key and has got none that it takes. */
export const keyWanted = signal(false);

export function useKey(value: string): void {
  sessionStorage.setItem(stored, value);
  key.value = value;
  keyWanted.value = false;
}

/** Reads; `path` holds the members in braces of the address. */
export function get<P extends GetPath>(
  address: P,
  options: { path?: Record<string, string>; query?: Query<P>; signal?: AbortSignal } = {},
): Promise<GetAnswer<P>> {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(options.query ?? {})) {
    if (value !== undefined && value !== null && value !== '') {
      query.set(name, String(value));
    }
  }
  const tail = query.size > 0 ? `?${query}` : '';
  return send(fill(address, options.path) + tail, { method: 'GET', ...(options.signal && { signal: options.signal }) });
}

/** Tells. Every telling has a key of its own, so that sending it again after a lost answer changes nothing. */
export async function post<P extends PostPath>(
  address: P,
  body: PostBody<P>,
  options: { path?: Record<string, string>; idempotencyKey?: string } = {},
): Promise<PostAnswer<P>> {
  const once = options.idempotencyKey ?? crypto.randomUUID();
  const request: RequestInit = {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': once },
  };
  const target = fill(address, options.path);
  try {
    return await send(target, request);
  } catch (problem) {
    // 503 says that nothing changed: once more under the same key, then it is the person's turn to decide.
    if (problem instanceof Problem && problem.status === 503) {
      await new Promise((resolve) => setTimeout(resolve, 1000));
      return send(target, request);
    }
    throw problem;
  }
}

/** Takes something away; under a key of its own, as every telling. */
export function remove<P extends DeletePath>(address: P, path: Record<string, string>): Promise<DeleteAnswer<P>> {
  return send(fill(address, path), { method: 'DELETE', headers: { 'Idempotency-Key': crypto.randomUUID() } });
}

/** Reads an address that is not JSON, as the metrics. */
export async function getText(address: string, signal_?: AbortSignal): Promise<string> {
  const response = await ask(address, { method: 'GET', ...(signal_ && { signal: signal_ }) });
  return response.text();
}

async function send<T>(address: string, request: RequestInit): Promise<T> {
  const response = await ask(address, request);
  return (await response.json()) as T;
}

async function ask(address: string, request: RequestInit): Promise<Response> {
  const headers = new Headers(request.headers);
  headers.set('Accept', 'application/json');
  if (key.value) {
    headers.set('X-Api-Key', key.value);
  }
  let response: Response;
  try {
    response = await fetch(address, { ...request, headers, cache: 'no-store' });
  } catch (reason) {
    if (reason instanceof DOMException && reason.name === 'AbortError') {
      throw reason;
    }
    throw new Problem('unreachable', 'unreachable', 0);
  }
  if (response.status === 401) {
    keyWanted.value = true;
  }
  if (!response.ok) {
    throw await problemOf(response);
  }
  return response;
}

async function problemOf(response: Response): Promise<Problem> {
  try {
    const p = (await response.json()) as { type?: string; title?: string; detail?: string; errors?: Wrong[] };
    return new Problem(p.type ?? 'unexpected', p.title ?? response.statusText, response.status, p.detail, p.errors);
  } catch {
    return new Problem('unexpected', response.statusText, response.status);
  }
}

function fill(address: string, path: Record<string, string> = {}): string {
  return address.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(path[name] ?? ''));
}
