import { useEffect, useId } from 'preact/hooks';
import { go, place, withQuery } from '../../app/location';
import { moment, readableBoard } from '../../city/board';
import { followForecasts, forecasts } from '../../city/forecasts';
import { followMatching, matching } from '../../city/matching';
import { bordersOf, classOf, measureNames, measures, type Measure, type MeasureName } from '../../city/measures';
import { pageOf } from '../../city/names';
import { count, moment as written, none } from '../../i18n/format';
import { named } from '../../i18n/language';
import { CityMap } from '../../map/CityMap';
import { QueryBox } from '../../parts/query/QueryBox';
import { QueryTools } from '../../parts/query/QueryTools';
import { t } from './texts';

/** The measure is part of the address, so that a link shows the same map. */
function chosen(): Measure {
  const name = place.value.query.get('measure') as MeasureName | null;
  return measures[name && measureNames.includes(name) ? name : 'open'];
}

export function MapCard() {
  const picker = useId();
  const measure = chosen();
  const q = place.value.query.get('q') ?? '';
  useEffect(() => (measure.name === 'forecast' ? followForecasts() : undefined), [measure.name]);
  useEffect(() => (measure.name === 'matching' ? followMatching(q, moment.value) : undefined), [measure.name, q, moment.value]);
  return (
    <section class="card map-card" aria-labelledby={`${picker}h`}>
      <div class="card-head">
        <h2 id={`${picker}h`}>{t().map}</h2>
        <div class="end">
          <label for={picker} class="soft small">{t().colour}</label>
          <select id={picker} class="select-small" value={measure.name} onChange={(e) => go(withQuery({ measure: e.currentTarget.value === 'open' ? undefined : e.currentTarget.value, q: e.currentTarget.value === 'matching' ? q : undefined }), { replace: true })}>
            {measureNames.map((name) => <option key={name} value={name}>{measures[name].label()}</option>)}
          </select>
        </div>
      </div>
      {measure.name === 'matching' && <Ask q={q} />}
      {measure.name === 'forecast' && <ForecastNote />}
      <CityMap measure={measure} at={moment.value} />
      {measure.name !== 'matching' && <Departments measure={measure} />}
    </section>
  );
}

const examples = ['overdue==true', 'open==true;urgency>=high', 'open==true;deadline<now + 4 working hours', 'stage==waitingForCitizen', 'rating<=2'];

/** The map coloured by how many cases of each commune fulfil a condition. */
function Ask({ q }: { q: string }) {
  const ask = (next: string) => go(withQuery({ q: next || undefined }));
  return (
    <div class="map-ask stack">
      <div class="query-bar"><QueryBox type="case" value={q} error={matching.value.error} onAsk={ask} /><QueryTools q={q} /></div>
      {q === '' ? <p class="examples"><span class="soft">{t().examples}</span>{examples.map((e) => <button key={e} onClick={() => ask(e)}>{e}</button>)}</p>
        : matching.value.error === undefined && <p class="soft small" role="status">{t().matching(count(matching.value.total))} <a href={`/cases?q=${encodeURIComponent(q)}`}>{t().list}</a></p>}
    </div>
  );
}

/** Since when the forecast stands, or why there is none. */
function ForecastNote() {
  const known = forecasts.value;
  const text = moment.value ? t().forecastNow : known?.isReady ? `${t().forecastMade(written(known.madeAt))} ${known.note ? t().forecastFew : ''}` : known ? t().forecastNone : '';
  return text ? <p class="map-ask soft small">{text}</p> : null;
}

/** Departments have no place on the map: a row of their own, in the same colours. */
function Departments({ measure }: { measure: Measure }) {
  const offices = [...(readableBoard.value?.offices.values() ?? [])];
  const departments = offices.filter((o) => o.profile.kind === 'department');
  const borders = bordersOf(measure, offices.filter((o) => o.profile.kind !== 'department').map((o) => measure.value(o)).filter((v) => v !== null));
  return (
    <div class="departments">
      <h3>{t().departments}</h3>
      <ul>
        {departments.map((o) => {
          const value = measure.value(o);
          return (
            <li key={o.profile.id}>
              <a href={pageOf(o.profile.id, moment.value)} title={named(o.profile)}>
                <span class="swatch" style={{ background: value === null ? 'var(--no-value)' : `var(--${measure.scale}-${classOf(value, borders)})` }} />
                <span class="name">{named(o.profile)}</span>
                <b>{value === null ? none : measure.write(value)}</b>
              </a>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
