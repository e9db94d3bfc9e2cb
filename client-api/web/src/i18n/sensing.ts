// The words of sensors, and the units of what they measure.
import type { SensorCondition } from '../api/contract';
import { decimal, none } from './format';
import { texts } from './language';

export const sensorKinds = texts(
  { water: 'Mực nước', rain: 'Mưa', air: 'Không khí', noise: 'Tiếng ồn', traffic: 'Giao thông', light: 'Chiếu sáng', link: 'Đường truyền', security: 'An ninh mạng' },
  { water: 'Water', rain: 'Rain', air: 'Air', noise: 'Noise', traffic: 'Traffic', light: 'Street light', link: 'Network link', security: 'Network security' },
  { water: 'Eau', rain: 'Pluie', air: 'Air', noise: 'Bruit', traffic: 'Trafic', light: 'Éclairage', link: 'Liaison', security: 'Sécurité réseau' },
);

export const conditions = texts(
  { ok: 'Bình thường', quiet: 'Ít tín hiệu', doubtful: 'Đáng ngờ', alert: 'Cảnh báo', silent: 'Mất tín hiệu', maintenance: 'Bảo trì' },
  { ok: 'Fine', quiet: 'Quiet', doubtful: 'Doubtful', alert: 'Alert', silent: 'Silent', maintenance: 'Maintenance' },
  { ok: 'Normal', quiet: 'Discret', doubtful: 'Douteux', alert: 'Alerte', silent: 'Muet', maintenance: 'Entretien' },
);

export const alertKinds = texts(
  { threshold: 'Vượt ngưỡng', rapidRise: 'Tăng nhanh', implausible: 'Số đo vô lý' },
  { threshold: 'Level reached', rapidRise: 'Rapid rise', implausible: 'Implausible readings' },
  { threshold: 'Seuil atteint', rapidRise: 'Montée rapide', implausible: 'Mesures invraisemblables' },
);

export const units: Record<string, string> = {
  waterLevel: 'm', waterFlow: 'm³/s', rainfall: 'mm', pm25: 'µg/m³', pm10: 'µg/m³', ozone: 'µg/m³', nitrogenDioxide: 'µg/m³', sulphurDioxide: 'µg/m³', carbonMonoxide: 'µg/m³', soundLevel: 'dBA',
  roadOccupancy: '%', trafficIntensity: '/h', vehicleSpeed: 'km/h', lampFault: '', power: 'W', packetLoss: '%', latency: 'ms', openEvents: '', stoppedEvents: '',
};

/** The unit of what a kind of sensor measures first. */
export const kindUnits: Record<string, string> = { water: 'm', rain: 'mm', air: 'µg/m³', noise: 'dBA', traffic: '%', light: '', link: '%', security: '' };

/** A reading as people write it: the smaller, the more digits. */
export function reading(value: number | null | undefined, unit: string): string {
  return value === null || value === undefined ? none : `${decimal(value, Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0)} ${unit}`.trimEnd();
}

const roman = ['', 'I', 'II', 'III', 'IV', 'V', 'VI'];

/** Alert levels are written as the national flood alarm levels are. */
export function levelName(level: number): string {
  return roman[level] ?? String(level);
}

/** A sensor's state with the alert level that it had reached. */
export function conditionOf(state: SensorCondition, level: number): string {
  return conditions()[state] + (level === 0 ? '' : state === 'alert' ? ` ${levelName(level)}` : ` · ${levelName(level)}`);
}

export const conditionTones: Record<string, string> = { ok: 'good', quiet: '', doubtful: 'warn', alert: 'bad', silent: 'warn', maintenance: 'accent' };
