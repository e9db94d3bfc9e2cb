import { useMemo } from 'preact/hooks';
import { get } from '../../api/client';
import type { DeskLine, Figures } from '../../api/contract';
import type { PageProps } from '../../app/page';
import { place } from '../../app/location';
import { moment } from '../../city/board';
import { readCalendar } from '../../city/calendar';
import { wilson } from '../../city/measures';
import { pageOf } from '../../city/names';
import { useResource } from '../../city/resource';
import { count, decimal, none, share, shares } from '../../i18n/format';
import { named, texts } from '../../i18n/language';
import { officeKinds, words } from '../../i18n/words';
import { CaseTable } from '../../parts/CaseTable';
import { PastNote } from '../../parts/PastNote';
import { askedIn, CardQuery } from '../../parts/query/ListQuery';
import { joined, useFound } from '../../parts/query/found';
import { mistakeOf } from '../../parts/query/QueryBox';
import { t as queryTexts } from '../../parts/query/texts';
import { readFitting } from '../cases/reading';
import { Empty, Failed, Loading, Old, PageLoading } from '../../parts/states';
import { Tiles, type Figure } from '../../parts/tile';
import { Backlog } from './Backlog';
import { Forecast } from './Forecast';
import { Parts } from './Parts';
import { CommuneSensors, Indicators, Officials } from './People';
import './office.css';

const t = texts(
  {
    figures: 'Chỉ số', waiting: 'Chờ xử lý', staff: 'Quầy và cán bộ', next: 'Đến hạn sớm nhất', nextPast: 'Danh sách hồ sơ chỉ có ở hiện tại.', none: 'Không có hồ sơ nào sắp đến hạn', all: 'Tất cả hồ sơ', desks: (d: string, o: string) => `${d} quầy, ${o} cán bộ`,
    sure: (a: string, b: string) => `${a}–${b} (95%)`, noResults: 'chưa có kết quả', perOfficial: 'Chờ/cán bộ', inQueue: 'Chờ', hand: 'Đang xử lý', people: (n: string) => `${n} dân`, citizens: (n: string) => `${n} chờ công dân`, total: (n: string) => `${n} từ trước đến nay`, ratings: (n: string) => `${n} lượt`, closed: 'đã đóng', busy: (n: string) => `${n} đang xử lý`,
  },
  {
    figures: 'Figures', waiting: 'Waiting', staff: 'Desks and officials', next: 'Due next', nextPast: 'Lists of cases are of now only.', none: 'Nothing falls due', all: 'All cases', desks: (d: string, o: string) => `${d} desks, ${o} officials`,
    sure: (a: string, b: string) => `${a}–${b} (95%)`, noResults: 'no results yet', perOfficial: 'Per official', inQueue: 'Waiting', hand: 'In hand', people: (n: string) => `${n} residents`, citizens: (n: string) => `${n} with the citizen`, total: (n: string) => `${n} so far`, ratings: (n: string) => `${n} ratings`, closed: 'closed', busy: (n: string) => `${n} in hand`,
  },
  {
    figures: 'Chiffres', waiting: 'En attente', staff: 'Guichets et agents', next: 'Prochaines échéances', nextPast: 'Les listes de dossiers ne se voient qu’au présent.', none: 'Aucune échéance', all: 'Tous les dossiers', desks: (d: string, o: string) => `${d} guichets, ${o} agents`,
    sure: (a: string, b: string) => `${a}–${b} (95 %)`, noResults: 'pas encore de résultat', perOfficial: 'Par agent', inQueue: 'En attente', hand: 'En traitement', people: (n: string) => `${n} habitants`, citizens: (n: string) => `${n} chez l’usager`, total: (n: string) => `${n} en tout`, ratings: (n: string) => `${n} notes`, closed: 'fermé', busy: (n: string) => `${n} en traitement`,
  },
);

const listed = 12;

/** A commune or a department: how it stands, how it went, who works there, and what is due next. */
export default function OfficePage({ params }: PageProps) {
  const kind = place.value.path.startsWith('/departments') ? 'department' : 'commune';
  const number = params['id'] ?? '';
  const id = `${kind}/${number}`;
  const at = moment.value;
  const reading = useResource(`${id} ${at ?? ''}`, (signal) => get('/board/offices/{kind}/{number}', { path: { kind, number }, query: at ? { at } : {}, signal }), at ? 0 : 3000);
  const office = reading.value;
  if (!office) {
    return <div class="page">{reading.error ? <Failed error={reading.error} retry={reading.reload} /> : <PageLoading />}</div>;
  }
  const profile = office.office;
  const staff = office.desks.filter((d) => !d.closed);
  const facts = [officeKinds()[profile.kind], profile.population > 0 && t().people(count(profile.population)), profile.areaKm2 > 0 && `${decimal(profile.areaKm2, 1)} km²`, t().desks(count(staff.length), count(staff.reduce((s, d) => s + d.officials, 0)))];
  return (
    <div class="page">
      <div class="page-head">
        <div>
          <h1>{named(profile)}</h1>
          <p>{facts.filter(Boolean).join(' · ')}</p>
        </div>
        <a class="button" href={`/cases?open=true&q=${encodeURIComponent(`office==${id}`)}`}>{t().all}</a>
      </div>
      <PastNote />
      {reading.error !== undefined && <Old error={reading.error} retry={reading.reload} />}
      <Tiles label={t().figures} figures={figuresOf(office.figures.all)} />
      <div class="columns even">
        <Backlog id={id} />
        <Desks desks={office.desks} id={id} />
      </div>
      {at === null && <Forecast kind={kind} number={number} />}
      {at === null && <Parts kind={kind} number={number} desks={office.desks} />}
      <div class="columns even">
        <div class="column"><Indicators of={office.figures.all} id={id} />{kind === 'commune' && <CommuneSensors id={id} />}</div>
        <Officials id={id} />
      </div>
      <Next id={id} isPast={at !== null} />
    </div>
  );
}

function figuresOf(f: Figures): Figure[] {
  const results = f.resolved + f.rejected;
  const [low, high] = wilson(f.onTime, results);
  return [
    { label: words().open, value: count(f.open), note: t().citizens(count(f.waiting)) },
    { label: words().overdue, value: count(f.overdue), note: f.open > 0 ? share(f.overdue / f.open, f.overdue > 0 ? 1 : 0) : '', isBad: f.overdue > 0 },
    { label: words().onTime, value: results > 0 ? share(f.onTimeShare, results < 100 ? 0 : 1) : none, note: results > 0 ? t().sure(...shares(low, high)) : t().noResults },
    { label: t().waiting, value: count(f.queued), note: t().busy(count(f.inProgress)) },
    { label: `${words().filed} ${words().today}`, value: count(f.filedToday), note: t().total(count(f.filed)) },
    { label: words().rating, value: decimal(f.ratingMean, 2), note: t().ratings(count(f.ratings)) },
  ];
}

function Desks({ desks, id }: { desks: readonly DeskLine[]; id: string }) {
  const within = `office==${id}`;
  const found = useFound({ types: ['desk'], q: askedIn('desks'), within, at: moment.value });
  const shown = found.rows ? desks.filter((d) => found.rows!.has(d.desk)) : desks;
  return (
    <section class="card" aria-labelledby="desks">
      <div class="card-head"><h2 id="desks">{t().staff}</h2></div>
      <CardQuery type="desk" param="desks" found={found} within={within} label={t().staff} />
      {shown.length === 0 ? <Empty title={queryTexts().noFit} /> : <div class="table-scroll">
        <table class="list">
          <thead><tr><th scope="col">{words().desk}</th><th scope="col" class="num">{words().officials}</th><th scope="col" class="num">{t().inQueue}</th><th scope="col" class="num wide">{t().hand}</th><th scope="col" class="num">{t().perOfficial}</th></tr></thead>
          <tbody>
            {shown.map((d) => (
              <tr key={d.desk}>
                <td><a href={pageOf(d.desk, moment.value)}>{named(d)}</a>{d.closed && <small>{t().closed}</small>}</td>
                <td class="num">{count(d.officials)}</td>
                <td class="num">{count(d.queued)}</td>
                <td class="num wide">{count(d.inProgress)}</td>
                <td class="num">{decimal(d.queued / Math.max(1, d.officials), 1)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>}
    </section>
  );
}

function Next({ id, isPast }: { id: string; isPast: boolean }) {
  const within = `office==${id}`;
  useMemo(() => readCalendar().catch(() => undefined), []);
  const q = askedIn('q');
  const asked = { office: id, open: 'true', sort: 'dueAt' };
  // The clock of a case that waits for its citizen stands still: nothing of it falls due.
  const due = `${within};open==true;stage!=waitingForCitizen`;
  const reading = useResource(`next ${id} ${q}`, (signal) => readFitting(q === '' ? due : joined(q, due), 'deadline', { limit: listed }, signal), 5000);
  return (
    <section class="card" aria-labelledby="next">
      <div class="card-head"><h2 id="next">{t().next}</h2>{q !== '' && !isPast && <a class="end" href={`/cases?${new URLSearchParams({ ...asked, q })}`}>{t().all}</a>}</div>
      {!isPast && <CardQuery type="case" param="q" found={{ rows: undefined, error: reading.error, isReading: reading.isLoading, reload: reading.reload }} within={due} label={t().next} />}
      {isPast ? <Empty title={t().nextPast} />
        : !reading.value ? (reading.error ? (mistakeOf(reading.error) ? <Empty title={queryTexts().noFit} /> : <Failed error={reading.error} retry={reading.reload} />) : <Loading />)
          : reading.value.items.length === 0 ? <Empty title={q === '' ? t().none : queryTexts().noFit} /> : <CaseTable cases={reading.value.items} withOffice={false} />}
    </section>
  );
}
