import { useSignalEffect } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { get, post } from '../../api/client';
import type { CaseLine, CaseReading } from '../../api/contract';
import { go } from '../../app/location';
import type { PageProps } from '../../app/page';
import { liveBoard, moment } from '../../city/board';
import { readCalendar } from '../../city/calendar';
import { numberOf, officeName, officialPlace, pageOf } from '../../city/names';
import { useResource } from '../../city/resource';
import { count } from '../../i18n/format';
import { named } from '../../i18n/language';
import { explain } from '../../i18n/refusals';
import { words } from '../../i18n/words';
import { PastNote } from '../../parts/PastNote';
import { useFound, type Found } from '../../parts/query/found';
import { askedIn, ListQuery } from '../../parts/query/ListQuery';
import { Failed, Old, PageLoading } from '../../parts/states';
import { ActionDialog } from '../case/ActionDialog';
import { actions, type Action, type ActionName } from '../case/actions';
import { InHand } from './InHand';
import { Queue } from './Queue';
import { readDesk, shownMax } from './reading';
import { Keys, useKeys } from './keys';
import { t } from './texts';
import './desk.css';

/** The official's screen: what waits, in the order of taking; what is in hand; all of it by keyboard too. */
export default function DeskPage({ params }: PageProps) {
  const id = params['id'] ?? '';
  const at = moment.value;
  const q = askedIn('q');
  const within = `desk==desk/${id}`;
  const reading = useResource(`${id} ${at ?? ''} ${q !== ''}`, (signal) => readDesk(id, at, q !== '', signal), at ? 0 : 5000);
  const found = useFound({ types: ['case'], q, within, select: 'id,service,urgency,office,stage,filedAt,deadline', at });
  const [official, setOfficial] = useState(() => localStorage.getItem(`citytwin.official.${id}`) ?? '');
  const [chosen, setChosen] = useState(0);
  const [dialog, setDialog] = useState<{ action: Action; of: CaseReading }>();
  const [told, setTold] = useState<{ text: string; isBad: boolean }>();
  const busy = useRef(false);
  useEffect(() => void readCalendar().catch(() => undefined), []);
  useNews(id, reading.value?.desk.office, () => { reading.reload(); found.reload(); });

  const tell = (text: string, isBad = false) => setTold({ text, isBad });
  const work = async (doing: () => Promise<string>) => {
    if (busy.current) {
      return;
    }
    busy.current = true;
    try {
      tell(await doing());
    } catch (error) {
      tell(explain(error).text, true);
    }
    busy.current = false;
    reading.reload();
    found.reload();
  };
  const takeNext = () => (official ? work(async () => t().taken(numberOf((await post('/desks/{id}/take-next', { official }, { path: { id } })).taken ?? ''))) : tell(t().chooseFirst, true));
  const start = (case_: string) => (official ? work(async () => { await post('/desks/{id}/start', { official, case: case_ }, { path: { id } }); return t().taken(numberOf(case_)); }) : tell(t().chooseFirst, true));
  const act = async (name: ActionName, case_: string) => {
    try {
      setDialog({ action: actions.find((a) => a.name === name)!, of: await get('/cases/{id}', { path: { id: numberOf(case_) } }) });
    } catch (error) {
      tell(explain(error).text, true);
    }
  };
  const fits = fitting(found);
  const whole = (reading.value?.queue ?? []).flatMap((w) => { const line = fits(w.place.case, w.line); return line === false ? [] : [{ place: w.place, line }]; });
  const queue = whole.slice(0, shownMax);
  const inHand = (reading.value?.inHand ?? []).flatMap((h) => { const line = fits(h.case, h.line); return line === false ? [] : [{ ...h, line }]; });
  const mine = inHand.filter((h) => h.official === official);
  const at_ = Math.min(chosen, Math.max(0, queue.length - 1));
  const isWorking = at === null && dialog === undefined;
  const keys = useKeys(isWorking, {
    n: () => void takeNext(),
    j: () => setChosen(Math.min(queue.length - 1, at_ + 1)),
    k: () => setChosen(Math.max(0, at_ - 1)),
    o: () => queue[at_] && go(pageOf(queue[at_].place.case)),
    t: () => queue[at_] && void start(queue[at_].place.case),
    r: () => mine[0] && void act('resolve', mine[0].case),
  });
  if (!reading.value) {
    return <div class="page">{reading.error ? <Failed error={reading.error} retry={reading.reload} /> : <PageLoading />}</div>;
  }
  const { desk } = reading.value;
  const more = q === '' ? desk.queued - queue.length : whole.length - queue.length;
  return (
    <div class="page">
      <div class="page-head">
        <div>
          <h1>{named(desk)}</h1>
          <p><a href={pageOf(desk.office, at)}>{officeName(desk.office)}</a> · {t().staff(count(desk.officials.length))}{desk.successor && ` · ${t().closed}`}</p>
        </div>
        {at === null && (
          <div class="actions">
            <label class="as"><span class="soft small">{t().as}</span>
              <select class="select-small" value={official} onChange={(e) => { localStorage.setItem(`citytwin.official.${id}`, e.currentTarget.value); setOfficial(e.currentTarget.value); }}>
                <option value="">{t().choose}</option>
                {desk.officials.map((o) => <option key={o} value={o}>{words().officialOf(officialPlace(o))}</option>)}
              </select>
            </label>
            <button class="button primary" onClick={() => void takeNext()}>{t().takeNext} {keys.isOn && <kbd class="on-accent">N</kbd>}</button>
          </div>
        )}
      </div>
      <PastNote />
      <p role="status" class={told ? `note ${told.isBad ? 'bad' : 'good'}` : 'hidden'}>{told?.text ?? ''}</p>
      {reading.error !== undefined && <Old error={reading.error} retry={reading.reload} />}
      <ListQuery type="case" param="q" found={found} within={within} />
      <div class="columns even">
        <section class="card" aria-labelledby="queue">
          <div class="card-head"><h2 id="queue">{t().queue}</h2><span class="soft">{q === '' ? count(desk.queued) : t().fitting(count(whole.length), count(desk.queued))} · {t().queueOrder(desk.discipline)}</span></div>
          <Queue queue={queue} isSought={q !== ''} chosen={isWorking ? at_ : -1} canStart={at === null && official !== ''} onStart={(c) => void start(c)} more={more} />
        </section>
        <div class="column">
          <section class="card" aria-labelledby="inhand">
            <div class="card-head"><h2 id="inhand">{t().inHand}</h2><span class="soft">{official && `${t().mine(count(mine.length))}, `}{t().others(count(inHand.length - mine.length))}</span></div>
            <InHand cases={inHand} official={official} canAct={at === null} onAct={(name, c) => void act(name, c)} />
          </section>
          {at === null && <Keys keys={keys} />}
        </div>
      </div>
      {dialog && <ActionDialog action={dialog.action} of={dialog.of} onClose={() => setDialog(undefined)} onDone={() => { setDialog(undefined); tell(t().done); reading.reload(); }} />}
    </div>
  );
}

/** What of a case is known where it fits the condition, false where it does not; while that is being asked, everything fits. */
function fitting(found: Found): (case_: string, line: CaseLine | undefined) => CaseLine | undefined | false {
  return (case_, line) => {
    const row = found.rows?.get(case_);
    return found.rows && !row ? false : line ?? (row && ({ ...row, case: case_, dueAt: row['deadline'] } as unknown as CaseLine));
  };
}

/** Reads the desk anew when something happens at its office, at most once in a while. */
function useNews(id: string, office: string | undefined, reload: () => void): void {
  const last = useRef({ position: 0, at: 0, timer: undefined as ReturnType<typeof setTimeout> | undefined });
  useSignalEffect(() => {
    const newest = liveBoard.value?.recent.find((e) => e.office === office);
    const state = last.current;
    if (!newest || newest.position === state.position || moment.peek() !== null) {
      return;
    }
    const isFirst = state.position === 0;
    state.position = newest.position;
    if (!isFirst && !state.timer) {
      state.timer = setTimeout(() => { state.timer = undefined; state.at = performance.now(); reload(); }, Math.max(100, state.at + 800 - performance.now()));
    }
  });
  useEffect(() => () => clearTimeout(last.current.timer), [id]);
}
