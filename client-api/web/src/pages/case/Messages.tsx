import type { EventReading } from '../../api/contract';
import { documentName } from '../../city/catalogue';
import { moment as written } from '../../i18n/format';
import { t } from './texts';

interface Told {
  readonly question?: string;
  readonly text?: string;
  readonly comment?: string;
  readonly reason?: string;
  readonly outcome?: string;
  readonly description?: string;
  readonly documents?: readonly string[];
}

const fromCitizen = ['CaseFiled', 'CitizenAnswered', 'CaseRated', 'CaseReopened', 'CaseFollowed', 'CaseWithdrawn'];
const fromOffice = ['CitizenAsked', 'CaseResolved', 'CaseRejected'];

/** What citizen and office said to each other, in order; nothing where nobody has said anything. */
export function Messages({ events }: { events: readonly EventReading[] }) {
  const said = events.flatMap((e) => {
    const told = e.data as Told;
    const text = told.question ?? told.text ?? told.comment ?? told.outcome ?? told.description ?? (fromOffice.includes(e.type) || fromCitizen.includes(e.type) ? told.reason : undefined);
    const papers = e.type === 'CitizenAsked' || e.type === 'CitizenAnswered' ? told.documents ?? [] : [];
    const isCitizen = fromCitizen.includes(e.type);
    return (isCitizen || fromOffice.includes(e.type)) && (text || papers.length > 0) ? [{ e, text, papers, isCitizen }] : [];
  });
  if (said.length === 0) {
    return null;
  }
  return (
    <section class="card" aria-labelledby="messages">
      <div class="card-head"><h2 id="messages">{t().messages}</h2></div>
      <ol class="messages">
        {said.map(({ e, text, papers, isCitizen }) => (
          <li key={e.version} class={isCitizen ? 'citizen' : 'office'}>
            <small>{isCitizen ? t().citizen : t().office_} · <time dateTime={e.at}>{written(e.at, 'short')}</time></small>
            {text && <p>{text}</p>}
            {papers.length > 0 && <p class="soft">{t().listed(t().documents, papers.map(documentName).join(', '))}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}
