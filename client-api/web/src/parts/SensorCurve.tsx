import { useCallback } from 'preact/hooks';
import { get } from '../api/client';
import type { PointReading, SensorReading } from '../api/contract';
import { axis, Chart, type Palette } from '../charts/Chart';
import { nowMs } from '../city/clock';
import { count, decimal, moment as written } from '../i18n/format';
import { texts } from '../i18n/language';
import { levelName, sensorKinds } from '../i18n/sensing';

const t = texts(
  { levelOf: (n: string) => `Mức ${n}`, describe: (n: string) => `${n} điểm đo trong 24 giờ, cùng các mức cảnh báo` },
  { levelOf: (n: string) => `Level ${n}`, describe: (n: string) => `${n} points in 24 hours, with the alert levels` },
  { levelOf: (n: string) => `Niveau ${n}`, describe: (n: string) => `${n} points en 24 heures, avec les niveaux d’alerte` },
);

const dayMs = 86_400_000;

/** A sensor and what it read in the 24 hours before a moment, or until now. */
export async function readSensor(id: string, at: string | null, signal: AbortSignal): Promise<{ sensor: SensorReading; points: PointReading[] }> {
  const sensor = await get('/sensors/{id}', { path: { id }, query: at ? { at } : {}, signal });
  const to = at ? Date.parse(at) : nowMs();
  const measure = sensor.readings?.measure;
  const history = measure ? await get('/readings', { query: { sensor: `sensor/${id}`, measure, resolution: 'minute', from: new Date(to - dayMs).toISOString(), to: new Date(to).toISOString(), limit: 2000 }, signal }) : undefined;
  return { sensor, points: history?.items ?? [] };
}

/** What a sensor read, with its alert levels. */
export function SensorCurve({ points, sensor, unit, height = 300 }: { points: readonly PointReading[]; sensor: SensorReading; unit: string; height?: number }) {
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
  return <Chart height={height} options={options} describe={t().describe(count(points.length))} />;
}
