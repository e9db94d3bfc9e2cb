import { useCallback, useState } from 'preact/hooks';
import { get } from '../../api/client';
import type { MeasureForecast } from '../../api/contract';
import { axis, Chart, type Palette } from '../../charts/Chart';
import { useResource } from '../../city/resource';
import { count, decimal, moment as written, none, share } from '../../i18n/format';
import { Empty, Failed, Loading, Old } from '../../parts/states';
import { bands, type Band } from './bands';
import { modelName } from './models';
import { t } from './texts';

const measures = ['backlog', 'arrivals', 'completions', 'onTimeShare'] as const;
type Measure = (typeof measures)[number];

/** What is expected of an office for 28 days with its intervals, what earlier forecasts said, and how far they came true. */
export function Forecast({ kind, number }: { kind: string; number: string }) {
  const [chosen, setChosen] = useState<Measure>('backlog');
  const [by, setBy] = useState<'statistical' | 'structural'>('statistical');
  const reading = useResource(`forecast ${kind}/${number}`, (signal) => get('/forecasts/offices/{kind}/{number}', { path: { kind, number }, signal }), 60_000);
  const answer = reading.value;
  const found = answer?.measures.find((m) => m.measure === chosen);
  const hasBoth = Boolean(found?.structural);
  return (
    <section class="card" aria-labelledby="forecast">
      <div class="card-head">
        <h2 id="forecast">{t().forecast}</h2>
        {answer?.isReady && <span class="soft">{t().made(written(answer.madeAt))}</span>}
        {answer?.isReady && (
          <div class="end">
            <select class="select-small" aria-label={t().measure} value={chosen} onChange={(e) => setChosen(e.currentTarget.value as Measure)}>
              {measures.map((m) => <option key={m} value={m}>{t().measureOf(m)}</option>)}
            </select>
            {hasBoth && (
              <select class="select-small" aria-label={t().by} value={by} onChange={(e) => setBy(e.currentTarget.value as typeof by)}>
                <option value="statistical">{t().statistical}</option><option value="structural">{t().structural}</option>
              </select>
            )}
          </div>
        )}
      </div>
      {reading.error !== undefined && answer && <Old error={reading.error} retry={reading.reload} />}
      {!answer ? (reading.error ? <Failed error={reading.error} retry={reading.reload} /> : <Loading />)
        : !answer.isReady || !found ? <Empty title={t().noForecast}><p>{t().noForecastBody(count(answer.historyDays))}</p></Empty>
          : <Shown of={found} by={hasBoth ? by : 'statistical'} days={answer.historyDays} />}
    </section>
  );
}

function Shown({ of: m, by, days }: { of: MeasureForecast; by: 'statistical' | 'structural'; days: number }) {
  const curve = (by === 'structural' ? m.structural : undefined) ?? m.statistical;
  const isShare = m.measure === 'onTimeShare';
  const write = (v: number) => (isShare ? share(v, 0) : count(v));
  const options = useCallback((p: Palette) => chartOf(p, m, curve.days, write, isShare), [m, curve]);
  const last = curve.days[curve.days.length - 1]!;
  return (
    <>
      <Chart height={300} options={options} describe={t().describeForecast(t().measureOf(m.measure), write(last.expected), write(last.low80), write(last.high80), written(last.date, 'date'))} />
      <div class="card-body stack forecast-facts">
        <p>
          <b>{modelName(curve.model)}</b> · {t().fromDays(count(days))}{' · '}
          {curve.backtestError === null || curve.backtestError === undefined ? t().noBacktest : t().backtest(decimal(curve.backtestError, 2), count(curve.origins), curve.backtestError < 1)}
        </p>
        {days < 42 && <p class="note">{t().fewDays}</p>}
        <Scores of={m} by={by} isShare={isShare} />
      </div>
    </>
  );
}

/** How earlier forecasts did: a good one has as many days within an interval as the interval says. */
function Scores({ of: m, by, isShare }: { of: MeasureForecast; by: string; isShare: boolean }) {
  const scores = m.scores.filter((s) => s.by === by).slice(-5).reverse();
  if (scores.length === 0) {
    return <p class="soft">{t().noScores}</p>;
  }
  return (
    <div class="table-scroll">
      <table class="list">
        <caption class="hidden">{t().scores}</caption>
        <thead><tr><th scope="col">{t().forecastFrom}</th><th scope="col" class="num">{t().daysPassed}</th><th scope="col" class="num">{t().error}</th><th scope="col" class="num">{t().within('50')}</th><th scope="col" class="num">{t().within('80')}</th><th scope="col" class="num">{t().within('95')}</th></tr></thead>
        <tbody>
          {scores.map((s) => (
            <tr key={s.from}>
              <td>{written(s.from, 'date')}</td><td class="num">{count(s.days)}</td><td class="num">{isShare ? share(s.meanAbsoluteError, 1) : decimal(s.meanAbsoluteError, 1)}</td>
              <td class="num">{share(s.within50, 0)}</td><td class="num">{share(s.within80, 0)}</td><td class="num">{share(s.within95, 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function chartOf(p: Palette, m: MeasureForecast, days: MeasureForecast['statistical']['days'], write: (v: number) => string, isShare: boolean) {
  const levels: readonly Band[] = bands(days);
  const values = new Map<string, string[]>();
  const tell = (date: string, text: string) => values.set(date, [...(values.get(date) ?? []), text]);
  m.happened.forEach((d) => tell(d.date, `${t().happened}: ${write(d.value)}`));
  m.past.slice(-2).forEach((f) => f.days.forEach((d) => m.happened.some((h) => h.date === d.date) && tell(d.date, `${t().saidOn(written(f.from, 'date'))}: ${write(d.expected)} (${write(d.low80)}–${write(d.high80)})`)));
  days.forEach((d) => tell(d.date, `${t().expected}: ${write(d.expected)}<br>${share(0.5, 0)}: ${write(d.low50)}–${write(d.high50)}<br>${share(0.8, 0)}: ${write(d.low80)}–${write(d.high80)}<br>${share(0.95, 0)}: ${write(d.low95)}–${write(d.high95)}`));
  return {
    grid: { left: 12, right: 18, top: window.innerWidth < 720 ? 66 : 38, bottom: 10, containLabel: true },
    legend: { top: 8, right: 12, icon: 'roundRect', itemWidth: 14, itemHeight: 4, textStyle: { color: p.soft }, data: [{ name: t().happened }, { name: t().expected }, ...levels.map((b) => ({ name: b.name, icon: 'rect', itemStyle: { color: p.series[0], opacity: b.legend } })), ...(m.past.length > 0 ? [{ name: t().saidBefore }] : [])] },
    xAxis: axis(p, { type: 'time', splitLine: { show: false }, axisLabel: { color: p.soft, hideOverlap: true, formatter: (at: number) => written(at, 'day') } }),
    yAxis: axis(p, { type: 'value', min: 0, ...(isShare && { max: 1 }), axisLine: { show: false }, axisLabel: { color: p.soft, formatter: (v: number) => (isShare ? share(v, 0) : count(v)) } }),
    tooltip: { trigger: 'axis', confine: true, backgroundColor: p.surface, borderColor: p.line, textStyle: { color: p.ink, fontSize: 13 }, formatter: (all: { axisValue: number }[]) => { const date = dateOf(all[0]!.axisValue); return `<b>${written(date, 'date')}</b><br>${(values.get(date) ?? [none]).join('<br>')}`; } },
    series: [
      ...levels.flatMap((b) => [
        { name: `${b.name} low`, type: 'line', stack: b.name, showSymbol: false, silent: true, lineStyle: { opacity: 0 }, itemStyle: { opacity: 0 }, data: b.low },
        { name: b.name, type: 'line', stack: b.name, showSymbol: false, silent: true, lineStyle: { opacity: 0 }, itemStyle: { color: p.series[0] }, areaStyle: { color: p.series[0], opacity: b.opacity }, data: b.height },
      ]),
      ...m.past.slice(-2).map((f) => ({ name: t().saidBefore, type: 'line', showSymbol: false, lineStyle: { width: 1.6, type: 'dotted', color: p.series[1] }, itemStyle: { color: p.series[1] }, data: f.days.map((d) => [d.date, d.expected]) })),
      { name: t().expected, type: 'line', showSymbol: false, lineStyle: { width: 2, type: 'dashed', color: p.series[0] }, itemStyle: { color: p.series[0] }, data: days.map((d) => [d.date, d.expected]) },
      { name: t().happened, type: 'line', showSymbol: m.happened.length < 12, lineStyle: { width: 2, color: p.ink }, itemStyle: { color: p.ink }, data: m.happened.map((d) => [d.date, d.value]) },
    ],
  };
}

function dateOf(at: number): string {
  const day = new Date(at);
  return `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, '0')}-${String(day.getDate()).padStart(2, '0')}`;
}
