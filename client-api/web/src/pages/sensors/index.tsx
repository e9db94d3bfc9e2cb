import { get } from '../../api/client';
import type { Query, SensorCondition, SensorLine } from '../../api/contract';
import { go, place, withQuery } from '../../app/location';
import { moment } from '../../city/board';
import { numberOf, officeName, pageOf } from '../../city/names';
import { useResource } from '../../city/resource';
import { count, moment as written } from '../../i18n/format';
import { texts } from '../../i18n/language';
import { conditionOf, conditions, conditionTones, kindUnits, reading as measured, sensorKinds, units } from '../../i18n/sensing';
import { words } from '../../i18n/words';
import { SensorMap } from '../../map/SensorMap';
import { PastNote } from '../../parts/PastNote';
import { Follow } from '../../parts/query/Follow';
import { mistakeOf, QueryBox } from '../../parts/query/QueryBox';
import { QueryTools } from '../../parts/query/QueryTools';
import { readSensor, SensorCurve } from '../../parts/SensorCurve';
import { Empty, Failed, Loading, Old } from '../../parts/states';

const t = texts(
  { title: 'Cảm biến', places: 'Bản đồ', curves: 'Cần xem trước, 24 giờ qua', noPoints: 'Chưa có số đo trong 24 giờ qua', intro: 'Mực nước, mưa, không khí, tiếng ồn, giao thông, mạng: số đo mới nhất và cảnh báo.', name: 'Tên', kind: 'Loại', state: 'Tình trạng', value: 'Số đo', level: 'Mức', heard: 'Lúc', anyKind: 'Mọi loại', anyState: 'Mọi tình trạng', none: 'Chưa có cảm biến nào', noneBody: 'Cảm biến xuất hiện khi được đăng ký qua API hoặc gửi số đo qua MQTT (tùy chọn --mqtt, --mqtt-register).', noMatch: 'Không có cảm biến nào khớp bộ lọc.', shown: (n: string) => `${n} cảm biến`, first: (n: string) => `${n} cảm biến đầu tiên; hãy lọc bớt.` },
  { title: 'Sensors', places: 'Map', curves: 'Needs a look, last 24 hours', noPoints: 'No reading in the last 24 hours', intro: 'Water, rain, air, noise, traffic, networks: latest readings and alerts.', name: 'Name', kind: 'Kind', state: 'State', value: 'Reading', level: 'Level', heard: 'At', anyKind: 'Any kind', anyState: 'Any state', none: 'No sensor yet', noneBody: 'A sensor appears once it is registered over the API, or sends readings over MQTT (options --mqtt and --mqtt-register).', noMatch: 'No sensor fits the filters.', shown: (n: string) => `${n} sensors`, first: (n: string) => `The first ${n} sensors; filter to see others.` },
  { title: 'Capteurs', places: 'Carte', curves: 'À regarder, dernières 24 h', noPoints: 'Aucune mesure depuis 24 heures', intro: 'Eau, pluie, air, bruit, trafic, réseaux : dernières mesures et alertes.', name: 'Nom', kind: 'Type', state: 'État', value: 'Mesure', level: 'Niveau', heard: 'À', anyKind: 'Tous les types', anyState: 'Tous les états', none: 'Aucun capteur', noneBody: 'Un capteur apparaît dès qu’il est enregistré par l’API ou envoie des mesures par MQTT (options --mqtt et --mqtt-register).', noMatch: 'Aucun capteur ne correspond.', shown: (n: string) => `${n} capteurs`, first: (n: string) => `Les ${n} premiers capteurs ; filtrez pour en voir d’autres.` },
);

const shownMax = 500;
const curvesMax = 2;
const order: readonly SensorCondition[] = ['alert', 'doubtful', 'silent', 'quiet', 'maintenance', 'ok'];

/** Every sensor, what needs a look first. */
export default function SensorsPage() {
  const query = place.value.query;
  const kind = query.get('kind') ?? '';
  const state = query.get('state') ?? '';
  const at = moment.value;
  const q = query.get('q') ?? '';
  const isFollowing = query.get('follow') === 'true' && q !== '';
  const asked = { limit: shownMax, ...(kind && { kind }), ...(state && { state }), ...(at && { at }) } as Query<'/sensors'>;
  const reading = useResource(JSON.stringify([asked, q]), (signal) => readSensors(asked, q, at, signal), at ? 0 : 3000);
  const sensors = [...(reading.value?.items ?? [])].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || b.level - a.level || a.name.localeCompare(b.name));
  const set = (name: string) => (e: { currentTarget: HTMLSelectElement }) => go(withQuery({ [name]: e.currentTarget.value || undefined }), { replace: true });
  return (
    <div class="page">
      <div class="page-head">
        <div><h1>{t().title}</h1><p>{t().intro}</p></div>
        <div class="actions">
          <select class="select-small" aria-label={t().kind} value={kind} onChange={set('kind')}><option value="">{t().anyKind}</option>{Object.entries(sensorKinds()).map(([k, label]) => <option key={k} value={k}>{label}</option>)}</select>
          <select class="select-small" aria-label={t().state} value={state} onChange={set('state')}><option value="">{t().anyState}</option>{order.map((s) => <option key={s} value={s}>{conditions()[s]}</option>)}</select>
        </div>
      </div>
      <PastNote />
      <div class="query-bar">
        <QueryBox type="sensor" value={q} error={reading.error} onAsk={(next) => go(withQuery({ q: next || undefined }))} />
        <QueryTools q={q} isFollowing={isFollowing} onFollow={(follow) => go(withQuery({ follow: follow ? 'true' : undefined }), { replace: true })} />
      </div>
      {isFollowing && <Follow type="sensor" q={q} onNews={reading.reload} />}
      {sensors.length > 0 && <div class="columns"><section class="card" aria-labelledby="places"><div class="card-head"><h2 id="places">{t().places}</h2></div><SensorMap sensors={sensors} at={at} /></section><Curves sensors={sensors.slice(0, curvesMax)} at={at} /></div>}
      <section class="card">
        {reading.error !== undefined && reading.value && <Old error={reading.error} retry={reading.reload} />}
        {!reading.value ? (reading.error ? (mistakeOf(reading.error) ? <Empty title={t().noMatch} /> : <Failed error={reading.error} retry={reading.reload} />) : <Loading lines={8} />)
          : sensors.length === 0 ? <Empty title={kind || state || q ? t().noMatch : t().none}>{!kind && !state && !q && <p>{t().noneBody}</p>}</Empty>
            : <Table sensors={sensors} hasMore={Boolean(reading.value.next)} />}
      </section>
    </div>
  );
}

// The condition says which; the list has their latest readings.
async function readSensors(asked: Query<'/sensors'>, q: string, at: string | null, signal: AbortSignal) {
  const [list, found] = await Promise.all([
    get('/sensors', { query: asked, signal }),
    q ? get('/query', { query: { type: 'sensor', q, select: 'id', limit: 10_000, ...(at && { at }) }, signal }) : undefined,
  ]);
  const ids = found && new Set(found.items.map((row) => row['id'] as unknown as string));
  return ids ? { ...list, items: list.items.filter((s) => ids.has(s.id)) } : list;
}

/** What the sensors that need a look most read in the last day. */
function Curves({ sensors, at }: { sensors: readonly SensorLine[]; at: string | null }) {
  const ids = sensors.map((s) => numberOf(s.id));
  const reading = useResource(`curves ${ids.join(' ')} ${at ?? ''}`, (signal) => Promise.all(ids.map((id) => readSensor(id, at, signal))), at ? 0 : 15_000);
  return (
    <section class="card" aria-labelledby="curves">
      <div class="card-head"><h2 id="curves">{t().curves}</h2></div>
      {!reading.value ? (reading.error ? <Failed error={reading.error} retry={reading.reload} /> : <Loading />) : reading.value.map(({ sensor, points }) => (
        <div key={sensor.id} class="curve"><h3><a href={pageOf(sensor.id, at)}>{sensor.name}</a> <span class={`chip ${conditionTones[sensor.state]}`}>{conditionOf(sensor.state, sensor.level)}</span> <span class="soft">{measured(sensor.readings?.value, units[sensor.readings?.measure ?? ''] ?? '')}</span></h3>
          {points.length === 0 ? <p class="soft">{t().noPoints}</p> : <SensorCurve points={points} sensor={sensor} unit={units[sensor.readings?.measure ?? ''] ?? ''} height={150} />}</div>
      ))}
    </section>
  );
}

function Table({ sensors, hasMore }: { sensors: readonly SensorLine[]; hasMore: boolean }) {
  return (
    <>
      <div class="table-scroll">
        <table class="list">
          <thead><tr><th scope="col">{t().name}</th><th scope="col" class="wide">{words().commune}</th><th scope="col">{t().state}</th><th scope="col" class="num">{t().value}</th><th scope="col" class="num wide">{t().heard}</th></tr></thead>
          <tbody>
            {sensors.map((s) => (
              <tr key={s.id}>
                <td><a href={pageOf(s.id, moment.value)}>{s.name}</a><small>{sensorKinds()[s.kind]}</small></td>
                <td class="wide">{officeName(s.commune)}</td>
                <td><span class={`chip ${conditionTones[s.state]}`}>{conditionOf(s.state, s.level)}</span></td>
                <td class="num">{measured(s.value, kindUnits[s.kind] ?? '')}</td>
                <td class="num wide">{written(s.at, 'short')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="card-foot">{hasMore ? t().first(count(sensors.length)) : t().shown(count(sensors.length))}</p>
    </>
  );
}
