// The figures of a run: their names, how they are written, and a difference said in words.
import { count, decimal, share, signed } from '../i18n/format';
import { texts } from '../i18n/language';
import { rangeOf, type FigureReading, type Range } from './contract';

const names = texts(
  { on_time_share: 'Tỷ lệ đúng hạn', on_time_share_communes: 'Tỷ lệ đúng hạn ở xã, phường', on_time_share_departments: 'Tỷ lệ đúng hạn ở sở, ngành', days_mean: 'Số ngày làm việc trung bình', days_p90_communes: '90% kết quả của xã, phường có trong', queue_wait: 'Thời gian chờ cán bộ', open_at_end: 'Hồ sơ còn mở cuối kỳ', open_overdue: 'Hồ sơ quá hạn cuối kỳ', utilisation: 'Thời gian cán bộ xử lý hồ sơ', overtime: 'Làm thêm giờ', resolved: 'Hồ sơ có kết quả', rating: 'Đánh giá của công dân' },
  { on_time_share: 'Share on time', on_time_share_communes: 'Share on time at communes', on_time_share_departments: 'Share on time at departments', days_mean: 'Mean working days to a result', days_p90_communes: '90% of communes’ results come within', queue_wait: 'Mean wait for an officer', open_at_end: 'Open cases at the end', open_overdue: 'Overdue cases at the end', utilisation: 'Officers’ time on cases', overtime: 'Overtime', resolved: 'Cases with a result', rating: 'Citizens’ rating' },
  { on_time_share: 'Part dans les délais', on_time_share_communes: 'Part dans les délais, communes', on_time_share_departments: 'Part dans les délais, directions', days_mean: 'Jours ouvrés moyens jusqu’au résultat', days_p90_communes: '90 % des résultats des communes en', queue_wait: 'Attente moyenne d’un agent', open_at_end: 'Dossiers ouverts à la fin', open_overdue: 'Dossiers en retard à la fin', utilisation: 'Temps des agents sur les dossiers', overtime: 'Heures supplémentaires', resolved: 'Dossiers avec résultat', rating: 'Note des usagers' },
);

const units = texts(
  { points: 'điểm %', days: 'ngày', hours: 'giờ', cases: 'hồ sơ', none: '' },
  { points: 'points', days: 'days', hours: 'hours', cases: 'cases', none: '' },
  { points: 'points', days: 'jours', hours: 'heures', cases: 'dossiers', none: '' },
);

const t = texts(
  {
    rises: (n: string, d: string, i: string, a: string, b: string, _many: boolean) => `${n} tăng ${d} (${i}), từ ${a} lên ${b}.`,
    falls: (n: string, d: string, i: string, a: string, b: string, _many: boolean) => `${n} giảm ${d} (${i}), từ ${a} xuống ${b}.`,
    same: (n: string, a: string) => `${n} không đổi: ${a}.`,
    unsure: (n: string, i: string, a: string) => `${n}: không thấy khác biệt nào vượt quá ngẫu nhiên (${i}); hiện là ${a}.`,
    interval: (level: string, low: string, high: string) => `khoảng tin cậy ${level}: ${low} đến ${high}`, alone: (n: string, v: string, i: string) => `${n}: ${v} (${i}).`,
    better: 'tốt hơn', worse: 'kém hơn', even: 'chưa rõ', unchanged: 'như cũ',
  },
  {
    rises: (n: string, d: string, i: string, a: string, b: string, many: boolean) => `${n} ${many ? 'rise' : 'rises'} by ${d} (${i}), from ${a} to ${b}.`,
    falls: (n: string, d: string, i: string, a: string, b: string, many: boolean) => `${n} ${many ? 'fall' : 'falls'} by ${d} (${i}), from ${a} to ${b}.`,
    same: (n: string, a: string) => `${n} does not change: ${a}.`,
    unsure: (n: string, i: string, a: string) => `${n}: no difference that can be told from chance (${i}); it is ${a}.`,
    interval: (level: string, low: string, high: string) => `${level} interval ${low} to ${high}`, alone: (n: string, v: string, i: string) => `${n}: ${v} (${i}).`,
    better: 'better', worse: 'worse', even: 'unclear', unchanged: 'the same',
  },
  {
    rises: (n: string, d: string, i: string, a: string, b: string) => `${n} : hausse de ${d} (${i}), de ${a} à ${b}.`,
    falls: (n: string, d: string, i: string, a: string, b: string) => `${n} : baisse de ${d} (${i}), de ${a} à ${b}.`,
    same: (n: string, a: string) => `${n} : inchangé, ${a}.`,
    unsure: (n: string, i: string, a: string) => `${n} : aucune différence que l’on distingue du hasard (${i}) ; la valeur est ${a}.`,
    interval: (level: string, low: string, high: string) => `intervalle à ${level} : ${low} à ${high}`, alone: (n: string, v: string, i: string) => `${n} : ${v} (${i}).`,
    better: 'mieux', worse: 'moins bien', even: 'incertain', unchanged: 'inchangé',
  },
);

type Kind = 'share' | 'days' | 'hours' | 'cases' | 'rating';

const kinds: Record<string, Kind> = { days_mean: 'days', days_p90_communes: 'days', queue_wait: 'hours', overtime: 'hours', open_at_end: 'cases', open_overdue: 'cases', resolved: 'cases', rating: 'rating' };

/** Whose English names are plural. */
const plurals: readonly string[] = ['days_mean', 'open_at_end', 'open_overdue', 'resolved'];

/** The figures that a reader sees first. */
export const headlines = ['on_time_share', 'days_mean', 'queue_wait', 'open_overdue', 'open_at_end', 'utilisation'] as const;

export function kindOf(key: string): Kind {
  return kinds[key] ?? 'share';
}

export function nameOf(key: string, otherwise = key): string {
  return (names() as Record<string, string | undefined>)[key] ?? otherwise;
}

/** A value with its unit; `digits` where the usual ones would hide what differs. */
export function write(key: string, value: number | null | undefined, digits?: number): string {
  switch (kindOf(key)) {
    case 'share': return share(value === null || value === undefined ? value : value / 100, digits ?? 1);
    case 'days': return `${decimal(value, digits ?? 2)} ${units().days}`;
    case 'hours': return `${decimal(value, (value ?? 0) >= 100 ? 0 : (digits ?? 2))} ${units().hours}`;
    case 'cases': return count(value);
    case 'rating': return decimal(value, digits ?? 2);
  }
}

/** How many decimals an interval deserves: its first uncertain digit is the last that is told. */
export function digitsFor(key: string, range: Range): number {
  if (kindOf(key) === 'cases') {
    return range.high - range.low < 2 && Math.abs(range.estimate) < 10 && range.estimate !== 0 ? 1 : 0;
  }
  const half = (range.high - range.low) / 2;
  return half <= 0 ? 1 : Math.max(1, Math.min(3, Math.ceil(-Math.log10(half))));
}

function unitOf(key: string): string {
  const kind = kindOf(key);
  return kind === 'share' ? units().points : kind === 'rating' ? '' : units()[kind];
}

/** A difference with its sign; `withUnit` for where it stands alone. */
export function writeDifference(key: string, value: number, digits: number, withUnit = true): string {
  // What rounds to nothing has no sign.
  const tidy = Math.abs(value) < 0.5 * 10 ** -digits ? 0 : value;
  const text = withMinus(signed(tidy, digits));
  return withUnit ? `${text} ${unitOf(key)}`.trim() : text;
}

/** A hyphen is too short for a minus. */
export const withMinus = (text: string): string => text.replace('-', '−');

export function writeRange(key: string, range: Range): string {
  const digits = digitsFor(key, range);
  return `${writeDifference(key, range.low, digits, false)} … ${writeDifference(key, range.high, digits, false)}`;
}

export type Verdict = 'better' | 'worse' | 'even' | 'unchanged';

/** What a difference means for the city; `even` while its interval holds no change. */
export function verdict(difference: Range, isHigherBetter: boolean): Verdict {
  if (difference.low === 0 && difference.high === 0) {
    return 'unchanged';
  }
  return difference.low <= 0 && difference.high >= 0 ? 'even' : difference.estimate > 0 === isHigherBetter ? 'better' : 'worse';
}

export const verdictWord = (of: Verdict): string => t()[of];
export const verdictTone: Record<Verdict, string> = { better: 'good', worse: 'bad', even: '', unchanged: '' };

export function intervalWords(confidence: number, low: string, high: string): string {
  return t().interval(share(confidence, confidence * 100 % 1 === 0 ? 0 : 1), low, high);
}

/** A difference as a sentence: which way, how much, how sure, from what to what. */
export function sentence(figure: FigureReading, confidence: number): string {
  const { key } = figure;
  const name = nameOf(key, figure.name);
  const difference = rangeOf(figure.difference);
  const base = rangeOf(figure.base);
  if (!difference) {
    return base ? t().alone(name, write(key, base.estimate), intervalWords(confidence, write(key, base.low), write(key, base.high))) : '';
  }
  const before = write(key, figure.base.estimate);
  const after = write(key, figure.value?.estimate);
  if (difference.low === 0 && difference.high === 0) {
    return t().same(name, before);
  }
  const digits = digitsFor(key, difference);
  const plain = (v: number) => decimal(v, digits);
  if (difference.low <= 0 && difference.high >= 0) {
    return t().unsure(name, intervalWords(confidence, writeDifference(key, difference.low, digits, false), writeDifference(key, difference.high, digits)), before);
  }
  const [near, far] = difference.estimate > 0 ? [difference.low, difference.high] : [-difference.high, -difference.low];
  const by = `${plain(Math.abs(difference.estimate))} ${unitOf(key)}`.trim();
  const say = difference.estimate > 0 ? t().rises : t().falls;
  return say(name, by, intervalWords(confidence, plain(near), plain(far)), before, after, plurals.includes(key));
}
