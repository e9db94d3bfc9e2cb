import { useCallback } from 'preact/hooks';
import { get } from '../../api/client';
import type { TrendPoint } from '../../api/contract';
import { axis, Chart, type Palette } from '../../charts/Chart';
import { moment } from '../../city/board';
import { useResource } from '../../city/resource';
import { count, moment as written } from '../../i18n/format';
import { texts } from '../../i18n/language';
import { words } from '../../i18n/words';
import { Empty, Failed, Loading } from '../../parts/states';

const t = texts(
  { title: 'Tồn đọng', sub: 'theo giờ trong ba ngày, trước đó theo ngày', early: 'Chưa đủ một giờ', earlyBody: 'Đường biểu diễn bắt đầu từ giờ tròn đầu tiên.', describe: (from: string, a: string, to: string, b: string) => `Hồ sơ đang mở từ ${from} (${a}) đến ${to} (${b}).` },
  { title: 'Backlog', sub: 'by the hour for three days, before that by the day', early: 'Not an hour old yet', earlyBody: 'The line begins at the first full hour.', describe: (from: string, a: string, to: string, b: string) => `Open cases from ${from} (${a}) to ${to} (${b}).` },
  { title: 'Stock', sub: 'par heure sur trois jours, par jour avant', early: 'Moins d’une heure', earlyBody: 'La courbe commence à la première heure pleine.', describe: (from: string, a: string, to: string, b: string) => `Dossiers ouverts de ${from} (${a}) à ${to} (${b}).` },
);

/** How many cases were open and overdue at an office, hour by hour. */
export function Backlog({ id }: { id: string }) {
  const reading = useResource(`trend ${id}`, (signal) => get('/board/trend', { query: { office: id, days: 60 }, signal }), 20_000);
  const at = moment.value;
  const points = reading.value?.items.filter((p) => at === null || Date.parse(p.at) <= Date.parse(at));
  return (
    <section class="card" aria-labelledby="backlog">
      <div class="card-head"><h2 id="backlog">{t().title}</h2><span class="soft">{t().sub}</span></div>
      {!points ? (reading.error ? <Failed error={reading.error} retry={reading.reload} /> : <Loading />) : points.length < 2 ? <Empty title={t().early}><p>{t().earlyBody}</p></Empty> : <Line points={points} />}
    </section>
  );
}

function Line({ points }: { points: readonly TrendPoint[] }) {
  const span = Date.parse(points[points.length - 1]!.at) - Date.parse(points[0]!.at);
  const options = useCallback((p: Palette) => ({
    grid: { left: 12, right: 18, top: 34, bottom: 10, containLabel: true },
    legend: { top: 6, right: 12, icon: 'roundRect', itemWidth: 14, itemHeight: 3, textStyle: { color: p.soft } },
    xAxis: axis(p, { type: 'time', splitLine: { show: false }, axisLabel: { color: p.soft, hideOverlap: true, formatter: (at: number) => written(at, span > 3.5 * 86_400_000 ? 'day' : span > 86_400_000 ? 'short' : 'minute') } }),
    yAxis: axis(p, { type: 'value', minInterval: 1, axisLine: { show: false } }),
    tooltip: { trigger: 'axis', confine: true, backgroundColor: p.surface, borderColor: p.line, textStyle: { color: p.ink, fontSize: 13 }, axisPointer: { label: { show: false } }, valueFormatter: (v: unknown) => count(Number(v)) },
    series: [
      { name: words().open, type: 'line', step: 'end', showSymbol: false, lineStyle: { width: 2, color: p.series[0] }, itemStyle: { color: p.series[0] }, areaStyle: { color: p.series[0], opacity: 0.1 }, data: points.map((x) => [x.at, x.open]) },
      { name: words().overdue, type: 'line', step: 'end', showSymbol: false, lineStyle: { width: 2, type: 'dashed', color: p.bad }, itemStyle: { color: p.bad }, data: points.map((x) => [x.at, x.overdue]) },
    ],
  }), [points.length, points[points.length - 1]?.at]);
  const first = points[0]!;
  const last = points[points.length - 1]!;
  return <Chart height={264} options={options} describe={t().describe(written(first.at), count(first.open), written(last.at), count(last.open))} />;
}
