import { useState } from 'preact/hooks';
import { post, remove } from '../../api/client';
import type { SensorReading } from '../../api/contract';
import type { PageProps } from '../../app/page';
import { moment } from '../../city/board';
import { nowMs } from '../../city/clock';
import { numberOf, officeName, pageOf } from '../../city/names';
import { useResource } from '../../city/resource';
import { count, moment as written } from '../../i18n/format';
import { explain } from '../../i18n/refusals';
import { alertKinds, conditions, conditionTones, levelName, reading as measured, sensorKinds, units } from '../../i18n/sensing';
import { Raise, type Raised } from './Raise';
import { Dialog } from '../../parts/dialog';
import { PastNote } from '../../parts/PastNote';
import { readSensor, SensorCurve } from '../../parts/SensorCurve';
import { Empty, Failed, Old, PageLoading } from '../../parts/states';
import { Tiles } from '../../parts/tile';
import { t } from './texts';

const hourMs = 3_600_000;

/** One sensor: what it says, its alert levels, and what can be done about its alerts. */
export default function SensorPage({ params }: PageProps) {
  const id = params['id'] ?? '';
  const at = moment.value;
  const reading = useResource(`${id} ${at ?? ''}`, (signal) => readSensor(id, at, signal), at ? 0 : 3000);
  if (!reading.value) {
    return <div class="page">{reading.error ? <Failed error={reading.error} retry={reading.reload} /> : <PageLoading />}</div>;
  }
  const { sensor: s, points } = reading.value;
  const unit = units[s.readings?.measure ?? ''] ?? '';
  const number = (v: number | null | undefined) => measured(v, unit);
  return (
    <div class="page">
      <div class="page-head">
        <div><h1>{s.name}</h1><p class="actions"><span class={`chip ${conditionTones[s.state]}`}>{conditions()[s.state]}</span><span>{sensorKinds()[s.kind]} · <a href={pageOf(s.commune, at)}>{officeName(s.commune)}</a></span></p></div>
      </div>
      <PastNote />
      {reading.error !== undefined && <Old error={reading.error} retry={reading.reload} />}
      <Tiles label={t().latest} figures={[
        { label: t().latest, value: number(s.readings?.value), note: written(s.readings?.at ?? s.lastHeardAt) },
        { label: t().level, value: s.level > 0 ? levelName(s.level) : t().none, isBad: s.level > 0 },
        { label: t().hour, value: number(s.readings?.hour.mean), note: s.readings ? t().range(number(s.readings.hour.min), number(s.readings.hour.max)) : '' },
        { label: t().day, value: number(s.readings?.day.mean), note: s.readings ? t().range(number(s.readings.day.min), number(s.readings.day.max)) : '' },
      ]} />
      <div class="columns">
        <section class="card" aria-labelledby="chart"><div class="card-head"><h2 id="chart">{t().chart}</h2>{unit && <span class="soft">{unit}</span>}</div>{points.length === 0 ? <Empty title={t().noReadings} /> : <SensorCurve points={points} sensor={s} unit={unit} />}</section>
        <div class="column">
          <Alerts of={s} id={id} number={number} canAct={at === null} onDone={reading.reload} />
          <section class="card" aria-labelledby="facts"><div class="card-head"><h2 id="facts">{t().facts}</h2></div>
            <dl class="card-body facts">
              <dt>{t().topic}</dt><dd class="mono">{s.topic}</dd>
              {s.place && <><dt>{t().place}</dt><dd>{s.place.latitude?.toFixed(4)}, {s.place.longitude?.toFixed(4)}</dd></>}
              {(s.rules.levels?.length ?? 0) > 0 && <><dt>{t().levels}</dt><dd>{s.rules.levels!.map((l, i) => `${levelName(i + 1)}: ${number(l)}`).join(' · ')}</dd></>}
              <dt>{t().heard}</dt><dd>{written([s.lastHeardAt, s.readings?.at].filter(Boolean).sort((a, b) => Date.parse(a!) - Date.parse(b!)).at(-1))}</dd>
            </dl>
          </section>
        </div>
      </div>
    </div>
  );
}

function Alerts({ of: s, id, number, canAct, onDone }: { of: SensorReading; id: string; number: (value: number) => string; canAct: boolean; onDone: () => void }) {
  const [isSilencing, setSilencing] = useState(false);
  const [isRaising, setRaising] = useState(false);
  const [raised, setRaised] = useState<Raised>();
  const [error, setError] = useState<unknown>();
  const act = async (doing: () => Promise<unknown>) => {
    try {
      await doing();
      setError(undefined);
      setSilencing(false);
    } catch (reason) {
      setError(reason);
    }
    onDone();
  };
  return (
    <section class="card" aria-labelledby="alerts">
      <div class="card-head"><h2 id="alerts">{t().alerts}</h2>
        {canAct && <div class="end"><button class="button small" onClick={() => setRaising(true)}>{t().raise}</button>{s.silencedUntil ? <button class="button small" onClick={() => void act(() => remove('/sensors/{id}/silence', { id }))}>{t().lift}</button> : <button class="button small" onClick={() => setSilencing(true)}>{t().silence}</button>}</div>}
      </div>
      <div class="card-body stack">
        {s.silencedUntil && <p class="note">{t().silenced(written(s.silencedUntil))}</p>}
        {s.maintenanceUntil && <p class="note">{t().maintenance(written(s.maintenanceUntil))}</p>}
        {s.alerts.length === 0 && <p class="soft">{t().noAlerts}</p>}
        {s.alerts.map((a) => (
          <div key={a.alert} class="note bad stack">
            <p><b>{alertKinds()[a.alert]}{a.level > 0 && ` ${levelName(a.level)}`}</b> {t().since(written(a.observedAt, 'short'))} · {number(a.value)}</p>
            {a.acknowledgedAt ? <p>{t().seen(written(a.acknowledgedAt, 'short'))}</p> : canAct && <button class="button small" onClick={() => void act(() => post('/sensors/{id}/acknowledge', { alert: a.alert }, { path: { id } }))}>{t().acknowledge}</button>}
          </div>
        ))}
        {error !== undefined && <p class="note bad" role="alert">{explain(error).text}</p>}
      </div>
      {raised && <p class="note good" role="status">{raised.hasJoined ? t().joined : t().raised} <a class="mono" href={pageOf(raised.id)}>{numberOf(raised.id)}</a></p>}
      {isRaising && <Raise of={s} onClose={() => setRaising(false)} onDone={(r) => { setRaising(false); setRaised(r); onDone(); }} />}
      {isSilencing && <Silence onClose={() => setSilencing(false)} onConfirm={(hours, reason) => void act(() => post('/sensors/{id}/silence', { until: new Date(nowMs() + hours * hourMs).toISOString(), reason }, { path: { id } }))} />}
    </section>
  );
}

function Silence({ onConfirm, onClose }: { onConfirm: (hours: number, reason: string) => void; onClose: () => void }) {
  const [hours, setHours] = useState(4);
  const [reason, setReason] = useState('');
  return (
    <Dialog title={t().silence} onClose={onClose}>
      <form class="stack" onSubmit={(e) => { e.preventDefault(); onConfirm(hours, reason); }}>
        <label class="field"><span>{t().hours}</span><select value={hours} onChange={(e) => setHours(Number(e.currentTarget.value))}>{[1, 4, 12, 24, 72].map((h) => <option key={h} value={h}>{t().hoursOf(count(h))}</option>)}</select></label>
        <label class="field"><span>{t().reason}</span><textarea required maxLength={400} value={reason} onInput={(e) => setReason(e.currentTarget.value)} /></label>
        <div class="actions end"><button type="button" class="button" onClick={onClose}>{t().cancel}</button><button class="button primary">{t().confirm}</button></div>
      </form>
    </Dialog>
  );
}
