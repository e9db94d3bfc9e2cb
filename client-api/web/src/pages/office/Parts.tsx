import { useState } from 'preact/hooks';
import { get } from '../../api/client';
import type { DeskLine, ForecastDay, PartForecast } from '../../api/contract';
import { serviceName } from '../../city/catalogue';
import { pageOf } from '../../city/names';
import { useResource } from '../../city/resource';
import { count, decimal } from '../../i18n/format';
import { named } from '../../i18n/language';
import { Empty, Failed, Loading, Old } from '../../parts/states';
import { modelName } from './models';
import { t } from './texts';

const measures = ['backlog', 'arrivals', 'completions'] as const;
type Measure = (typeof measures)[number];
const listed = 8;

/** What is expected of an office's services and of its desks in a week and in four: which of them the forecast of the whole comes from. */
export function Parts({ kind, number, desks }: { kind: string; number: string; desks: readonly DeskLine[] }) {
  const [measure, setMeasure] = useState<Measure>('backlog');
  const [by, setBy] = useState<'services' | 'desks'>('services');
  const reading = useResource(`parts ${kind}/${number}`, (signal) => get('/forecasts/offices/{kind}/{number}/parts', { path: { kind, number }, signal }), 60_000);
  const answer = reading.value;
  // Why there is none is told by the forecast of the whole.
  if (answer && !answer.isReady) {
    return null;
  }
  return (
    <section class="card" aria-labelledby="parts">
      <div class="card-head">
        <h2 id="parts">{t().parts}</h2>
        <span class="soft wide">{t().is80}</span>
        <div class="end">
          <select class="select-small" aria-label={t().measure} value={measure} onChange={(e) => setMeasure(e.currentTarget.value as Measure)}>
            {measures.map((m) => <option key={m} value={m}>{t().measureOf(m)}</option>)}
          </select>
          <div class="tabs" role="group" aria-label={t().partsOf}>
            {(['services', 'desks'] as const).map((name) => <button key={name} aria-pressed={by === name} onClick={() => setBy(name)}>{t()[name]}</button>)}
          </div>
        </div>
      </div>
      {reading.error !== undefined && answer && <Old error={reading.error} retry={reading.reload} />}
      {!answer ? (reading.error ? <Failed error={reading.error} retry={reading.reload} /> : <Loading />)
        : <Table parts={by === 'services' ? answer.services : [...answer.desks, ...(answer.elsewhere ? [answer.elsewhere] : [])]} by={by} measure={measure} desks={desks} />}
    </section>
  );
}

function Table({ parts, by, measure, desks }: { parts: readonly PartForecast[]; by: 'services' | 'desks'; measure: Measure; desks: readonly DeskLine[] }) {
  const rows = parts.flatMap((p) => p.measures.filter((m) => m.measure === measure).map((m) => ({ of: p.of, ...m }))).sort((a, b) => b.inFourWeeks.expected - a.inFourWeeks.expected);
  if (rows.length === 0) {
    return <Empty title={t().noParts} />;
  }
  return (
    <div class="table-scroll">
      <table class="list">
        <thead><tr><th scope="col">{t()[by]}</th><th scope="col" class="num">{t().inAWeek}</th><th scope="col" class="num">{t().inFour}</th></tr></thead>
        <tbody>
          {rows.slice(0, listed).map((r) => (
            <tr key={r.of} title={modelName(r.model)}>
              <td><Name of={r.of} desks={desks} /></td>
              <td class="num"><Expected day={r.inAWeek} /></td>
              <td class="num"><Expected day={r.inFourWeeks} /></td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > listed && <p class="card-foot">{t().moreParts(count(rows.length - listed))}</p>}
    </div>
  );
}

function Name({ of, desks }: { of: string; desks: readonly DeskLine[] }) {
  const desk = desks.find((d) => d.desk === of);
  return desk ? <a href={pageOf(of)}>{named(desk)}</a> : <>{of === 'elsewhere' ? t().elsewhere : serviceName(of.replace(/^service\//, ''))}</>;
}

// Of a few cases the tenths tell something.
const few = (value: number) => (Math.abs(value) < 10 ? decimal(value, 1) : count(value));

function Expected({ day }: { day: ForecastDay }) {
  return <>{few(day.expected)} <span class="soft small interval">{few(day.low80)}–{few(day.high80)}</span></>;
}
