import type { CaseReading } from '../../api/contract';
import { moment } from '../../city/board';
import { calendar } from '../../city/calendar';
import { cityNow } from '../../city/clock';
import { moment as written, share } from '../../i18n/format';
import { timeLeft } from '../../parts/deadline';
import { t } from './texts';

/** How much working time is left until the deadline in force; stands still when it does. */
export function DeadlineClock({ of: c }: { of: CaseReading }) {
  const open = calendar.value;
  const now = moment.value ? Date.parse(moment.value) : cityNow.value;
  const head = <div class="card-head"><h2 id="clock">{t().clock}</h2><span class="soft">{t().listed(t().dueAt, written(c.dueAt))}</span></div>;
  if (c.stage === 'waitingForCitizen') {
    return <section class="card" aria-labelledby="clock">{head}<div class="card-body clock"><b class="warn">{t().stopped}</b><p class="soft">{c.until && t().stoppedBody(written(c.until))}</p></div></section>;
  }
  if (c.onTime !== undefined && c.onTime !== null) {
    return (
      <section class="card" aria-labelledby="clock">{head}
        <div class="card-body clock"><b class={c.onTime ? 'good' : 'bad'}>{c.onTime ? t().onTime : t().late}</b><p class="soft">{t().decided(written(c.resolvedAt ?? c.stageAt))} {c.until && c.stage !== 'closed' && t().closesAt(written(c.until))}</p></div>
      </section>
    );
  }
  if (c.stage === 'withdrawn' || c.stage === 'closed' || !open) {
    return <section class="card" aria-labelledby="clock">{head}<div class="card-body clock"><b>{c.stage === 'withdrawn' || c.stage === 'closed' ? t().ended : ''}</b></div></section>;
  }
  const left = timeLeft(open, now, c.dueAt);
  const whole = open.minutesBetween(Date.parse(c.filedAt), Date.parse(c.dueAt));
  const used = Math.min(1, Math.max(0, left.isLate ? 1 : 1 - left.minutes / Math.max(1, whole)));
  const tone = left.isLate ? 'bad' : used > 0.75 ? 'warn' : '';
  return (
    <section class="card" aria-labelledby="clock">
      {head}
      <div class="card-body clock">
        <b class={tone}>{left.text}</b>
        <div class={`gauge ${tone}`} role="meter" aria-label={t().used(share(used, 0))} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(used * 100)}><span style={{ width: `${used * 100}%` }} /></div>
        <p class="soft">{t().used(share(used, 0))}{!open.isOpen(now) && `. ${t().closedNow}`}</p>
      </div>
    </section>
  );
}
