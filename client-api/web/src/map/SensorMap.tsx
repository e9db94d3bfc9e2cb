import { useMemo, useRef } from 'preact/hooks';
import type { SensorLine } from '../api/contract';
import { go } from '../app/location';
import { communes } from '../city/board';
import { pageOf } from '../city/names';
import { texts } from '../i18n/language';
import { conditions, levelName, sensorKinds } from '../i18n/sensing';
import { Loading } from '../parts/states';
import type { Point, Shapes } from './geometry';
import { useShapes } from './useShapes';
import './map.css';

const t = texts({ places: 'Vị trí cảm biến; danh sách bên dưới có đủ.' }, { places: 'Where the sensors are; the list below has all of them.' }, { places: 'Où sont les capteurs ; la liste ci-dessous les contient tous.' });

/** Sensors on the map: what state they are in shows by form as well as by colour. For who cannot see it, the list says the same. */
export function SensorMap({ sensors, at }: { sensors: readonly SensorLine[]; at: string | null }) {
  const box = useRef<HTMLDivElement>(null);
  const { shapes, size } = useShapes(box, communes.value);
  const ground = useMemo(() => shapes?.cells.map((c) => c.path).join(''), [shapes]);
  return (
    <div class="map">
      <div class="map-box sensor-map" ref={box} role="img" aria-label={t().places}>
        {!shapes || !size ? <Loading /> : (
          <svg width={size[0]} height={size[1]} viewBox={`0 0 ${size[0]} ${size[1]}`} aria-hidden="true">
            <path class="land" d={ground} />
            {shapes.insets.map(([x, y, width, height]) => <rect key={x} class="inset" x={x} y={y} width={width} height={height} rx="6" />)}
            {spread(sensors, shapes, size).map(({ s, x, y }) => (
              <g key={s.id} class={`mark ${s.state}`} onClick={() => go(pageOf(s.id, at))}>
                <title>{`${s.name} · ${sensorKinds()[s.kind]} · ${conditions()[s.state]}`}</title>
                {s.state === 'maintenance' ? <rect x={x - 5} y={y - 5} width="10" height="10" rx="2" /> : <circle cx={x} cy={y} r={s.state === 'alert' ? 10 : 6} />}
                {s.level > 0 && <text x={x} y={y}>{levelName(s.level)}</text>}
              </g>
            ))}
          </svg>
        )}
      </div>
      <ul class="map-foot legend marks">
        {(['alert', 'doubtful', 'silent', 'quiet', 'maintenance', 'ok'] as const).map((c) => (
          <li key={c}><svg class="legend-mark" viewBox="0 0 24 24" aria-hidden="true"><g class={`mark ${c}`}>{c === 'maintenance' ? <rect x="7" y="7" width="10" height="10" rx="2" /> : <circle cx="12" cy="12" r={c === 'alert' ? 9 : 6} />}</g></svg>{conditions()[c]}</li>
        ))}
      </ul>
    </div>
  );
}

// Where it stands; without a place, or too far out, in the middle of its commune. Several at one place stand around it.
function spread(sensors: readonly SensorLine[], shapes: Shapes, [width, height]: readonly [number, number]): { s: SensorLine; x: number; y: number }[] {
  const centres = new Map(shapes.cells.map((c) => [c.id, c.centre]));
  const taken = new Map<string, number>();
  const ordered = [...sensors].sort((a, b) => Number(a.state === 'alert') - Number(b.state === 'alert') || a.level - b.level);
  return ordered.flatMap((s) => {
    const found: Point | undefined = s.place?.latitude !== null && s.place?.latitude !== undefined ? shapes.place(s.place.longitude ?? 0, s.place.latitude) : undefined;
    const isInside = found && found[0] >= 0 && found[1] >= 0 && found[0] <= width && found[1] <= height;
    const [x, y] = (isInside ? found : centres.get(s.commune)) ?? [NaN, NaN];
    if (Number.isNaN(x)) {
      return [];
    }
    const spot = `${Math.round(x / 22)} ${Math.round(y / 22)}`;
    const n = taken.get(spot) ?? 0;
    taken.set(spot, n + 1);
    return [{ s, x: x + (n === 0 ? 0 : 19 * Math.cos(n * 2.4)), y: y + (n === 0 ? 0 : 19 * Math.sin(n * 2.4)) }];
  });
}
