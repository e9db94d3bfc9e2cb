// Intervals drawn into table rows. The numbers stand beside them, so screen readers pass the drawing by.
import type { Range } from './contract';

type Tone = 'good' | 'bad' | 'even';

interface Scale {
  readonly min: number;
  readonly max: number;
}

const at = (scale: Scale, value: number): string => `${(Math.max(scale.min, Math.min(scale.max, value)) - scale.min) / (scale.max - scale.min || 1) * 100}%`;

/** An interval about its estimate, beside a line at nought. */
export function IntervalPlot({ range, scale, tone }: { range: Range; scale: Scale; tone: Tone }) {
  return (
    <svg class="interval-plot" aria-hidden="true">
      <line class="zero" x1={at(scale, 0)} x2={at(scale, 0)} y1="0" y2="100%" />
      <line class={`whisker ${tone}`} x1={at(scale, range.low)} x2={at(scale, range.high)} y1="50%" y2="50%" />
      {range.estimate > scale.max || range.estimate < scale.min
        ? <svg x={at(scale, range.estimate)} y="50%" overflow="visible"><path class={tone} d={range.estimate > 0 ? 'M-9 -5L1 0L-9 5z' : 'M9 -5L-1 0L9 5z'} /></svg>
        : <circle class={tone} cx={at(scale, range.estimate)} cy="50%" r="4.5" />}
    </svg>
  );
}

/** From a hollow point to a full one, as from before to after. `band` is an interval about the full one. */
export function DumbbellPlot({ from, to, band, scale, tone }: { from: number; to: number; band?: Range; scale: Scale; tone: Tone }) {
  return (
    <svg class="interval-plot" aria-hidden="true">
      {band && <line class="band" x1={at(scale, band.low)} x2={at(scale, band.high)} y1="50%" y2="50%" />}
      <line class={`whisker ${tone}`} x1={at(scale, from)} x2={at(scale, to)} y1="50%" y2="50%" />
      <circle class="full" cx={at(scale, to)} cy="50%" r="4.5" />
      <circle class="hollow" cx={at(scale, from)} cy="50%" r="4" />
    </svg>
  );
}

/** Bars from nought to both sides, as of a tornado. */
export function BarsPlot({ less, more, reach }: { less: Range; more: Range; reach: number }) {
  const scale = { min: -reach, max: reach };
  const bar = (value: number, y: string, fill: string) => <rect x={at(scale, Math.min(0, value))} y={y} width={`${Math.min(reach, Math.abs(value)) / (2 * reach) * 100}%`} height="9" rx="2" style={{ fill }} />;
  return (
    <svg class="interval-plot tall" aria-hidden="true">
      {bar(less.estimate, '6', 'var(--chart-1)')}
      {bar(more.estimate, '19', 'var(--chart-2)')}
      <line class="zero" x1="50%" x2="50%" y1="0" y2="100%" />
    </svg>
  );
}
