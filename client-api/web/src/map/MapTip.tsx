import { board } from '../city/board';
import { certainty, few, type Measure } from '../city/measures';
import { count, none, share } from '../i18n/format';
import { named, texts } from '../i18n/language';
import { words } from '../i18n/words';
import type { Cell } from './geometry';

const t = texts({ people: 'dân' }, { people: 'residents' }, { people: 'habitants' });

/** What the pointed commune looks like, in numbers; told to screen readers when the focus moves there. */
export function MapTip({ cell, width, measure }: { cell: Cell; width: number; measure: Measure }) {
  const office = board.value?.offices.get(cell.id);
  if (!office) {
    return null;
  }
  const f = office.figures;
  const results = f.resolved + f.rejected;
  const value = measure.value(office);
  const side = cell.centre[0] > width / 2 ? 'left' : 'right';
  return (
    <div class={`tip ${side}`} style={{ left: `${cell.centre[0]}px`, top: `${cell.centre[1]}px` }} role="status">
      <b>{named(office.profile)}</b>
      <span class="soft">{count(office.profile.population)} {t().people}</span>
      <dl>
        <dt>{measure.label()}</dt><dd>{value === null ? none : measure.write(value)}</dd>
        {measure.name !== 'open' && <><dt>{words().open}</dt><dd>{count(f.open)}</dd></>}
        {measure.name !== 'overdue' && <><dt>{words().overdue}</dt><dd class={f.overdue > 0 ? 'bad' : ''}>{count(f.overdue)}</dd></>}
        {measure.name !== 'onTime' && <><dt>{words().onTime}</dt><dd>{share(f.onTimeShare, 0)}</dd></>}
      </dl>
      {measure.sureness && value !== null && <small>{measure.sureness(office)}</small>}
      {results > 0 && !measure.sureness && (results < few * 5 || measure.name === 'onTime') && <small>{certainty(f.onTime, results)}</small>}
    </div>
  );
}
