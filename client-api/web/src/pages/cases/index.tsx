import { useEffect, useState } from 'preact/hooks';
import { go, place, withQuery } from '../../app/location';
import { readCalendar } from '../../city/calendar';
import { catalogue } from '../../city/catalogue';
import { officeName } from '../../city/names';
import { useResource } from '../../city/resource';
import { heads } from '../../city/board';
import { count } from '../../i18n/format';
import { named, texts } from '../../i18n/language';
import { caseKinds, stages, words } from '../../i18n/words';
import { CaseTable } from '../../parts/CaseTable';
import { Follow } from '../../parts/query/Follow';
import { mistakeOf, QueryBox } from '../../parts/query/QueryBox';
import { QueryTools } from '../../parts/query/QueryTools';
import { Empty, Failed, Loading, Old } from '../../parts/states';
import { filters, moved, orderOf, readCases, whole, type CasePage } from './reading';

const t = texts(
  { title: 'Hồ sơ', intro: 'Hồ sơ thủ tục và phản ánh: đang mở và đã kết thúc.', all: 'Tất cả', open: 'Đang mở', finished: 'Đã kết thúc', overdue: 'Quá hạn', state: 'Tình trạng', sort: 'Sắp xếp', dueAt: 'Hạn sớm nhất', filedAt: 'Mới tiếp nhận nhất', stageAt: 'Mới thay đổi nhất', more: 'Xem thêm', wrong: 'Điều kiện chưa đúng', none: 'Không có hồ sơ nào khớp', noneBody: 'Thử bớt bộ lọc.', clear: 'Bỏ lọc', shown: (n: string) => `${n} hồ sơ`, every: (n: string) => `mọi ${n}`, anyOffice: 'Mọi cơ quan', anyService: 'Mọi thủ tục', anyStage: 'Mọi trạng thái', find: 'Mở hồ sơ theo số', number: 'Số hồ sơ' },
  { title: 'Cases', intro: 'Dossiers and reports, open and finished.', all: 'All', open: 'Open', finished: 'Finished', overdue: 'Overdue', state: 'State', sort: 'Order', dueAt: 'Due first', filedAt: 'Filed last', stageAt: 'Changed last', more: 'Show more', wrong: 'The condition is not understood', none: 'No case fits', noneBody: 'Try fewer filters.', clear: 'Clear filters', shown: (n: string) => `${n} cases`, every: (n: string) => `any ${n}`, anyOffice: 'Any office', anyService: 'Any service', anyStage: 'Any stage', find: 'Open a case by its number', number: 'Case number' },
  { title: 'Dossiers', intro: 'Démarches et signalements, ouverts et terminés.', all: 'Tous', open: 'Ouverts', finished: 'Terminés', overdue: 'En retard', state: 'État', sort: 'Ordre', dueAt: 'Échéance proche', filedAt: 'Déposés en dernier', stageAt: 'Modifiés en dernier', more: 'Afficher plus', wrong: 'La condition n’est pas comprise', none: 'Aucun dossier ne correspond', noneBody: 'Essayez moins de filtres.', clear: 'Effacer les filtres', shown: (n: string) => `${n} dossiers`, every: (n: string) => `tout ${n}`, anyOffice: 'Tous les services', anyService: 'Toutes les démarches', anyStage: 'Toutes les étapes', find: 'Ouvrir un dossier par son numéro', number: 'Numéro de dossier' },
);

/** A list of cases; its condition and filters are its address, so that it can be shared. */
export default function CasesPage() {
  useEffect(() => void readCalendar().catch(() => undefined), []);
  const query = place.value.query;
  const q = query.get('q') ?? '';
  const isFollowing = query.get('follow') === 'true' && q !== '';
  const asked = Object.fromEntries(filters.flatMap((f) => (query.get(f) ? [[f, query.get(f)!]] : [])));
  const name = JSON.stringify([q, asked]);
  const reading = useResource(name, (signal) => readCases(q, asked, undefined, signal), 5000);
  return (
    <div class="page">
      <div class="page-head">
        <div><h1>{t().title}</h1><p>{t().intro}</p></div>
        <OpenByNumber />
      </div>
      <div class="query-bar">
        <QueryBox type="case" value={q} error={reading.error} offset={moved(asked)} onAsk={(next) => go(withQuery({ q: next || undefined, follow: next ? query.get('follow') ?? undefined : undefined }))} />
        <QueryTools q={q} isFollowing={isFollowing} onFollow={(follow) => go(withQuery({ follow: follow ? 'true' : undefined }), { replace: true })} />
      </div>
      <Filters />
      {isFollowing && <Follow type="case" q={whole(q, asked)} onNews={reading.reload} />}
      <section class="card">
        {reading.error !== undefined && reading.value && <Old error={reading.error} retry={reading.reload} />}
        {!reading.value ? (reading.error ? (mistakeOf(reading.error) ? <Empty title={t().wrong} /> : <Failed error={reading.error} retry={reading.reload} />) : <Loading lines={10} />)
          : reading.value.items.length === 0 ? <Empty title={t().none}><p>{t().noneBody}</p><p><a class="button" href="/cases">{t().clear}</a></p></Empty>
            : <Pages key={name} first={reading.value} read={(cursor) => readCases(q, asked, cursor)} />}
      </section>
    </div>
  );
}

/** The first page is kept up to date; further ones are as they were when they were read. */
function Pages({ first, read: readMore }: { first: CasePage; read: (cursor: string) => Promise<CasePage> }) {
  const [more, setMore] = useState<CasePage>();
  const [error, setError] = useState<unknown>();
  const [isReading, setReading] = useState(false);
  const known = new Set(first.items.map((c) => c.case));
  const cases = [...first.items, ...(more?.items.filter((c) => !known.has(c.case)) ?? [])];
  const next = more ? more.next : first.next;
  const read = async () => {
    setReading(true);
    try {
      const answer = await readMore(next!);
      setMore({ items: [...(more?.items ?? []), ...answer.items], next: answer.next });
      setError(undefined);
    } catch (reason) {
      setError(reason);
    }
    setReading(false);
  };
  return (
    <>
      <CaseTable cases={cases} />
      {error !== undefined && <Failed error={error} retry={() => void read()} />}
      <div class="card-foot actions">
        <span>{t().shown(count(cases.length))}</span>
        {next && <button class="button small" disabled={isReading} onClick={() => void read()}>{t().more}</button>}
      </div>
    </>
  );
}

function Filters() {
  const query = place.value.query;
  const set = (name: string) => (e: { currentTarget: HTMLSelectElement }) => go(withQuery({ [name]: e.currentTarget.value || undefined }), { replace: true });
  const state = query.get('overdue') === 'true' ? 'overdue' : query.get('open') === 'true' ? 'open' : query.get('open') === 'false' ? 'finished' : '';
  const offices = heads.value.map((o) => o.profile);
  const office = query.get('office') ?? '';
  return (
    <div class="actions filters" role="group" aria-label={t().title}>
      <select class="select-small" aria-label={t().state} value={state} onChange={(e) => go(withQuery({ open: { open: 'true', finished: 'false', overdue: 'true' }[e.currentTarget.value], overdue: e.currentTarget.value === 'overdue' ? 'true' : undefined }), { replace: true })}>
        <option value="">{t().all}</option>
        {(['open', 'overdue', 'finished'] as const).map((s) => <option key={s} value={s}>{t()[s]}</option>)}
      </select>
      <select class="select-small" aria-label={words().stage} value={query.get('stage') ?? ''} onChange={set('stage')}>
        <option value="">{t().anyStage}</option>
        {Object.entries(stages()).filter(([s]) => s !== 'absent').map(([s, label]) => <option key={s} value={s}>{label}</option>)}
      </select>
      <select class="select-small" aria-label={words().office} value={office} onChange={set('office')}>
        <option value="">{t().anyOffice}</option>
        {office && !offices.some((o) => o.id === office) && <option value={office}>{officeName(office)}</option>}
        {offices.map((o) => <option key={o.id} value={o.id}>{named(o)}</option>)}
      </select>
      <select class="select-small" aria-label={words().service} value={query.get('service') ?? ''} onChange={set('service')}>
        <option value="">{t().anyService}</option>
        {(['dossier', 'feedback'] as const).map((kind) => (
          <optgroup key={kind} label={caseKinds()[kind]}>
            {catalogue.value?.services.filter((s) => s.kind === kind).map((s) => <option key={s.code} value={s.code}>{named(s)}</option>)}
          </optgroup>
        ))}
      </select>
      <select class="select-small" aria-label={t().sort} value={orderOf(query.get('q') ?? '', Object.fromEntries(query))} onChange={set('sort')}>
        <option value="dueAt">{t().dueAt}</option>
        <option value="-filedAt">{t().filedAt}</option>
        <option value="-stageAt">{t().stageAt}</option>
      </select>
    </div>
  );
}

function OpenByNumber() {
  const [number, setNumber] = useState('');
  return (
    <form class="actions" onSubmit={(e) => { e.preventDefault(); go(`/cases/${encodeURIComponent(number.trim().toUpperCase().replace(/^CASE\//, ''))}`); }}>
      <input class="input mono" style={{ width: '15em' }} aria-label={t().number} placeholder={t().number} required value={number} onInput={(e) => setNumber(e.currentTarget.value)} />
      <button class="button">{t().find}</button>
    </form>
  );
}
