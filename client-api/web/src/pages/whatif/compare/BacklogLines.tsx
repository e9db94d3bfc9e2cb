import { useCallback } from 'preact/hooks';
import { get } from '../../../api/client';
import { axis, Chart, type Palette } from '../../../charts/Chart';
import { useResource } from '../../../city/resource';
import type { ComparisonAnswer } from '../../../bench/contract';
import { count, moment } from '../../../i18n/format';
import { texts } from '../../../i18n/language';
import { Failed, Loading } from '../../../parts/states';

const t = texts(
  { title: 'Tồn đọng', sub: 'trung vị hồ sơ đang mở lúc mở cửa', base: 'Nền', end: (n: string, v: string) => `${n} ${v}`, describe: (s: string) => `Hồ sơ đang mở cuối kỳ, trung vị: ${s}.` },
  { title: 'Backlog', sub: 'median of open cases at each opening', base: 'Base', end: (n: string, v: string) => `${n} ${v}`, describe: (s: string) => `Open cases at the end, medians: ${s}.` },
  { title: 'Stock', sub: 'médiane des dossiers ouverts à chaque ouverture', base: 'Base', end: (n: string, v: string) => `${n} ${v}`, describe: (s: string) => `Dossiers ouverts à la fin, médianes : ${s}.` },
);

const dashes = ['solid', 'solid', 'solid', 'solid', 'solid', 'dotted'] as const;

/** Open cases of all compared runs day by day. */
export function BacklogLines({ answer }: { answer: ComparisonAnswer }) {
  const ids = answer.runs.map((r) => r.id).join(',');
  const reading = useResource(`backlogs ${ids}`, (signal) => Promise.all(answer.runs.map((r) => get('/whatif/runs/{id}/charts', { path: { id: String(r.id) }, signal }))));
  const all = reading.value;
  const days = all?.[0]?.workingDays ?? [];
  const lines = all ? [{ name: t().base, values: all[0]!.variants[0]!.backlog?.median ?? [] }, ...all.map((c, i) => ({ name: answer.runs[i]!.name, values: c.variants[c.variants.length - 1]!.backlog?.median ?? [] }))] : [];
  const options = useCallback((p: Palette) => ({
    grid: { left: 12, right: 24, top: 16 + 22 * Math.ceil(lines.length / 3), bottom: 10, containLabel: true },
    legend: { top: 6, left: 12, right: 12, icon: 'roundRect', itemWidth: 14, itemHeight: 3, textStyle: { color: p.soft, width: 240, overflow: 'truncate' } },
    xAxis: axis(p, { type: 'time', splitLine: { show: false }, axisLabel: { color: p.soft, hideOverlap: true, alignMaxLabel: 'right', formatter: (at: number) => moment(at, 'day') } }),
    yAxis: axis(p, { type: 'value', scale: true, axisLine: { show: false }, splitNumber: 4 }),
    tooltip: { trigger: 'axis', confine: true, backgroundColor: p.surface, borderColor: p.line, textStyle: { color: p.ink, fontSize: 13 }, valueFormatter: (v: unknown) => count(Number(v)) },
    series: lines.map((l, i) => {
      const colour = i === 0 ? p.soft : p.series[(i - 1) % p.series.length]!;
      return { name: l.name, type: 'line', showSymbol: false, lineStyle: { width: 2, color: colour, type: i === 0 ? 'dashed' : dashes[i - 1] }, itemStyle: { color: colour }, data: l.values.map((v, d) => [Date.parse(`${days[d]}T00:30:00Z`), v]) };
    }),
  }), [all, ids]);
  return (
    <section class="card" aria-labelledby="backlogs">
      <div class="card-head"><h2 id="backlogs">{t().title}</h2><span class="soft">{t().sub}</span></div>
      {!all ? (reading.error ? <Failed error={reading.error} retry={reading.reload} /> : <Loading lines={6} />)
        : <Chart height={320} options={options} describe={t().describe(lines.map((l) => t().end(l.name, count(l.values[l.values.length - 1]))).join(', '))} />}
    </section>
  );
}
