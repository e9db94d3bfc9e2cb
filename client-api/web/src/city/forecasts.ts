// What is expected of every office, for the map; read while somebody looks at it.
import { signal } from '@preact/signals';
import { get } from '../api/client';
import type { OfficeForecast, OfficeForecasts } from '../api/contract';

const everyMs = 60_000;

/** The latest answer; undefined before the first. */
export const forecasts = signal<OfficeForecasts | undefined>(undefined);

/** By office. */
export const forecastOf = signal<ReadonlyMap<string, OfficeForecast>>(new Map());

/** Reads them now and every minute; returns what ends it. */
export function followForecasts(): () => void {
  let timer: ReturnType<typeof setTimeout>;
  const read = async () => {
    try {
      forecasts.value = await get('/forecasts/offices');
      forecastOf.value = new Map(forecasts.value.items.map((f) => [f.office, f]));
    } catch {
      // The map keeps what is known; the shell tells that the connection is lost.
    }
    timer = setTimeout(() => void read(), everyMs);
  };
  void read();
  return () => clearTimeout(timer);
}
