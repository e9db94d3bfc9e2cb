import { useCallback, useState } from 'preact/hooks';
import { get, post, remove } from '../../api/client';
import type { PointReading, SensorReading } from '../../api/contract';
import type { PageProps } from '../../app/routes';
import { axis, Chart, type Palette } from '../../charts/Chart';
import { moment } from '../../city/board';
import { nowMs } from '../../city/clock';
import { officeName, pageOf } from '../../city/names';
import { useResource } from '../../city/resource';
import { count, decimal, moment as written, none } from '../../i18n/format';
import { explain } from '../../i18n/refusals';
import { alertKinds, conditions, conditionTones, levelName, sensorKinds, units } from '../../i18n/sensing';
import { Dialog } from '../../parts/dialog';
import { PastNote } from '../../parts/PastNote';
import { Empty, Failed, Loading, Old } from '../../parts/states';
import { Tiles } from '../../parts/tile';
import { t } from './texts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;

async function readSensor(id: string, at: string | null, signal: AbortSignal): Promise<{ sensor: SensorReading; points: PointReading[] }> {
  const sensor = await get('/sensors/{id}', { path: { id }, query: at ? { at } : {}, signal });
  const to = at ? Date.parse(at) : nowMs();
  const measure = sensor.readings?.measure;
  const history = measure ? await get('/readings', { query: { sensor: `sensor/${id}`, measure, resolution: 'minute', from: new Date(to - dayMs).toISOString(), to: new Date(to).toISOString(), limit: 2000 }, signal }) : undefined;
  return { sensor, points: history?.items ?? [] };
}

/** One sensor: what it says, its alert levels, and what can be done about its alerts. */
export default function SensorPage({ params }: PageProps) {
  const id = params['id'] ?? '';
  const at = moment.value;
  const reading = useResource(`${id} ${at ?? ''}`, (signal) => readSensor(id, at, signal), at ? 0 : 3000);
  if (!reading.value) {
    return <div class="page">{reading.error ? <Failed error={reading.error} retry={reading.reload} /> : <Loading lines={8} />}</div>;
  }
  const { sensor: s, points } = reading.value;
  const unit = units[s.readings?.measure ?? ''] ?? '';
  const number = (v: number | null | undefined) => (v === null || v === undefined ? none : `${decimal(v, Math.abs(v) < 100 ? 2 : 0)} ${unit}`);
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
        <section class="card" aria-labelledby="chart"><div class="card-head"><h2 id="chart">{t().chart}</h2></div>{points.length === 0 ? <Empty title={t().noReadings} /> : <Curve points={points} sensor={s} unit={unit} />}</section>
        <div class="column">
          <Alerts of={s} id={id} canAct={at === null} onDone={reading.reload} />
          <section class="card" aria-labelledby="facts"><div class="card-head"><h2 id="facts">{t().facts}</h2></div>
            <dl class="card-body facts">
              <dt>{t().topic}</dt><dd class="mono">{s.topic}</dd>
              {s.place && <><dt>{t().place}</dt><dd>{s.place.latitude?.toFixed(4)}, {s.place.longitude?.toFixed(4)}</dd></>}
              {(s.rules.levels?.length ?? 0) > 0 && <><dt>{t().levels}</dt><dd>{s.rules.levels!.map((l, i) => `${levelName(i + 1)}: ${number(l)}`).join(' · ')}</dd></>}
              <dt>{t().heard}</dt><dd>{written(s.lastHeardAt)}</dd>
            </dl>
          </section>
        </div>
      </div>
    </div>
  );
}

function Curve({ points, sensor, unit }: { points: readonly PointReading[]; sensor: SensorReading; unit: string }) {
  const options = useCallback((p: Palette) => ({
    grid: { left: 12, right: 66, top: 18, bottom: 10, containLabel: true },
    xAxis: axis(p, { type: 'time', splitLine: { show: false }, axisLabel: { color: p.soft, hideOverlap: true, formatter: (at: number) => written(at, 'minute') } }),
    yAxis: axis(p, { type: 'value', scale: true, axisLine: { show: false } }),
    tooltip: { trigger: 'axis', confine: true, backgroundColor: p.surface, borderColor: p.line, textStyle: { color: p.ink, fontSize: 13 }, valueFormatter: (v: unknown) => `${decimal(Number(v), 2)} ${unit}` },
    series: [{
      name: sensorKinds()[sensor.kind], type: 'line', showSymbol: points.length < 30, lineStyle: { width: 2, color: p.series[0] }, itemStyle: { color: p.series[0] }, data: points.map((x) => [x.at, x.mean]),
      markLine: { symbol: 'none', silent: true, lineStyle: { color: p.bad, type: 'dashed' }, label: { color: p.bad, formatter: (l: { name: string }) => l.name }, data: (sensor.rules.levels ?? []).map((yAxis, i) => ({ yAxis, name: t().levelOf(levelName(i + 1)) })) },
    }],
  }), [points]);
  return <Chart height={300} options={options} describe={t().describe(count(points.length))} />;
}

function Alerts({ of: s, id, canAct, onDone }: { of: SensorReading; id: string; canAct: boolean; onDone: () => void }) {
  const [isSilencing, setSilencing] = useState(false);
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
        {canAct && <div class="end">{s.silencedUntil ? <button class="button small" onClick={() => void act(() => remove('/sensors/{id}/silence', { id }))}>{t().lift}</button> : <button class="button small" onClick={() => setSilencing(true)}>{t().silence}</button>}</div>}
      </div>
      <div class="card-body stack">
        {s.silencedUntil && <p class="note">{t().silenced(written(s.silencedUntil))}</p>}
        {s.maintenanceUntil && <p class="note">{t().maintenance(written(s.maintenanceUntil))}</p>}
        {s.alerts.length === 0 && <p class="soft">{t().noAlerts}</p>}
        {s.alerts.map((a) => (
          <div key={a.alert} class="note bad stack">
            <p><b>{alertKinds()[a.alert]}{a.level > 0 && ` ${levelName(a.level)}`}</b> {t().since(written(a.observedAt, 'short'))} · {decimal(a.value, 2)}</p>
            {a.acknowledgedAt ? <p>{t().seen(written(a.acknowledgedAt, 'short'))}</p> : canAct && <button class="button small" onClick={() => void act(() => post('/sensors/{id}/acknowledge', { alert: a.alert }, { path: { id } }))}>{t().acknowledge}</button>}
          </div>
        ))}
        {error !== undefined && <p class="note bad" role="alert">{explain(error).text}</p>}
      </div>
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
