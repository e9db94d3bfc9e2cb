import { useCallback, useId, useState } from 'preact/hooks';
import { axis, Chart, type Palette } from '../../../charts/Chart';
import { rangeOf, type RunCharts } from '../../../bench/contract';
import { digitsFor, headlines, intervalWords, nameOf, verdict, verdictTone, write, writeDifference, writeRange } from '../../../bench/figures';
import { decimal } from '../../../i18n/format';
import { texts } from '../../../i18n/language';

const t = texts(
  { title: (l: string) => `Theo ${l}`, metric: 'Chỉ số', base: 'không đổi', value: 'Giá trị', result: 'Kết quả', difference: 'Khác biệt với nền', best: (l: string, v: string, r: string, i: string) => `Tốt nhất ở ${l} = ${v}: ${r} (${i}).`, enough: (l: string, v: string) => `Giá trị đầu tiên chắc chắn tốt hơn nền: ${l} = ${v}.`, describe: (m: string, s: string) => `${m} theo từng giá trị: ${s}` },
  { title: (l: string) => `Along ${l}`, metric: 'Figure', base: 'without', value: 'Value', result: 'Result', difference: 'Difference from the base', best: (l: string, v: string, r: string, i: string) => `Best at ${l} = ${v}: ${r} (${i}).`, enough: (l: string, v: string) => `The first value that is surely better than the base: ${l} = ${v}.`, describe: (m: string, s: string) => `${m} by value: ${s}` },
  { title: (l: string) => `Selon ${l}`, metric: 'Chiffre', base: 'sans', value: 'Valeur', result: 'Résultat', difference: 'Écart à la base', best: (l: string, v: string, r: string, i: string) => `Le mieux à ${l} = ${v} : ${r} (${i}).`, enough: (l: string, v: string) => `La première valeur sûrement meilleure que la base : ${l} = ${v}.`, describe: (m: string, s: string) => `${m} par valeur : ${s}` },
);

/** A figure along the values of one lever, as the staffing that it takes for a share on time. */
export function SweepCurve({ charts }: { charts: RunCharts }) {
  const picker = useId();
  const [key, setKey] = useState<string>(headlines[0]);
  const { lever, values } = charts.sweep!;
  const word = lever;
  const points = values.map((v, i) => ({ value: v, figure: charts.variants[i + 1]!.figures.find((f) => f.key === key)! })).map((p) => ({ ...p, range: rangeOf(p.figure.value) }));
  const base = charts.variants[0]!.figures.find((f) => f.key === key)!;
  const write_ = (v: number) => decimal(v, Number.isInteger(v) ? 0 : 2);
  const sign = base.isHigherBetter ? 1 : -1;
  const best = points.reduce((a, b) => ((b.range?.estimate ?? -Infinity) * sign > (a.range?.estimate ?? -Infinity * sign) * sign ? b : a));
  const enough = points.find((p) => { const d = rangeOf(p.figure.difference); return d && verdict(d, p.figure.isHigherBetter) === 'better'; });
  const spread = Math.max(...points.map((p) => p.range?.high ?? -Infinity)) - Math.min(...points.map((p) => p.range?.low ?? Infinity));
  const digits = Math.max(1, Math.min(3, Math.ceil(-Math.log10(spread / 4 || 1)) + 1));
  const options = useCallback((p: Palette) => {
    const there = points.filter((x) => x.range);
    return {
      grid: { left: 16, right: 24, top: 20, bottom: 30, containLabel: true },
      xAxis: axis(p, { type: 'value', min: values[0], max: values[values.length - 1], name: word, nameLocation: 'middle', nameGap: 28, nameTextStyle: { color: p.soft }, splitLine: { show: false }, ...(values.length <= 12 && { interval: values.length > 1 ? values[1]! - values[0]! : 1 }) }),
      yAxis: axis(p, { type: 'value', scale: true, axisLine: { show: false }, splitNumber: 4, axisLabel: { color: p.soft, fontSize: 12, formatter: (v: number) => write(key, v, digits) } }),
      tooltip: { trigger: 'axis', confine: true, backgroundColor: p.surface, borderColor: p.line, textStyle: { color: p.ink, fontSize: 13 }, formatter: (items: readonly { dataIndex: number }[]) => { const at = there[items[0]?.dataIndex ?? 0]!; return `<div>${word} = ${write_(at.value)}</div><b>${write(key, at.range!.estimate, digits)}</b> (${write(key, at.range!.low, digits)} … ${write(key, at.range!.high, digits)})`; } },
      series: [
        { type: 'line', stack: 'band', silent: true, showSymbol: false, lineStyle: { opacity: 0 }, data: there.map((x) => [x.value, x.range!.low]), stackStrategy: 'all' },
        { type: 'line', stack: 'band', silent: true, showSymbol: false, lineStyle: { opacity: 0 }, areaStyle: { color: p.series[0], opacity: 0.2 }, data: there.map((x) => [x.value, x.range!.high - x.range!.low]), stackStrategy: 'all' },
        { type: 'line', symbol: 'circle', symbolSize: 8, lineStyle: { width: 2, color: p.series[0] }, itemStyle: { color: p.series[0] }, data: there.map((x) => [x.value, x.range!.estimate]), markLine: { silent: true, symbol: 'none', lineStyle: { color: p.soft, type: 'dashed' }, label: { formatter: t().base, color: p.soft, position: 'insideEndTop' }, data: [{ yAxis: base.base.estimate ?? 0 }] } },
      ],
    };
  }, [charts, key, word]);
  return (
    <section class="card" aria-labelledby="sweep">
      <div class="card-head">
        <h2 id="sweep">{t().title(word)}</h2>
        <div class="end"><label for={picker} class="soft small">{t().metric}</label><select id={picker} class="select-small" value={key} onChange={(e) => setKey(e.currentTarget.value)}>{base && charts.variants[0]!.figures.map((f) => <option key={f.key} value={f.key}>{nameOf(f.key, f.name)}</option>)}</select></div>
      </div>
      <div class="columns even inner-columns">
        <Chart height={280} options={options} describe={t().describe(nameOf(key), points.map((p) => `${write_(p.value)}: ${write(key, p.range?.estimate, digits)}`).join('; '))} />
        <div>
          {best.range && <p class="note">{t().best(word, write_(best.value), write(key, best.range.estimate, digits), intervalWords(charts.confidence, write(key, best.range.low, digits), write(key, best.range.high, digits)))}{enough && ` ${t().enough(word, write_(enough.value))}`}</p>}
          <div class="table-scroll">
            <table class="list">
              <thead><tr><th scope="col" class="num">{word}</th><th scope="col" class="num">{t().result}</th><th scope="col" class="num">{t().difference}</th></tr></thead>
              <tbody>
                {points.map((p) => {
                  const d = rangeOf(p.figure.difference);
                  return <tr key={p.value} class={p === best ? 'chosen' : ''}><td class="num">{write_(p.value)}</td><td class="num">{write(key, p.range?.estimate, digits)}</td><td class="num">{d && <><b class={verdictTone[verdict(d, p.figure.isHigherBetter)]}>{writeDifference(key, d.estimate, digitsFor(key, d))}</b><small>{writeRange(key, d)}</small></>}</td></tr>;
                })}
              </tbody>
            </table>
          </div>
        </div>
      </div>
    </section>
  );
}
