// The live connection: the whole board once, then what changed, at most once a frame.
import { signal } from '@preact/signals';
import { key, keyWanted } from '../api/client';
import { takeBoard, takeUpdate, type BoardStart, type BoardUpdate } from './board';
import { readClock } from './clock';
import { Gathering } from './gathering';
import { takeRun } from './runs';

export type Connection = 'connecting' | 'live' | 'lost';

export const connection = signal<Connection>('connecting');

/** When the city was last heard of, ms since 1970 by this machine; 0: never. */
export const heardAt = signal(0);

// After a connection ends there is a pause before the next: a server that stops must not be held up by those who come back at once.
const pauses = [500, 1000, 2000, 5000, 10000];
let isStarted = false;

/** Begins to listen; later calls change nothing. */
export function listen(): void {
  if (!isStarted) {
    isStarted = true;
    void connect();
  }
}

async function connect(): Promise<void> {
  const { HubConnectionBuilder, LogLevel } = await import('@microsoft/signalr');
  const hub = new HubConnectionBuilder()
    .withUrl('/live', { accessTokenFactory: () => key.value })
    .configureLogging(LogLevel.None)
    .build();
  const gathering = new Gathering();
  let isAwaited = false;
  hub.on('board', (answer: BoardStart) => {
    gathering.take();
    takeBoard(answer);
    heard();
  });
  hub.on('update', (update: BoardUpdate) => {
    gathering.add(update);
    if (!isAwaited) {
      isAwaited = true;
      requestAnimationFrame(() => {
        isAwaited = false;
        const gathered = gathering.take();
        if (gathered) {
          takeUpdate(gathered);
          heard();
        }
      });
    }
  });
  hub.on('run', takeRun);
  hub.onclose(() => {
    connection.value = 'lost';
    heardAt.value = Date.now();
    void begin(0);
  });

  async function begin(attempt: number): Promise<void> {
    if (attempt >= 0) {
      await new Promise((resolve) => setTimeout(resolve, pauses[Math.min(attempt, pauses.length - 1)]));
    }
    if (keyWanted.value) {
      return;
    }
    try {
      await readClock();
      await hub.start();
      heard();
    } catch {
      connection.value = 'lost';
      void begin(attempt + 1);
    }
  }
  await begin(-1);
}

function heard(): void {
  connection.value = 'live';
  heardAt.value = Date.now();
}
