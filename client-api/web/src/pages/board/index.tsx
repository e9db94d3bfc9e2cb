import { useEffect } from 'preact/hooks';
import { boardError, cityNameEn, cityNameVi, hasBoard, isTravelling, moment } from '../../city/board';
import { calendar } from '../../city/calendar';
import { cityNow } from '../../city/clock';
import { connection } from '../../city/live';
import { followTrend } from '../../city/trend';
import { cityDate, moment as written } from '../../i18n/format';
import { named } from '../../i18n/language';
import { Empty, Failed, Old, PageLoading } from '../../parts/states';
import { go, withQuery } from '../../app/location';
import { EventFeed } from './EventFeed';
import { Guide } from './Guide';
import { Headlines } from './Headlines';
import { MapCard } from './MapCard';
import { t } from './texts';
import { TimeBar } from './TimeBar';
import { Worst } from './Worst';
import './board.css';

/** The operations board: what happens now, where it goes wrong, who has it, and what was known at any past moment. */
export default function BoardPage() {
  useEffect(() => followTrend(3), []);
  const error = boardError.value;
  const toNow = () => go(withQuery({ at: undefined }));
  if (!hasBoard.value) {
    return (
      <div class="page">
        {error ? <Failed error={error} retry={toNow} /> : connection.value === 'lost' ? <Empty title={t().founding}><p>{t().foundingBody}</p></Empty> : <PageLoading />}
      </div>
    );
  }
  return (
    <div class={`page board ${moment.value ? 'is-past' : ''}`} aria-busy={isTravelling.value}>
      <div class="page-head">
        <h1>{named({ nameVi: cityNameVi.value ?? '', nameEn: cityNameEn.value ?? '' })}</h1>
        <p>{moment.value ? t().introPast(written(moment.value)) : t().intro} <OfficesClosed /></p>
      </div>
      {error !== undefined && <Old error={error} retry={toNow} />}
      {moment.value === null && <Guide />}
      <Headlines />
      <div class="board-grid">
        <MapCard />
        <div class="board-side">
          <Worst />
          <EventFeed />
        </div>
      </div>
      <TimeBar />
    </div>
  );
}

/** Why nothing is resolved now: outside office hours citizens file and officials are at home. */
function OfficesClosed() {
  const open = calendar.value;
  const now = moment.value ? Date.parse(moment.value) : cityNow.value;
  const next = open && !open.isOpen(now) ? open.nextOpening(now) : undefined;
  return next === undefined ? null : <b class="closed">{t().closed(cityDate(next) === cityDate(now) ? '' : written(next, 'day'), written(next, 'minute'))}</b>;
}
