import { moment, readableBoard } from '../../city/board';
import { numberOf, officeName, pageOf } from '../../city/names';
import { count, none } from '../../i18n/format';
import { levelName } from '../../i18n/sensing';
import { words } from '../../i18n/words';
import type { Found } from '../../parts/query/found';
import { t as queryTexts } from '../../parts/query/texts';
import { Empty } from '../../parts/states';
import { t } from './texts';

/** Communes whose sensors raise alerts or stay silent, and the incidents that alerts were gathered into. */
export function Alerts({ fitting }: { fitting: Found['rows'] }) {
  const sensors = readableBoard.value?.sensors;
  const communes = (sensors?.communes ?? []).filter((c) => (c.alerting > 0 || c.silent > 0) && (!fitting || fitting.has(c.commune))).sort((a, b) => b.levelMax - a.levelMax || b.alerting - a.alerting || b.silent - a.silent);
  // Incidents are cases, of no one sensor: a condition on sensors leaves them out.
  const incidents = fitting ? [] : sensors?.incidents ?? [];
  if (communes.length === 0 && incidents.length === 0) {
    return fitting ? <Empty title={queryTexts().noFit} /> : <Empty title={t().noAlerts}><p>{t().noAlertsBody}</p></Empty>;
  }
  return (
    <>
      {incidents.length > 0 && (
        <ul class="incidents" aria-label={t().incidents}>
          {incidents.map((i) => <li key={i.case}><a href={pageOf(i.case, moment.value)}>{t().incident} <span class="mono">{numberOf(i.case)}</span></a><span class="soft">{t().incidentOf(count(i.alerts))}</span></li>)}
        </ul>
      )}
      <table class="list">
        <thead><tr><th scope="col">{words().commune}</th><th scope="col" class="num">{t().level}</th><th scope="col" class="num">{t().alerting}</th><th scope="col" class="num">{t().silent}</th></tr></thead>
        <tbody>
          {communes.map((c) => (
            <tr key={c.commune}>
              <td><a href={pageOf(c.commune, moment.value)}>{officeName(c.commune)}</a></td>
              <td class="num">{c.levelMax > 0 ? levelName(c.levelMax) : none}</td>
              <td class={`num ${c.alerting > 0 ? 'bad' : ''}`}>{count(c.alerting)}</td>
              <td class="num">{count(c.silent)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
