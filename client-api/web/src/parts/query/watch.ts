// Following a query: changes come over SignalR in the order in which they happened, and go on where a broken connection left off.
import { get, key } from '../../api/client';
import type { Query } from '../../api/contract';

export interface Change {
  readonly change: 'entered' | 'changed' | 'left';
  readonly type: string;
  readonly twin: string;
  readonly position: number;
  readonly at: string;
  readonly values: Readonly<Record<string, unknown>>;
}

export interface Watcher {
  readonly onChange: (change: Change) => void;
  /** From now on nothing is missed. */
  readonly onBegun: () => void;
  /** True while the connection holds. */
  readonly onState: (isConnected: boolean) => void;
  /** The city does not take the condition: nothing more will come. */
  readonly onRefused: (reason: string) => void;
}

const pauses = [500, 1000, 2000, 5000];

/** Follows until the returned function is called. */
export function watch(type: string, q: string, to: Watcher): () => void {
  let isEnded = false;
  let after: number | undefined;
  let stop: (() => void) | undefined;
  const begin = async (attempt: number): Promise<void> => {
    if (attempt > 0) {
      await new Promise((resolve) => setTimeout(resolve, pauses[Math.min(attempt - 1, pauses.length - 1)]));
    }
    if (isEnded) {
      return;
    }
    // Where the city stands now: what happens while the connection is made is told, too.
    try {
      after ??= (await get('/query', { query: { type, q, limit: 1 } as Query<'/query'> })).position;
      to.onBegun();
    } catch {
      // The stream itself says what is wrong with the condition; without the city it is tried again.
    }
    const { HubConnectionBuilder, LogLevel } = await import('@microsoft/signalr');
    if (isEnded) {
      return;
    }
    const hub = new HubConnectionBuilder().withUrl('/live/queries', { accessTokenFactory: () => key.value }).configureLogging(LogLevel.None).build();
    stop = () => void hub.stop();
    let isOver = false;
    const again = () => {
      if (!isOver && !isEnded) {
        isOver = true;
        to.onState(false);
        void begin(attempt + 1);
      }
    };
    hub.onclose(again);
    try {
      await hub.start();
    } catch {
      again();
      return;
    }
    attempt = 0;
    to.onState(true);
    hub.stream<Change>('watch', { type, q, ...(after !== undefined && { after }) }).subscribe({
      next: (change) => {
        after = change.position;
        to.onChange(change);
      },
      complete: again,
      error: (reason: Error) => {
        const refusal = /HubException: (.*)$/s.exec(reason.message)?.[1];
        if (refusal) {
          isOver = true;
          to.onRefused(refusal);
          void hub.stop();
        }
      },
    });
  };
  void begin(0);
  return () => {
    isEnded = true;
    stop?.();
  };
}
