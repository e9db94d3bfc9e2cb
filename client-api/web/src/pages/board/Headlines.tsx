import { useMemo } from 'preact/hooks';
import type { Figures } from '../../api/contract';
import { board } from '../../city/board';
import { wilson } from '../../city/measures';
import { dayBefore, figuresAt, morningOf, trend, type Point } from '../../city/trend';
import { count, decimal, none, share, shares, signed } from '../../i18n/format';
import { Sparkline } from '../../parts/sparkline';
import { t } from './texts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

interface Tile {
  readonly label: string;
  readonly value: string;
  readonly note: string;
  readonly isBad?: boolean;
  /** The figure at an earlier hour, for the line and for yesterday. */
  readonly line?: (point: Point) => number | null;
}

/** The city in six figures, each with how it went since yesterday. */
export function Headlines() {
  const shown = board.value!;
  const at = Date.parse(shown.now);
  // What went before changes with the hour, the figures four times a second.
  const hour = Math.floor(at / hourMs);
  const points = useMemo(() => trend.value.filter((p) => p.ms <= at && p.ms > at - 2 * dayMs - 1), [trend.value, hour]);
  return (
    <ul class="tiles" aria-label={t().headline}>
      {tiles(shown.figures.all, points, at).map((tile) => (
        <li key={tile.label} class={`tile ${tile.isBad ? 'bad' : ''}`}>
          <span class="tile-label">{tile.label}</span>
          <b class="tile-value">{tile.value}</b>
          {tile.line ? <Line key={`${tile.label} ${hour}`} label={t().trend(tile.label)} points={points} of={tile.line} at={at} /> : <span />}
          <span class="tile-note">{tile.note}</span>
        </li>
      ))}
    </ul>
  );
}

function tiles(f: Figures, points: readonly Point[], at: number): Tile[] {
  const resultsToday = f.resolvedToday + f.rejectedToday;
  const onTimeToday = Math.round((f.onTimeShareToday ?? 0) * resultsToday);
  const [low, high] = wilson(onTimeToday, resultsToday);
  const before = dayBefore(at);
  const yesterday = figuresAt(points, before);
  const morning = morningOf(points, before);
  const sinceMorning = (of: (p: Point) => number) => (yesterday && morning ? of(yesterday) - of(morning) : undefined);
  return [
    { label: t().open, value: count(f.open), note: compared(f.open, yesterday?.open), line: (p) => p.open },
    { label: t().overdue, value: count(f.overdue), note: f.open > 0 ? t().ofOpen(share(f.overdue / f.open, f.overdue > 0 ? 1 : 0)) : '', isBad: f.overdue > 0, line: (p) => p.overdue },
    { label: t().onTimeToday, value: resultsToday > 0 ? share(f.onTimeShareToday, resultsToday < 100 ? 0 : 1) : none, note: resultsToday > 0 ? t().sure(...shares(low, high), count(resultsToday)) : t().noResults },
    { label: t().filedToday, value: count(f.filedToday), note: compared(f.filedToday, sinceMorning((p) => p.filed)), line: (p) => sinceItsMorning(points, p, (q) => q.filed) },
    { label: t().resultsToday, value: count(resultsToday), note: compared(resultsToday, sinceMorning((p) => p.results)), line: (p) => sinceItsMorning(points, p, (q) => q.results) },
    { label: t().days, value: decimal(f.workingDaysMean, 2), note: t().inDays, line: (p) => p.workingDaysMean ?? null },
  ];
}

function compared(now: number, yesterday: number | undefined): string {
  return yesterday === undefined ? t().noYesterday : t().yesterday(count(yesterday), signed(now - yesterday));
}

function sinceItsMorning(points: readonly Point[], point: Point, of: (p: Point) => number): number | null {
  const morning = morningOf(points, point.ms);
  return morning ? of(point) - of(morning) : null;
}

function lineOf(points: readonly Point[], of: (p: Point) => number | null, at: number): { at: number; value: number }[] {
  return points.filter((p) => p.ms >= at - dayMs).map((p) => ({ at: p.ms, value: of(p) })).filter((p): p is { at: number; value: number } => p.value !== null);
}

function Line({ label, points, of, at }: { label: string; points: readonly Point[]; of: (point: Point) => number | null; at: number }) {
  return useMemo(() => <Sparkline label={label} points={lineOf(points, of, at)} />, [points, label]);
}
