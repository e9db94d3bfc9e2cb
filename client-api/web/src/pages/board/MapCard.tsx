import { useId } from 'preact/hooks';
import { go, place, withQuery } from '../../app/location';
import { moment, readableBoard } from '../../city/board';
import { bordersOf, classOf, measureNames, measures, type Measure, type MeasureName } from '../../city/measures';
import { pageOf } from '../../city/names';
import { none } from '../../i18n/format';
import { named } from '../../i18n/language';
import { CityMap } from '../../map/CityMap';
import { t } from './texts';

/** The measure is part of the address, so that a link shows the same map. */
function chosen(): Measure {
  const name = place.value.query.get('measure') as MeasureName | null;
  return measures[name && measureNames.includes(name) ? name : 'open'];
}

export function MapCard() {
  const picker = useId();
  const measure = chosen();
  return (
    <section class="card map-card" aria-labelledby={`${picker}h`}>
      <div class="card-head">
        <h2 id={`${picker}h`}>{t().map}</h2>
        <div class="end">
          <label for={picker} class="soft small">{t().colour}</label>
          <select id={picker} class="select-small" value={measure.name} onChange={(e) => go(withQuery({ measure: e.currentTarget.value === 'open' ? undefined : e.currentTarget.value }), { replace: true })}>
            {measureNames.map((name) => <option key={name} value={name}>{measures[name].label()}</option>)}
          </select>
        </div>
      </div>
      <CityMap measure={measure} at={moment.value} />
      <Departments measure={measure} />
    </section>
  );
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
