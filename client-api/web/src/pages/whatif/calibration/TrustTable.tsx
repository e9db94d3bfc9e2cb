import { useState } from 'preact/hooks';
import { pageOf } from '../../../city/names';
import { liveBoard } from '../../../city/board';
import { rangeOf, type OfficeCalibration } from '../../../bench/contract';
import { DumbbellPlot } from '../../../bench/IntervalPlot';
import { count, decimal, none, share } from '../../../i18n/format';
import { named, texts } from '../../../i18n/language';
import { trustTones, trusts, trustWords, type Trust } from './trust';

const t = texts(
  { title: 'Từng cơ quan', sub: 'rỗng: đã xảy ra; đầy: mô phỏng, với 90 % ở giữa', office: 'Cơ quan', trust: 'Độ tin', cases: 'Hồ sơ so sánh', days: 'Ngày, thật', simulated: 'Mô phỏng', onTime: 'Đúng hạn, thật', staff: 'Người mỗi tuần', show: 'Hiện', all: 'Tất cả', more: (n: string) => `Hiện cả ${n} cơ quan`, rule: 'Đáng tin: sai số tương đối dưới một phần mười, cả ngày lẫn đúng hạn; tạm được: dưới một phần tư.' },
  { title: 'Office by office', sub: 'hollow: as it was; full: as simulated, with the middle 90 %', office: 'Office', trust: 'Trust', cases: 'Cases compared', days: 'Days, really', simulated: 'Simulated', onTime: 'On time, really', staff: 'People a week', show: 'Show', all: 'All', more: (n: string) => `Show all ${n} offices`, rule: 'Good: both errors, of days and of the share on time, below a tenth; fair: below a quarter.' },
  { title: 'Service par service', sub: 'creux : réel ; plein : simulé, avec les 90 % centraux', office: 'Service', trust: 'Confiance', cases: 'Dossiers comparés', days: 'Jours, réels', simulated: 'Simulés', onTime: 'Dans les délais, réel', staff: 'Agents par semaine', show: 'Montrer', all: 'Tous', more: (n: string) => `Montrer les ${n} services`, rule: 'Bonne : les deux erreurs, jours et délais, sous un dixième ; passable : sous un quart.' },
);

const first = 15;

/** What each office's mean days and share on time were, and what the model foretold. */
export function TrustTable({ offices }: { offices: readonly OfficeCalibration[] }) {
  const [only, setOnly] = useState<Trust | undefined>();
  const [isAll, setAll] = useState(false);
  const shown = offices.filter((o) => only === undefined || o.trust === only);
  const longest = Math.max(1, ...offices.flatMap((o) => [o.days ?? 0, o.trust === 'fewCases' ? 0 : (o.daysSimulated?.high ?? 0)]));
  return (
    <section class="card" aria-labelledby="by-office">
      <div class="card-head">
        <h2 id="by-office">{t().title}</h2><span class="soft">{t().sub}</span>
        <div class="end"><div class="tabs" role="group" aria-label={t().show}>
          <button aria-pressed={only === undefined} onClick={() => setOnly(undefined)}>{t().all}</button>
          {trusts.filter((k) => offices.some((o) => o.trust === k)).map((k) => <button key={k} aria-pressed={only === k} onClick={() => setOnly(k)}>{trustWords()[k]}</button>)}
        </div></div>
      </div>
      <div class="table-scroll">
        <table class="list figure-table">
          <thead><tr><th scope="col">{t().office}</th><th scope="col" class="wide">{t().trust}</th><th scope="col" class="num wide">{t().cases}</th><th scope="col" class="num">{t().days}</th><th scope="col" class="num">{t().simulated}</th><th scope="col" class="wide"><span class="hidden">{t().sub}</span></th><th scope="col" class="num wide">{t().onTime}</th><th scope="col" class="num wide">{t().simulated}</th><th scope="col" class="num wide">{t().staff}</th></tr></thead>
          <tbody>
            {shown.slice(0, isAll ? shown.length : first).map((o) => <Row key={o.name} office={o} longest={longest} />)}
          </tbody>
        </table>
      </div>
      <div class="card-foot">{t().rule} {!isAll && shown.length > first && <button class="button small" onClick={() => setAll(true)}>{t().more(count(shown.length))}</button>}</div>
    </section>
  );
}

function Row({ office: o, longest }: { office: OfficeCalibration; longest: number }) {
  const name = o.office ? named(liveBoard.value?.offices.get(o.office)?.profile, o.name) : o.name;
  const days = rangeOf(o.daysSimulated);
  const onTime = rangeOf(o.onTimeSimulated);
  const tone = trustTones[o.trust];
  const chip = (where: string) => <span class={`chip ${tone === 'soft' ? '' : tone} ${where}`}>{trustWords()[o.trust]}</span>;
  return (
    <tr>
      <th scope="row" class="row-head">{o.office ? <a href={pageOf(o.office)}>{name}</a> : name}{chip('narrow-only')}</th>
      <td class="wide">{chip('')}</td>
      <td class="num wide">{count(o.comparedCases)}</td>
      <td class="num">{decimal(o.days, 2)}</td>
      <td class="num">{days ? <>{decimal(days.estimate, 2)}<span class="range">{decimal(days.low, 2)} … {decimal(days.high, 2)}</span></> : none}</td>
      <td class="plot wide">{days && o.days !== null && o.days !== undefined && o.comparedCases >= 20 && <DumbbellPlot from={o.days} to={days.estimate} band={days} scale={{ min: 0, max: longest }} tone={o.trust === 'good' ? 'good' : o.trust === 'poor' ? 'bad' : 'even'} />}</td>
      <td class="num wide">{share(o.onTime, 1)}</td>
      <td class="num wide">{onTime ? <>{share(onTime.estimate, 1)}<span class="range">{share(onTime.low, 0)} … {share(onTime.high, 0)}</span></> : none}</td>
      <td class="num wide">{decimal(o.staff, 1)}</td>
    </tr>
  );
}
