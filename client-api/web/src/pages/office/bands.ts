// Intervals as a chart stacks them: the lower end, and upon it the height.
import type { ForecastDay } from '../../api/contract';
import { share } from '../../i18n/format';

export interface Band {
  readonly name: string;
  readonly low: readonly (readonly [string, number])[];
  readonly height: readonly (readonly [string, number])[];
  readonly opacity: number;
  /** How dark it looks where the wider ones lie beneath. */
  readonly legend: number;
}

/** The widest first, so that the narrower ones lie upon it. */
export function bands(days: readonly ForecastDay[]): readonly Band[] {
  const band = (name: string, low: (d: ForecastDay) => number, high: (d: ForecastDay) => number, opacity: number, legend: number): Band => ({
    name, opacity, legend, low: days.map((d) => [d.date, low(d)]), height: days.map((d) => [d.date, high(d) - low(d)]),
  });
  return [
    band(share(0.95, 0), (d) => d.low95, (d) => d.high95, 0.12, 0.18),
    band(share(0.8, 0), (d) => d.low80, (d) => d.high80, 0.16, 0.36),
    band(share(0.5, 0), (d) => d.low50, (d) => d.high50, 0.22, 0.6),
  ];
}
