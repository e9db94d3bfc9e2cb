import { calendar } from '../../city/calendar';
import { serviceName } from '../../city/catalogue';
import { cityNow } from '../../city/clock';
import { moment } from '../../city/board';
import { numberOf, officialPlace, pageOf } from '../../city/names';
import { words } from '../../i18n/words';
import { timeLeft } from '../../parts/deadline';
import { Empty } from '../../parts/states';
import type { ActionName } from '../case/actions';
import { t as caseTexts } from '../case/texts';
import type { DeskNow } from './reading';
import { t } from './texts';

const usual: readonly ActionName[] = ['resolve', 'ask', 'escalate', 'reject'];

const othersMax = 6;

/** What the officials of the desk have in hand: one's own first, with what can be done. */
export function InHand({ cases, official, canAct, onAct }: { cases: DeskNow['inHand']; official: string; canAct: boolean; onAct: (name: ActionName, case_: string) => void }) {
  const mine = cases.filter((c) => c.official === official);
  const others = cases.filter((c) => c.official !== official);
  return (
    <>
      {mine.length === 0 && canAct && <Empty title={official ? t().noneInHand : t().chooseFirst}>{official && <p>{t().noneInHandBody}</p>}</Empty>}
      <ul class="in-hand">
        {[...mine, ...others.slice(0, othersMax)].map((c) => {
          const left = calendar.value && c.line && timeLeft(calendar.value, moment.value ? Date.parse(moment.value) : cityNow.value, c.line.dueAt);
          const isMine = c.official === official;
          return (
            <li key={c.case} class={isMine ? 'mine' : ''}>
              <div><a href={pageOf(c.case, moment.value)}>{c.line ? serviceName(c.line.service) : numberOf(c.case)}</a>
                <small class="soft"><span class="mono">{numberOf(c.case)}</span> · {words().officialOf(officialPlace(c.official))}{left && <> · <span class={left.isLate ? 'bad' : ''}>{left.text}</span></>}</small>
              </div>
              {isMine && canAct && (
                <div class="actions">
                  {usual.filter((name) => name !== 'escalate' || c.line?.office.startsWith('commune/')).map((name) => <button key={name} class={`button small ${name === 'resolve' ? 'primary' : name === 'reject' ? 'danger' : ''}`} onClick={() => onAct(name, c.case)}>{caseTexts()[name]}</button>)}
                </div>
              )}
            </li>
          );
        })}
      </ul>
      {others.length > othersMax && <p class="card-foot">{t().more(String(others.length - othersMax))}</p>}
    </>
  );
}
