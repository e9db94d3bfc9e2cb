// What offices can be compared by: the map's colours, the lists and the tips all take it from here.
import { forecastOf } from './forecasts';
import { matching } from './matching';
import { count, decimal, share, shares } from '../i18n/format';
import { board, type BoardOffice, type OfficeFigures } from './board';
import { texts } from '../i18n/language';

const t = texts(
  {
    open: 'Hồ sơ đang mở', overdue: 'Hồ sơ quá hạn', overdueShare: 'Tỷ lệ quá hạn', onTime: 'Tỷ lệ đúng hạn', load: 'Chờ trên mỗi cán bộ', days: 'Ngày làm việc trung bình', rating: 'Hài lòng', filedToday: 'Tiếp nhận hôm nay', alerts: 'Cảm biến đang cảnh báo', forecast: 'Dự báo tồn đọng sau 7 ngày', matching: 'Hồ sơ theo điều kiện…', band: (a: string, b: string) => `80%: ${a} đến ${b}`,
    few: (n: string) => `mới có ${n}`, between: (a: string, b: string) => `khoảng tin cậy 95%: ${a} đến ${b}`,
  },
  {
    open: 'Open cases', overdue: 'Overdue cases', overdueShare: 'Share overdue', onTime: 'Share on time', load: 'Waiting per official', days: 'Mean working days', rating: 'Satisfaction', filedToday: 'Filed today', alerts: 'Sensors in alert', forecast: 'Backlog forecast, in 7 days', matching: 'Cases by a condition…', band: (a: string, b: string) => `80%: ${a} to ${b}`,
    few: (n: string) => `only ${n} so far`, between: (a: string, b: string) => `95% interval: ${a} to ${b}`,
  },
  {
    open: 'Dossiers ouverts', overdue: 'Dossiers en retard', overdueShare: 'Part en retard', onTime: 'Part dans les délais', load: 'En attente par agent', days: 'Jours ouvrés en moyenne', rating: 'Satisfaction', filedToday: 'Déposés aujourd’hui', alerts: 'Capteurs en alerte', forecast: 'Stock prévu dans 7 jours', matching: 'Dossiers selon une condition…', band: (a: string, b: string) => `80 % : ${a} à ${b}`,
    few: (n: string) => `${n} seulement`, between: (a: string, b: string) => `intervalle à 95 % : ${a} à ${b}`,
  },
);

/** Below so many results a share or mean says little: it is drawn hatched. */
export const few = 20;

export interface Measure {
  readonly name: MeasureName;
  readonly label: () => string;
  readonly scale: 'seq' | 'heat' | 'div';
  /** The borders between the six colours; without them they follow the largest value. */
  readonly borders?: readonly number[];
  readonly value: (office: BoardOffice) => number | null;
  /** On how many results it rests; without it the measure is a plain count. */
  readonly rests?: (figures: OfficeFigures) => number;
  /** How sure it is, in words, where it is not a count. */
  readonly sureness?: (office: BoardOffice) => string;
  readonly write: (value: number) => string;
}

/** Sensors in alert; null where a commune has none at all. */
function alertsIn(commune: string): number | null {
  return board.value?.sensors.communes.find((c) => c.commune === commune)?.alerting ?? null;
}

const waiting = (office: BoardOffice) => office.figures.queued / Math.max(1, office.officials);

export const measures: Record<MeasureName, Measure> = {
  open: { name: 'open', label: () => t().open, scale: 'seq', value: (o) => o.figures.open, write: (v) => count(v) },
  overdue: { name: 'overdue', label: () => t().overdue, scale: 'heat', value: (o) => o.figures.overdue, write: (v) => count(v) },
  overdueShare: { name: 'overdueShare', label: () => t().overdueShare, scale: 'heat', borders: [0.001, 0.05, 0.1, 0.2, 0.4], value: (o) => (o.figures.open > 0 ? o.figures.overdue / o.figures.open : null), rests: (f) => f.open, write: (v) => share(v, 0) },
  onTime: { name: 'onTime', label: () => t().onTime, scale: 'div', borders: [0.5, 0.7, 0.8, 0.9, 0.97], value: (o) => o.figures.onTimeShare ?? null, rests: (f) => f.resolved + f.rejected, write: (v) => share(v, 0) },
  load: { name: 'load', label: () => t().load, scale: 'heat', value: waiting, write: (v) => decimal(v, v < 10 ? 1 : 0) },
  days: { name: 'days', label: () => t().days, scale: 'seq', value: (o) => o.figures.workingDaysMean ?? null, rests: (f) => f.resolved + f.rejected, write: (v) => decimal(v, 1) },
  rating: { name: 'rating', label: () => t().rating, scale: 'div', borders: [2.5, 3, 3.5, 4, 4.5], value: (o) => o.figures.ratingMean ?? null, rests: (f) => f.ratings, write: (v) => decimal(v, 2) },
  filedToday: { name: 'filedToday', label: () => t().filedToday, scale: 'seq', value: (o) => o.figures.filedToday, write: (v) => count(v) },
  alerts: { name: 'alerts', label: () => t().alerts, scale: 'heat', borders: [1, 2, 3, 5, 10], value: (o) => alertsIn(o.profile.id), write: (v) => count(v) },
  forecast: { name: 'forecast', label: () => t().forecast, scale: 'seq', value: (o) => forecastOf.value.get(o.profile.id)?.inAWeek.expected ?? null, sureness: (o) => band(o.profile.id), write: (v) => count(v) },
  matching: { name: 'matching', label: () => t().matching, scale: 'heat', value: (o) => matching.value.counts.get(o.profile.id) ?? 0, write: (v) => count(v) },
};

export type MeasureName = 'open' | 'overdue' | 'overdueShare' | 'onTime' | 'load' | 'days' | 'rating' | 'filedToday' | 'alerts' | 'forecast' | 'matching';
export const measureNames = Object.keys(measures) as MeasureName[];

/** Whether the value rests on too little to be relied on: few results, or a forecast whose interval is wider than what it expects. */
export function isUnsure(measure: Measure, office: BoardOffice): boolean {
  if (measure.name === 'forecast') {
    const day = forecastOf.value.get(office.profile.id)?.inAWeek;
    return day !== undefined && day.high80 - day.low80 > Math.max(few, day.expected);
  }
  return measure.rests !== undefined && measure.rests(office.figures) < few;
}

function band(office: string): string {
  const day = forecastOf.value.get(office)?.inAWeek;
  return day ? t().band(count(day.low80), count(day.high80)) : '';
}

/** Wilson's 95% interval of a share: what the share may really be, seen from so few results. */
export function wilson(part: number, whole: number): readonly [number, number] {
  if (whole === 0) {
    return [0, 1];
  }
  const z = 1.96;
  const p = part / whole;
  const middle = (p + (z * z) / (2 * whole)) / (1 + (z * z) / whole);
  const half = (z / (1 + (z * z) / whole)) * Math.sqrt((p * (1 - p)) / whole + (z * z) / (4 * whole * whole));
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}

/** How sure a share on time is, in words. */
export function certainty(onTime: number, results: number): string {
  const [low, high] = wilson(onTime, results);
  return t().between(...shares(low, high));
}

/** The borders of a measure's six colours for the values at hand: round numbers, closer together where most communes are. */
export function bordersOf(measure: Measure, values: readonly number[]): readonly number[] {
  if (measure.borders) {
    return measure.borders;
  }
  const top = nice(Math.max(...values, 1));
  return [1, 2, 4, 6, 9].map((twelfths) => (top * twelfths) / 12);
}

// The next of 12, 24, 60, 120, 240, 600 …: its twelfths are whole numbers.
function nice(value: number): number {
  for (let scale = 1; ; scale *= 10) {
    for (const step of [12, 24, 60]) {
      if (step * scale >= value) {
        return step * scale;
      }
    }
  }
}

/** Which of the six colours a value has. */
export function classOf(value: number, borders: readonly number[]): number {
  let found = 0;
  while (found < borders.length && value >= borders[found]!) {
    found++;
  }
  return found;
}
