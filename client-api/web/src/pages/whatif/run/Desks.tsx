import type { DeskKindCharts, ScenarioNames, VariantCharts } from '../../../bench/contract';
import { DumbbellPlot } from '../../../bench/IntervalPlot';
import { choiceName } from '../../../bench/choices';
import { count, decimal, share } from '../../../i18n/format';
import { named, texts } from '../../../i18n/language';

const t = texts(
  { waits: 'Chờ cán bộ', waitsSub: 'trung bình, giờ làm việc; rỗng: không đổi, đầy: có thay đổi', waitsOne: 'trung bình, giờ làm việc', time: 'Thời gian của cán bộ', timeSub: 'theo nguyên nhân', desks: 'Quầy', base: 'Không đổi', changed: 'Có thay đổi', hours: 'Giờ công', busy: 'xử lý hồ sơ', idle: 'không có việc', absent: 'vắng mặt', shut: 'cơ quan đóng cửa', h: 'giờ' },
  { waits: 'Waits for an officer', waitsSub: 'mean, working hours; hollow: without, full: with the changes', waitsOne: 'mean, working hours', time: 'Officers’ time', timeSub: 'by cause', desks: 'Desks', base: 'Without', changed: 'With the changes', hours: 'Staff hours', busy: 'on cases', idle: 'no work', absent: 'absent', shut: 'office shut', h: 'h' },
  { waits: 'Attente d’un agent', waitsSub: 'moyenne, heures ouvrées ; creux : sans, plein : avec les changements', waitsOne: 'moyenne, heures ouvrées', time: 'Le temps des agents', timeSub: 'par cause', desks: 'Guichets', base: 'Sans', changed: 'Avec les changements', hours: 'Heures', busy: 'sur les dossiers', idle: 'sans travail', absent: 'absents', shut: 'service fermé', h: 'h' },
);

const shownMax = 14;

const keyOf = (d: DeskKindCharts) => `${d.level} ${d.name}`;

/** Waits and officers' time by kind of desk. */
export function Desks({ base, changed, names }: { base: VariantCharts; changed: VariantCharts | undefined; names: ScenarioNames | undefined }) {
  const after = changed && changed.desks.length > 0 ? changed : undefined;
  const rows = (after ?? base).desks.slice(0, shownMax);
  const before = new Map(base.desks.map((d) => [keyOf(d), d]));
  const vi = new Map(names?.desks.map((d) => [d.nameEn, d]));
  const name = (d: DeskKindCharts) => named(vi.get(d.name), d.name);
  const level = (d: DeskKindCharts) => choiceName(d.level);
  const longest = Math.max(0.1, ...rows.map((d) => Math.max(d.waitHoursMean, before.get(keyOf(d))?.waitHoursMean ?? 0)));
  const hasShut = rows.some((d) => d.shutPercent > 0.05);
  const causes = [['busy', 'busyPercent'], ['idle', 'idlePercent'], ['absent', 'absentPercent'], ...(hasShut ? ([['shut', 'shutPercent']] as const) : [])] as const;
  return (
    <div class="columns even">
      <section class="card" aria-labelledby="waits">
        <div class="card-head"><h2 id="waits">{t().waits}</h2><span class="soft">{after ? t().waitsSub : t().waitsOne}</span></div>
        <div class="table-scroll">
          <table class="list figure-table">
            <thead><tr><th scope="col">{t().desks}</th><th scope="col" class="wide"><span class="hidden">{t().waits}</span></th><th scope="col" class="num">{t().base}</th>{after && <th scope="col" class="num">{t().changed}</th>}</tr></thead>
            <tbody>
              {rows.map((d) => {
                const was = before.get(keyOf(d))?.waitHoursMean ?? d.waitHoursMean;
                const tone = Math.abs(d.waitHoursMean - was) < 0.005 ? 'even' : d.waitHoursMean < was ? 'good' : 'bad';
                return <tr key={keyOf(d)}><th scope="row" class="row-head">{name(d)}<small>{level(d)}</small></th><td class="plot wide"><DumbbellPlot from={was} to={d.waitHoursMean} scale={{ min: 0, max: longest }} tone={tone} /></td><td class="num">{decimal(was, 2)} {t().h}</td>{after && <td class={`num ${tone === 'even' ? '' : tone}`}>{decimal(d.waitHoursMean, 2)} {t().h}</td>}</tr>;
              })}
            </tbody>
          </table>
        </div>
      </section>
      <section class="card" aria-labelledby="time">
        <div class="card-head">
          <h2 id="time">{t().time}</h2>
          <ul class="keys end">{causes.map(([cause]) => <li key={cause}><span class={`swatch cause-${cause}`} />{t()[cause]}</li>)}</ul>
        </div>
        <div class="table-scroll">
          <table class="list figure-table">
            <thead><tr><th scope="col">{t().desks}</th><th scope="col" class="num wide">{t().hours}</th><th scope="col"><span class="hidden">{t().timeSub}</span></th><th scope="col" class="num">{t().busy}</th></tr></thead>
            <tbody>
              {rows.map((d) => {
                const was = before.get(keyOf(d));
                return (
                  <tr key={keyOf(d)}>
                    <th scope="row" class="row-head">{name(d)}<small>{level(d)}</small></th>
                    <td class="num wide">{count(d.staffHours)}</td>
                    <td><div class="stack-bar" role="img" aria-label={causes.map(([cause, key]) => `${t()[cause]} ${share(d[key] / 100, 0)}`).join(', ')}>{causes.map(([cause, key]) => <span key={cause} class={`cause-${cause}`} style={{ width: `${d[key]}%` }} title={`${t()[cause]} ${share(d[key] / 100, 1)}`} />)}</div></td>
                    <td class="num">{share(d.busyPercent / 100, 0)}{after && was && Math.abs(was.busyPercent - d.busyPercent) >= 0.5 && <small>← {share(was.busyPercent / 100, 0)}</small>}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      </section>
    </div>
  );
}
