import { useEffect, useRef } from 'preact/hooks';
import { calendar } from '../../city/calendar';
import { serviceName } from '../../city/catalogue';
import { cityNow } from '../../city/clock';
import { moment } from '../../city/board';
import { numberOf, pageOf } from '../../city/names';
import { count, moment as written } from '../../i18n/format';
import { urgencies, words } from '../../i18n/words';
import { timeLeft } from '../../parts/deadline';
import { Empty } from '../../parts/states';
import type { DeskNow } from './reading';
import { t } from './texts';

/** What waits, the next to be taken first. */
export function Queue({ queue, isSought, chosen, canStart, onStart, more }: { queue: DeskNow['queue']; isSought: boolean; chosen: number; canStart: boolean; onStart: (case_: string) => void; more: number }) {
  const row = useRef<HTMLTableRowElement>(null);
  useEffect(() => row.current?.scrollIntoView({ block: 'nearest' }), [chosen]);
  if (queue.length === 0) {
    return isSought ? <Empty title={t().noneFit} /> : <Empty title={t().nobody}><p>{t().nobodyBody}</p></Empty>;
  }
  return (
    <>
      <div class="table-scroll">
        <table class="list">
          <thead><tr><th scope="col">{words().case_}</th><th scope="col" class="wide">{t().since}</th><th scope="col" class="num">{words().deadline}</th><th scope="col"><span class="hidden">{t().start}</span></th></tr></thead>
          <tbody>
            {queue.map(({ place, line }, i) => {
              const left = calendar.value && timeLeft(calendar.value, moment.value ? Date.parse(moment.value) : cityNow.value, place.dueAt);
              return (
                <tr key={place.case} ref={i === chosen ? row : null} class={i === chosen ? 'chosen' : ''}>
                  <td><a href={pageOf(place.case, moment.value)}>{line ? serviceName(line.service) : numberOf(place.case)}</a><small class="mono">{numberOf(place.case)}</small>{place.urgency !== 'normal' && <span class="chip warn">{urgencies()[place.urgency]}</span>}</td>
                  <td class="wide">{written(place.since, 'short')}</td>
                  <td class="num">{written(place.dueAt, 'short')}{left && <small class={left.isLate ? 'bad' : ''}>{left.text}</small>}</td>
                  <td class="num">{canStart && <button class="button small" onClick={() => onStart(place.case)}>{t().start}</button>}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {more > 0 && <p class="card-foot">{t().more(count(more))}</p>}
    </>
  );
}
