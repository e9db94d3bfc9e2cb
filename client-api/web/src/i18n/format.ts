// Numbers, shares and moments as people write them. All moments are shown in the city's zone.
import { language } from './language';

const zone = 'Asia/Ho_Chi_Minh';
const locales = { vi: 'vi-VN', en: 'en-GB', fr: 'fr-FR' } as const;
const cache = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat | Intl.RelativeTimeFormat>();

function cached<T extends Intl.NumberFormat | Intl.DateTimeFormat | Intl.RelativeTimeFormat>(name: string, make: (locale: string) => T): T {
  const id = `${language.value} ${name}`;
  let found = cache.get(id) as T | undefined;
  if (!found) {
    found = make(locales[language.value]);
    cache.set(id, found);
  }
  return found;
}

/** What stands where there is no number. */
export const none = '–';

export function count(value: number | null | undefined): string {
  return value === null || value === undefined ? none : cached('count', (l) => new Intl.NumberFormat(l, { maximumFractionDigits: 0 })).format(value);
}

export function decimal(value: number | null | undefined, digits = 1): string {
  return value === null || value === undefined
    ? none
    : cached(`decimal${digits}`, (l) => new Intl.NumberFormat(l, { minimumFractionDigits: digits, maximumFractionDigits: digits })).format(value);
}

/** A share from 0 to 1 as percent. */
export function share(value: number | null | undefined, digits = 1): string {
  return value === null || value === undefined
    ? none
    : cached(`share${digits}`, (l) => new Intl.NumberFormat(l, { style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits })).format(value);
}

/** Both ends of an interval of shares: with a digit more where whole percents would make them the same. */
export function shares(low: number, high: number): readonly [string, string] {
  const digits = share(low, 0) === share(high, 0) ? 1 : 0;
  return [share(low, digits), share(high, digits)];
}

/** A number with its sign, for differences. */
export function signed(value: number, digits = 0): string {
  return cached(`signed${digits}`, (l) => new Intl.NumberFormat(l, { signDisplay: 'exceptZero', minimumFractionDigits: digits, maximumFractionDigits: digits })).format(value).replace('-', '−');
}

export function bytes(value: number): string {
  const mebibytes = value / (1024 * 1024);
  return mebibytes >= 1024 ? `${decimal(mebibytes / 1024, 2)} GiB` : `${decimal(mebibytes, mebibytes >= 100 ? 0 : 1)} MiB`;
}

const shapes = {
  clock: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
  minute: { hour: '2-digit', minute: '2-digit' },
  day: { weekday: 'short', day: 'numeric', month: 'numeric' },
  date: { day: 'numeric', month: 'numeric', year: 'numeric' },
  full: { weekday: 'short', day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit' },
  near: { weekday: 'short', day: '2-digit', month: '2-digit', hour: '2-digit', minute: '2-digit' },
  short: { day: '2-digit', month: '2-digit', hour: '2-digit', minute: '2-digit' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

export type MomentShape = keyof typeof shapes;

export function moment(at: string | number | Date | null | undefined, shape: MomentShape = 'full'): string {
  if (at === null || at === undefined) {
    return none;
  }
  const format = cached(`at ${shape}`, (l) => new Intl.DateTimeFormat(l, { ...shapes[shape], timeZone: zone, hourCycle: 'h23' }));
  const text = format.format(new Date(at));
  // Vietnamese dates have slashes; the short shape alone comes with a hyphen.
  return language.value === 'vi' && shape === 'short' ? text.replace(/(\d\d)-(\d\d)/, '$1/$2') : text;
}

/** The city's date of a moment, as 2026-11-22. */
export function cityDate(at: string | number | Date): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(new Date(at));
}

/** How long ago or ahead, in real time. */
export function relative(milliseconds: number): string {
  const format = cached('relative', (l) => new Intl.RelativeTimeFormat(l, { numeric: 'always', style: 'short' }));
  const seconds = Math.round(milliseconds / 1000);
  const size = Math.abs(seconds);
  if (size < 60) {
    return format.format(seconds, 'second');
  }
  if (size < 3600) {
    return format.format(Math.round(seconds / 60), 'minute');
  }
  return size < 48 * 3600 ? format.format(Math.round(seconds / 3600), 'hour') : format.format(Math.round(seconds / 86400), 'day');
}
