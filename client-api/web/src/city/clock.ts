// The city's time: told with everything that is read, and running on between.
import { signal } from '@preact/signals';
import { get } from '../api/client';
import type { ClockReading } from '../api/contract';

let cityMs = Date.now();
let heardMs = performance.now();
let speed = 1;

/** The city's time in ms since 1970 UTC, as of the last tick. */
export const cityNow = signal(cityMs);

export const clock = signal<ClockReading | undefined>(undefined);

/** Takes up a moment that the city has just told. */
export function hear(now: string): void {
  cityMs = Date.parse(now);
  heardMs = performance.now();
}

export function nowMs(): number {
  return cityMs + (performance.now() - heardMs) * speed;
}

/** Learns how fast the clock runs; a driven one stands still. */
export async function readClock(): Promise<void> {
  const reading = await get('/clock');
  clock.value = reading;
  speed = reading.mode === 'driven' ? 0 : reading.speed;
  hear(reading.now);
  cityNow.value = nowMs();
}

setInterval(() => {
  if (!document.hidden) {
    cityNow.value = nowMs();
  }
}, 1000);
