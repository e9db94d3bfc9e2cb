// How the city's headline figures went, hour by hour; for sparklines and for yesterday's same hour.
import { signal } from '@preact/signals';
import { get } from '../api/client';
import type { TrendPoint } from '../api/contract';

export const trend = signal<readonly TrendPoint[]>([]);

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const zoneMs = 7 * hourMs;

/** Reads the last days of the city, now and every while; returns what ends it. */
export function followTrend(days: number, everyMs = 20_000): () => void {
  let timer: ReturnType<typeof setTimeout>;
  const read = async () => {
    try {
      trend.value = (await get('/board/trend', { query: { days } })).items;
    } catch {
      // The headline figures stand without it; the shell tells that the connection is lost.
    }
    timer = setTimeout(() => void read(), everyMs);
  };
  void read();
  return () => clearTimeout(timer);
}

/** The figures at the full hour at or before a moment; undefined when none is known within an hour of it. */
export function figuresAt(points: readonly TrendPoint[], at: number): TrendPoint | undefined {
  const found = points.findLast((p) => Date.parse(p.at) <= at);
  return found && at - Date.parse(found.at) < hourMs ? found : undefined;
}

/** The figures at the beginning of the city's day that holds a moment. */
export function morningOf(points: readonly TrendPoint[], at: number): TrendPoint | undefined {
  const midnight = Math.floor((at + zoneMs) / dayMs) * dayMs - zoneMs;
  return points.find((p) => Date.parse(p.at) === midnight);
}

export const dayBefore = (at: number): number => at - dayMs;
