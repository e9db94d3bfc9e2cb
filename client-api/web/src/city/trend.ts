// How the city's headline figures went, hour by hour; for sparklines and for yesterday's same hour.
import { signal } from '@preact/signals';
import { get } from '../api/client';
import type { TrendPoint } from '../api/contract';

/** A point with its moment in ms since 1970: read once, used many times a second. */
export type Point = TrendPoint & { readonly ms: number };

export const trend = signal<readonly Point[]>([]);

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const zoneMs = 7 * hourMs;

/** Reads the last days of the city, now and every while; returns what ends it. */
export function followTrend(days: number, everyMs = 20_000): () => void {
  let timer: ReturnType<typeof setTimeout>;
  const read = async () => {
    try {
      trend.value = (await get('/board/trend', { query: { days } })).items.map((p) => ({ ...p, ms: Date.parse(p.at) }));
    } catch {
      // The headline figures stand without it; the shell tells that the connection is lost.
    }
    timer = setTimeout(() => void read(), everyMs);
  };
  void read();
  return () => clearTimeout(timer);
}

/** The figures at the full hour at or before a moment; undefined when none is known within an hour of it. */
export function figuresAt(points: readonly Point[], at: number): Point | undefined {
  const found = points.findLast((p) => p.ms <= at);
  return found && at - found.ms < hourMs ? found : undefined;
}

/** The figures at the beginning of the city's day that holds a moment. */
export function morningOf(points: readonly Point[], at: number): Point | undefined {
  const midnight = Math.floor((at + zoneMs) / dayMs) * dayMs - zoneMs;
  return points.find((p) => p.ms === midnight);
}

export const dayBefore = (at: number): number => at - dayMs;
