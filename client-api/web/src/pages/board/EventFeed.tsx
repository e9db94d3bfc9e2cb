import { useState } from 'preact/hooks';
import type { CaseKind, RecentEvent } from '../../api/contract';
import { moment, readableBoard } from '../../city/board';
import { serviceName, serviceOf } from '../../city/catalogue';
import { officeName, pageOf } from '../../city/names';
import { moment as written } from '../../i18n/format';
import { caseKinds, happenings, word } from '../../i18n/words';
import { Icon } from '../../parts/icon';
import { Empty } from '../../parts/states';
import { t } from './texts';

const groups: Record<string, readonly string[]> = {
  filed: ['CaseFiled'],
  overdue: ['CaseBecameOverdue'],
  moved: ['CaseEscalated', 'CaseSentBack', 'CaseMoved', 'CaseRecalled'],
  results: ['CaseResolved', 'CaseRejected', 'ResultReturned', 'CaseClosed'],
  citizen: ['CitizenAsked', 'CitizenAnswered', 'CaseRated', 'CaseWithdrawn', 'CaseReopened'],
};

const tones: Record<string, string> = { CaseBecameOverdue: 'bad', CaseRejected: 'warn', CaseEscalated: 'warn', CaseReopened: 'warn', CaseResolved: 'good' };
const shownMax = 60;

/** What happens, the newest first; its lines are written over as it moves on, rather than made anew. It can be stopped to be read, and filtered. */
export function EventFeed() {
  const [group, setGroup] = useState('');
  const [kind, setKind] = useState<CaseKind | ''>('');
  const [held, setHeld] = useState<readonly RecentEvent[]>();
  const all = held ?? readableBoard.value?.recent ?? [];
  const shown = all.filter((e) => (!group || groups[group]!.includes(e.type)) && (!kind || serviceOf(e.service)?.kind === kind)).slice(0, shownMax);
  return (
    <section class="card feed" aria-labelledby="feed">
      <div class="card-head">
        <h2 id="feed">{t().feed}</h2>
        <div class="end">
          <select class="select-small" aria-label={t().kind} value={group} onChange={(e) => setGroup(e.currentTarget.value)}>
            <option value="">{t().all}</option>
            {Object.keys(groups).map((g) => <option key={g} value={g}>{t().groups(g)}</option>)}
          </select>
          <select class="select-small wide" aria-label={t().which} value={kind} onChange={(e) => setKind(e.currentTarget.value as CaseKind | '')}>
            <option value="">{t().both}</option>
            <option value="dossier">{caseKinds().dossier}</option>
            <option value="feedback">{caseKinds().feedback}</option>
          </select>
          <button class="button small square" aria-pressed={held !== undefined} aria-label={held ? t().goOn : t().pause} title={held ? t().goOn : t().pause} onClick={() => setHeld(held ? undefined : (readableBoard.peek()?.recent ?? []))}>
            <Icon name={held ? 'play' : 'pause'} />
          </button>
        </div>
      </div>
      <div class="scroll" tabIndex={0} role="group" aria-label={t().feed}>
        {shown.length === 0
          ? <Empty title={all.length === 0 ? t().quiet : t().noMatch}>{all.length === 0 && <p>{t().quietBody}</p>}</Empty>
          : <ol class="events">{shown.map((e, i) => <Event key={i} event={e} />)}</ol>}
      </div>
    </section>
  );
}

function Event({ event }: { event: RecentEvent }) {
  const isCase = event.twin.startsWith('case/');
  return (
    <li class={tones[event.type]}>
      <time dateTime={event.at}>{written(event.at, 'clock')}</time>
      <div>
        {isCase
          ? <a href={pageOf(event.twin, moment.value)}>{serviceName(event.service)}</a>
          : <span>{t().policy}</span>}
        <small><b>{word(happenings(), event.type)}</b>{isCase && ` · ${officeName(event.office)}`}</small>
      </div>
    </li>
  );
}
