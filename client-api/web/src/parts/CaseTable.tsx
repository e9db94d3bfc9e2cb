import type { CaseLine } from '../api/contract';
import { calendar } from '../city/calendar';
import { serviceName } from '../city/catalogue';
import { cityNow } from '../city/clock';
import { numberOf, officeName, pageOf } from '../city/names';
import { moment as written } from '../i18n/format';
import { texts } from '../i18n/language';
import { stages, urgencies, word, words } from '../i18n/words';
import { timeLeft } from './deadline';

const t = texts({ stopped: 'hạn đang dừng' }, { stopped: 'stands still' }, { stopped: 'suspendue' });

/** What of a case a line shows. */
type ShownCase = Pick<CaseLine, 'case' | 'service' | 'urgency' | 'office' | 'stage' | 'filedAt' | 'dueAt'>;

/** A list of cases, each leading to its page. */
export function CaseTable({ cases, withOffice = true }: { cases: readonly ShownCase[]; withOffice?: boolean }) {
  return (
    <div class="table-scroll">
      <table class="list cases">
        <thead>
          <tr>
            <th scope="col">{words().case_}</th>
            {withOffice && <th scope="col" class="wide">{words().office}</th>}
            <th scope="col">{words().stage}</th>
            <th scope="col" class="wide">{words().filed}</th>
            <th scope="col" class="num">{words().deadline}</th>
          </tr>
        </thead>
        <tbody>
          {cases.map((c) => (
            <tr key={c.case}>
              <td><a href={pageOf(c.case)}>{serviceName(c.service)}</a><small><span class="mono">{numberOf(c.case)}</span>{c.urgency !== 'normal' && <> <span class="chip warn">{urgencies()[c.urgency]}</span></>}</small></td>
              {withOffice && <td class="wide">{officeName(c.office)}</td>}
              <td>{word(stages(), c.stage)}</td>
              <td class="wide">{written(c.filedAt, 'short')}</td>
              <td class="num"><Due line={c} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Due({ line }: { line: ShownCase }) {
  const isRunning = line.stage === 'received' || line.stage === 'queued' || line.stage === 'inProgress';
  const left = isRunning && calendar.value ? timeLeft(calendar.value, cityNow.value, line.dueAt) : undefined;
  return <>{written(line.dueAt, 'short')}{left && <small class={left.isLate ? 'bad' : ''}>{left.text}</small>}{line.stage === 'waitingForCitizen' && <small>{t().stopped}</small>}</>;
}
