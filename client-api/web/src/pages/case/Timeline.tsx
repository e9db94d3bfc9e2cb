import type { EventReading } from '../../api/contract';
import { documentName } from '../../city/catalogue';
import { officeName, officialPlace, placeOfDesk } from '../../city/names';
import { moment as written, cityDate } from '../../i18n/format';
import { happenings, word, words } from '../../i18n/words';
import { t } from './texts';

/** The members of an event as the journal has them; each kind has some of them. */
interface Told {
  readonly office?: string;
  readonly to?: string;
  readonly from?: string;
  readonly desk?: string;
  readonly official?: string;
  readonly reason?: string;
  readonly question?: string;
  readonly text?: string;
  readonly comment?: string;
  readonly outcome?: string;
  readonly documents?: readonly string[];
  readonly missing?: readonly string[];
  readonly reused?: readonly string[];
  readonly answerBy?: string;
  readonly closeAt?: string;
  readonly dueAt?: string;
  readonly score?: number;
}

const tones: Record<string, string> = { CaseBecameOverdue: 'bad', CaseRejected: 'bad', CaseResolved: 'good', ResultReturned: 'good', CitizenAsked: 'warn', CaseEscalated: 'warn', CaseReopened: 'warn' };

/** A case's life, the newest first. */
export function Timeline({ events }: { events: readonly EventReading[] }) {
  const newest = [...events].reverse();
  return (
    <ol class="timeline">
      {newest.map((e, i) => (
        <li key={e.version} class={tones[e.type]}>
          {(i === 0 || cityDate(newest[i - 1]!.at) !== cityDate(e.at)) && <span class="timeline-day">{written(e.at, 'day')}</span>}
          <time dateTime={e.at}>{written(e.at, 'minute')}</time>
          <div>
            <b>{capital(word(happenings(), e.type))}</b>
            <Detail type={e.type} told={e.data as Told} />
          </div>
        </li>
      ))}
    </ol>
  );
}

function Detail({ type, told }: { type: string; told: Told }) {
  const places = [
    told.official && t().by(words().officialOf(officialPlace(told.official))),
    told.to ? t().to(officeName(told.to)) : told.desk ? undefined : told.office && type !== 'CaseQueued' && t().at(officeName(told.office)),
    told.desk && words().deskOf(placeOfDesk(told.desk)),
    told.desk && told.office && officeName(told.office),
    told.answerBy && t().answerBy(written(told.answerBy, 'short')),
    type === 'CitizenAnswered' && told.dueAt && t().newDue(written(told.dueAt, 'short')),
    told.closeAt && t().closesAt(written(told.closeAt, 'short')),
    told.score && t().stars(String(told.score)),
    type === 'DocumentsChecked' && told.missing?.length === 0 && t().allThere,
    type === 'DocumentsChecked' && (told.reused?.length ?? 0) > 0 && t().reused(String(told.reused!.length)),
  ].filter(Boolean);
  const said = told.reason ?? told.question ?? told.text ?? told.comment ?? told.outcome;
  const papers = type === 'DocumentsChecked' ? told.missing : type === 'CaseFiled' || type.startsWith('Citizen') ? told.documents : undefined;
  return (
    <>
      {places.length > 0 && <p class="soft">{places.join(' · ')}</p>}
      {papers && papers.length > 0 && <p class="soft">{t().listed(type === 'DocumentsChecked' ? t().missing : t().documents, papers.map(documentName).join(', '))}</p>}
      {said && <blockquote>{said}</blockquote>}
    </>
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
