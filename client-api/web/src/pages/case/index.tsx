import { useSignalEffect } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { get } from '../../api/client';
import type { CaseReading, EventReading } from '../../api/contract';
import type { PageProps } from '../../app/page';
import { liveBoard, moment } from '../../city/board';
import { readCalendar } from '../../city/calendar';
import { documentName, serviceName } from '../../city/catalogue';
import { officeName, officialPlace, pageOf, placeOfDesk } from '../../city/names';
import { useResource } from '../../city/resource';
import { count, moment as written } from '../../i18n/format';
import { caseKinds, channels, stages, urgencies, word, words } from '../../i18n/words';
import { PastNote } from '../../parts/PastNote';
import { Failed, Old, PageLoading } from '../../parts/states';
import { ActionDialog } from './ActionDialog';
import { allowed, type Action, type ActionName, type Who } from './actions';
import { DeadlineClock } from './DeadlineClock';
import { Done } from './Done';
import { Messages } from './Messages';
import { Prediction } from './Prediction';
import { t } from './texts';
import { Timeline } from './Timeline';
import { undoOf, type Undo } from './undo';
import './case.css';

const eventsMax = 1000;

async function readCase(id: string, at: string | null, signal: AbortSignal): Promise<{ reading: CaseReading; events: EventReading[] }> {
  const path = { id };
  const [reading, history] = await Promise.all([get('/cases/{id}', { path, query: at ? { at } : {}, signal }), get('/cases/{id}/history', { path, query: { limit: eventsMax }, signal })]);
  return { reading, events: history.items.filter((e) => at === null || Date.parse(e.at) <= Date.parse(at)) };
}

/** One case: its life, its deadline, and what can be done with it now. */
export default function CasePage({ params }: PageProps) {
  const id = params['id'] ?? '';
  const at = moment.value;
  useEffect(() => void readCalendar().catch(() => undefined), []);
  const reading = useResource(`${id} ${at ?? ''}`, (signal) => readCase(id, at, signal));
  const known = reading.value?.events.at(-1)?.position ?? 0;
  // What happens to this case elsewhere shows at once.
  useSignalEffect(() => {
    const isNews = liveBoard.value?.recent.some((e) => e.twin === `case/${id}` && e.position > known);
    if (isNews && known > 0 && moment.peek() === null && !reading.isLoading) {
      reading.reload();
    }
  });
  if (!reading.value) {
    return <div class="page">{reading.error ? <Failed error={reading.error} retry={reading.reload} /> : <PageLoading />}</div>;
  }
  const { reading: c, events } = reading.value;
  return (
    <div class="page">
      <div class="page-head">
        <div>
          <h1>{serviceName(c.service)}</h1>
          <p class="actions">
            <span class="mono">{id}</span>
            <span class={`chip ${c.overdue ? 'bad' : 'accent'}`}>{word(stages(), c.stage)}</span>
            {c.overdue && <span class="chip bad">{words().overdue}</span>}
            <span class="chip">{caseKinds()[c.kind]}</span>
            {c.urgency !== 'normal' && <span class="chip warn">{urgencies()[c.urgency]}</span>}
          </p>
        </div>
      </div>
      <PastNote />
      {reading.error !== undefined && <Old error={reading.error} retry={reading.reload} />}
      <div class="columns">
        <div class="column">
          <DeadlineClock of={c} />
          <Messages events={events} />
          <section class="card" aria-labelledby="timeline"><div class="card-head"><h2 id="timeline">{t().timeline}</h2></div><Timeline events={events} /></section>
        </div>
        <div class="column">
          <Actions of={c} onDone={reading.reload} />
          <Facts of={c} />
          <Prediction of={c} onDone={reading.reload} />
          <Documents of={c} events={events} />
        </div>
      </div>
    </div>
  );
}

const people: readonly Who[] = ['official', 'citizen', 'operator'];

function Actions({ of: c, onDone }: { of: CaseReading; onDone: () => void }) {
  const [chosen, setChosen] = useState<Action>();
  const [done, setDone] = useState<{ name: ActionName; undo: Undo | undefined; turn: number }>();
  const possible = moment.value === null ? allowed(c) : [];
  return (
    <section class="card" aria-labelledby="actions">
      <div class="card-head"><h2 id="actions">{t().actions}</h2></div>
      <div class="card-body stack">
        {moment.value !== null ? <p class="soft">{t().pastActions}</p> : possible.length === 0 && <p class="soft">{t().nothing}</p>}
        {people.map((who) => possible.some((a) => a.who === who) && (
          <div key={who} class="who"><h3 class="soft">{t()[`${who}_`]}</h3>
            <div class="actions">{possible.filter((a) => a.who === who).map((a) => <button key={a.name} class={`button ${a.tone ?? ''}`} onClick={() => { setDone(undefined); setChosen(a); }}>{t()[a.name]}</button>)}</div>
          </div>
        ))}
        {done && <Done key={done.turn} action={done.name} undo={done.undo} onUndone={onDone} />}
      </div>
      {chosen && <ActionDialog action={chosen} of={c} onClose={() => setChosen(undefined)} onDone={() => { setDone({ name: chosen.name, undo: undoOf(chosen.name, c), turn: performance.now() }); setChosen(undefined); onDone(); }} />}
    </section>
  );
}

function Facts({ of: c }: { of: CaseReading }) {
  const at = moment.value;
  return (
    <section class="card" aria-labelledby="facts">
      <div class="card-head"><h2 id="facts">{t().facts}</h2></div>
      <div class="card-body stack">
        {c.description && <blockquote class="report"><span class="hidden">{t().description}</span>{c.description}</blockquote>}
        <dl class="facts">
          <dt>{t().filedAt}</dt><dd>{written(c.filedAt)}</dd>
          <dt>{t().office}</dt><dd><a href={pageOf(c.office, at)}>{officeName(c.office)}</a></dd>
          {c.commune !== c.office && <><dt>{t().commune}</dt><dd><a href={pageOf(c.commune, at)}>{officeName(c.commune)}</a></dd></>}
          <dt>{t().desk}</dt><dd>{c.desk ? <a href={pageOf(c.desk, at)}>{words().deskOf(placeOfDesk(c.desk))}</a> : t().unnamedDesk}</dd>
          <dt>{t().official}</dt><dd>{c.official ? words().officialOf(officialPlace(c.official)) : t().nobody}</dd>
          <dt>{t().citizen}</dt><dd>{c.citizen ? <a class="mono" href={`/cases?citizen=${encodeURIComponent(c.citizen)}`}>{c.citizen.slice(8)}</a> : t().anonymous}</dd>
          <dt>{t().channel}</dt><dd>{channels()[c.channel]}</dd>
          {c.place && <><dt>{t().place}</dt><dd>{c.place.latitude?.toFixed(4)}, {c.place.longitude?.toFixed(4)}</dd></>}
          {c.workedMinutes > 0 && <><dt>{t().worked}</dt><dd>{t().minutes(count(c.workedMinutes))}</dd></>}
          {c.escalations > 0 && <><dt>{t().escalations}</dt><dd>{count(c.escalations)}</dd></>}
          {c.reopenings > 0 && <><dt>{t().reopenings}</dt><dd>{count(c.reopenings)}</dd></>}
          {c.rating && <><dt>{t().rating}</dt><dd>{t().stars(String(c.rating))}</dd></>}
          {c.outcome && <><dt>{t().outcome}</dt><dd>{c.outcome}</dd></>}
        </dl>
      </div>
    </section>
  );
}

function Documents({ of: c, events }: { of: CaseReading; events: readonly EventReading[] }) {
  if (c.kind !== 'dossier') {
    return null;
  }
  const reused = new Set(events.flatMap((e) => (e.type === 'DocumentsChecked' ? (e.data as { reused?: readonly string[] }).reused ?? [] : [])));
  return (
    <section class="card" aria-labelledby="documents">
      <div class="card-head"><h2 id="documents">{t().documents}</h2></div>
      <div class="card-body stack">
        {c.needed.length === 0 ? <p class="soft">{t().noDocuments}</p> : (
          <ul class="papers">
            {c.needed.map((code) => <li key={code}><span>{documentName(code)}</span>{c.missing.includes(code) ? <span class="chip warn">{t().missing}</span> : reused.has(code) ? <span class="chip accent">{t().fromLedger}</span> : <span class="chip good">{t().have}</span>}</li>)}
          </ul>
        )}
        {c.reused > 0 && <p class="note good">{t().reused(count(c.reused))}</p>}
      </div>
    </section>
  );
}
