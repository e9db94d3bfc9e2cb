import { useCallback } from 'preact/hooks';
import { axis, Chart, type Palette } from '../../../charts/Chart';
import type { VariantCharts } from '../../../bench/contract';
import { count, moment } from '../../../i18n/format';
import { texts } from '../../../i18n/language';

const t = texts(
  { title: 'Tồn đọng', sub: 'hồ sơ đang mở lúc mở cửa; vùng tô: 90% ở giữa các lần mô phỏng', base: 'Không đổi', changed: 'Có thay đổi', table: 'Bảng số', day: 'Ngày', counted: 'bắt đầu tính', describe: (a: string, b: string, c: string, d: string) => `Hồ sơ đang mở theo ngày làm việc. Không đổi: cuối kỳ trung vị ${a}, 90% ở giữa ${b}. Có thay đổi: ${c}, ${d}.`, describeOne: (a: string, b: string) => `Hồ sơ đang mở theo ngày làm việc: cuối kỳ trung vị ${a}, 90% ở giữa ${b}.` },
  { title: 'Backlog', sub: 'open cases at each opening; shaded: the middle 90% of the simulations', base: 'Without', changed: 'With the changes', table: 'As a table', day: 'Day', counted: 'counted from here', describe: (a: string, b: string, c: string, d: string) => `Open cases by working day. Without: at the end a median of ${a}, the middle 90% ${b}. With the changes: ${c}, ${d}.`, describeOne: (a: string, b: string) => `Open cases by working day: at the end a median of ${a}, the middle 90% ${b}.` },
  { title: 'Stock', sub: 'dossiers ouverts à chaque ouverture ; en teinte : les 90 % centraux des simulations', base: 'Sans', changed: 'Avec les changements', table: 'En tableau', day: 'Jour', counted: 'compté d’ici', describe: (a: string, b: string, c: string, d: string) => `Dossiers ouverts par jour ouvré. Sans : à la fin médiane ${a}, 90 % centraux ${b}. Avec les changements : ${c}, ${d}.`, describeOne: (a: string, b: string) => `Dossiers ouverts par jour ouvré : à la fin médiane ${a}, 90 % centraux ${b}.` },
);

/** Open cases day by day, with the band in which nine of ten simulations ran. */
export function BacklogBands({ days, warmUp, base, changed }: { days: readonly string[]; warmUp: string | undefined; base: VariantCharts; changed: VariantCharts | undefined }) {
  const lines = [base, changed].filter((v): v is VariantCharts => !!v?.backlog);
  const names = [t().base, t().changed];
  const options = useCallback((p: Palette) => ({
    grid: { left: 12, right: 18, top: 48, bottom: 10, containLabel: true },
    legend: { top: 6, right: 12, icon: 'roundRect', itemWidth: 14, itemHeight: 3, textStyle: { color: p.soft }, data: lines.map((_, i) => names[i]!) },
    xAxis: axis(p, { type: 'time', splitLine: { show: false }, axisLabel: { color: p.soft, hideOverlap: true, alignMaxLabel: 'right', formatter: (at: number) => moment(at, 'day') } }),
    yAxis: axis(p, { type: 'value', axisLine: { show: false }, splitNumber: 4 }),
    tooltip: { trigger: 'axis', confine: true, backgroundColor: p.surface, borderColor: p.line, textStyle: { color: p.ink, fontSize: 13 }, formatter: (items: readonly { dataIndex: number }[]) => tip(items[0]?.dataIndex ?? 0, days, lines, names) },
    series: lines.flatMap((v, i) => bandOf(p, v, days, names[i]!, i, i === 0 ? warmUp : undefined)),
  }), [days, base, changed]);
  const last = (v: VariantCharts) => { const b = v.backlog!; const n = b.median.length - 1; return [count(b.median[n]), `${count(b.low[n])}–${count(b.high[n])}`] as const; };
  if (lines.length === 0) {
    return null;
  }
  return (
    <section class="card" aria-labelledby="backlog">
      <div class="card-head"><h2 id="backlog">{t().title}</h2><span class="soft">{t().sub}</span></div>
      <Chart height={matchMedia('(max-width: 720px)').matches ? 280 : 424} options={options} describe={lines[1] ? t().describe(...last(lines[0]!), ...last(lines[1])) : t().describeOne(...last(lines[0]!))} />
      <details class="more">
        <summary>{t().table}</summary>
        <div class="table-scroll scroll-y" tabIndex={0}>
          <table class="list">
            <thead><tr><th scope="col">{t().day}</th>{lines.map((_, i) => <th key={i} scope="col" class="num">{names[i]}</th>)}</tr></thead>
            <tbody>{days.map((d, n) => lines[0]!.backlog!.median[n] !== undefined && <tr key={d}><td>{moment(`${d}T00:30:00Z`, 'day')}</td>{lines.map((v, i) => <td key={i} class="num">{count(v.backlog!.median[n])} <small>{count(v.backlog!.low[n])}–{count(v.backlog!.high[n])}</small></td>)}</tr>)}</tbody>
          </table>
        </div>
      </details>
    </section>
  );
}

const at = (day: string) => Date.parse(`${day}T00:30:00Z`);

// The band is what lies between two lines that are stacked, the lower of them unseen.
function bandOf(p: Palette, variant: VariantCharts, days: readonly string[], name: string, place: number, warmUp: string | undefined) {
  const { low, median, high } = variant.backlog!;
  const colour = p.series[place]!;
  const line = (data: readonly number[]) => data.map((v, i) => [at(days[i]!), v]);
  const quiet = { type: 'line', stack: `band${place}`, showSymbol: false, silent: true, lineStyle: { opacity: 0 }, emphasis: { disabled: true }, tooltip: { show: false } };
  return [
    { ...quiet, name: `${name} low`, data: line(low) },
    { ...quiet, name: `${name} band`, data: line(high.map((h, i) => h - low[i]!)), areaStyle: { color: colour, opacity: 0.18 } },
    {
      name, type: 'line', showSymbol: false, data: line(median), lineStyle: { width: 2, color: colour, type: place === 1 ? 'solid' : 'dashed' }, itemStyle: { color: colour },
      ...(warmUp && { markLine: { silent: true, symbol: 'none', lineStyle: { color: p.soft, type: 'dotted' }, label: { formatter: t().counted, color: p.soft, position: 'insideEndTop', rotate: 0, align: 'left' }, data: [{ xAxis: at(warmUp) }] } }),
    },
  ];
}

function tip(n: number, days: readonly string[], lines: readonly VariantCharts[], names: readonly string[]): string {
  const rows = lines.map((v, i) => `<div>${names[i]}: <b>${count(v.backlog!.median[n])}</b> (${count(v.backlog!.low[n])}–${count(v.backlog!.high[n])})</div>`).join('');
  return `<div>${days[n] ? moment(at(days[n]), 'day') : ''}</div>${rows}`;
}
