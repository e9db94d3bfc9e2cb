import { useState } from 'preact/hooks';
import type { OfficeProfile } from '../../../api/contract';
import { pageOf } from '../../../city/names';
import { rangeOf, type OfficeCharts, type VariantCharts } from '../../../bench/contract';
import { verdict, verdictTone, writeDifference } from '../../../bench/figures';
import { count, decimal, none, share } from '../../../i18n/format';
import { named, texts } from '../../../i18n/language';

const t = texts(
  { title: 'Từng cơ quan', office: 'Cơ quan', results: 'Kết quả', base: 'Không đổi', changed: 'Có thay đổi', difference: 'Khác biệt, điểm %', days: 'Ngày', sort: (c: string) => `Xếp theo ${c}`, all: (n: string) => `Hiện cả ${n} cơ quan`, named: 'kịch bản nêu tên' },
  { title: 'Office by office', office: 'Office', results: 'Results', base: 'Without', changed: 'With the changes', difference: 'Difference, points', days: 'Days', sort: (c: string) => `Sort by ${c}`, all: (n: string) => `Show all ${n} offices`, named: 'named by the scenario' },
  { title: 'Service par service', office: 'Service', results: 'Résultats', base: 'Sans', changed: 'Avec les changements', difference: 'Écart, points', days: 'Jours', sort: (c: string) => `Trier par ${c}`, all: (n: string) => `Montrer les ${n} services`, named: 'nommé par le scénario' },
);

type Column = 'office' | 'results' | 'base' | 'changed' | 'difference' | 'days';
const first = 12;

interface Row {
  readonly id: string;
  readonly name: string;
  readonly before: OfficeCharts;
  readonly after: OfficeCharts | undefined;
  readonly isNamed: boolean;
}

const keys: Record<Column, (r: Row) => number | string> = {
  office: (r) => r.name,
  results: (r) => -(r.after ?? r.before).results,
  base: (r) => r.before.onTime?.estimate ?? 101,
  changed: (r) => r.after?.onTime?.estimate ?? 101,
  difference: (r) => -Math.abs(r.after?.onTimeDifference?.estimate ?? 0),
  days: (r) => -((r.after ?? r.before).daysMean?.estimate ?? 0),
};

/** The map as a table, departments too: what each office's share on time is without and with the changes. */
export function Offices({ profiles, isServed, base, changed, namedOffices }: { profiles: readonly OfficeProfile[]; isServed: boolean; base: VariantCharts; changed: VariantCharts | undefined; namedOffices: readonly string[] }) {
  const hasChanges = changed !== undefined && changed.offices.length > 0;
  const [sort, setSort] = useState<Column>(hasChanges ? 'difference' : 'base');
  const [isAll, setAll] = useState(false);
  const byId = new Map(profiles.map((p) => [p.id, p]));
  const after = new Map(changed?.offices.map((o) => [o.office, o]));
  const rows: Row[] = base.offices.filter((o) => o.results > 0).map((o) => ({ id: o.office, name: named(byId.get(o.office), o.name), before: o, after: after.get(o.office), isNamed: namedOffices.includes(o.office) }));
  const key = keys[sort];
  rows.sort((a, b) => {
    const [x, y] = [key(a), key(b)];
    return Number(b.isNamed) - Number(a.isNamed) || (typeof x === 'string' ? x.localeCompare(String(y)) : x - Number(y));
  });
  const columns: readonly Column[] = hasChanges ? ['office', 'results', 'base', 'changed', 'difference', 'days'] : ['office', 'results', 'base', 'days'];
  const isWide = (c: Column) => (hasChanges ? c === 'results' || c === 'base' || c === 'days' : c === 'results');
  return (
    <section class="card" aria-labelledby="offices">
      <div class="card-head"><h2 id="offices">{t().title}</h2></div>
      <div class="table-scroll">
        <table class="list">
          <thead><tr>{columns.map((c) => <th key={c} scope="col" class={`${c === 'office' ? '' : 'num'} ${isWide(c) ? 'wide' : ''}`} aria-sort={sort === c ? 'other' : undefined}><button class="sortable" aria-label={t().sort(t()[c])} onClick={() => setSort(c)}>{t()[c]}{sort === c ? ' ↓' : ''}</button></th>)}</tr></thead>
          <tbody>
            {rows.slice(0, isAll ? rows.length : first).map((r) => {
              const d = rangeOf(r.after?.onTimeDifference);
              return (
                <tr key={r.id}>
                  <td>{isServed ? <a href={pageOf(r.id)}>{r.name}</a> : r.name}{r.isNamed && <small>{t().named}</small>}</td>
                  <td class="num wide">{count((r.after ?? r.before).results)}</td>
                  <td class={`num ${isWide('base') ? 'wide' : ''}`}>{onTime(r.before)}</td>
                  {hasChanges && <td class="num">{onTime(r.after)}</td>}
                  {hasChanges && <td class="num">{d ? <><b class={verdictTone[verdict(d, true)]}>{writeDifference('on_time_share', d.estimate, 1, false)}</b><small>{writeDifference('on_time_share', d.low, 1, false)} … {writeDifference('on_time_share', d.high, 1, false)}</small></> : none}</td>}
                  <td class={`num ${isWide('days') ? 'wide' : ''}`}>{decimal((r.after ?? r.before).daysMean?.estimate, 2)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {!isAll && rows.length > first && <div class="card-foot"><button class="button small" onClick={() => setAll(true)}>{t().all(count(rows.length))}</button></div>}
    </section>
  );
}

const onTime = (o: OfficeCharts | undefined): string => (o?.onTime ? share((o.onTime.estimate ?? 0) / 100, 1) : none);
