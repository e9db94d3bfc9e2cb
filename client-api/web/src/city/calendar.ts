// Working time on the pages: the same arithmetic as the city's own calendar (docs/model/calendar.md), for showing only.
import { signal } from '@preact/signals';
import { get } from '../api/client';
import type { CalendarReading } from '../api/contract';

const dayMs = 86_400_000;
const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

interface Hours {
  /** Minutes of the day. */
  readonly from: number;
  readonly to: number;
}

/** When offices work. */
export class Calendar {
  readonly standardDayMinutes: number;
  private readonly offsetMs: number;
  private readonly week = new Map<number, readonly Hours[]>();
  private readonly special = new Map<string, boolean>();

  constructor(reading: CalendarReading) {
    this.standardDayMinutes = reading.standardDayMinutes;
    const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d\d):(\d\d)$/.exec(reading.utcOffset) ?? [];
    this.offsetMs = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
    for (const { day, hours: spans } of reading.week) {
      this.week.set(weekdays.indexOf(day), spans.map(parse));
    }
    for (const day of reading.specialDays) {
      this.special.set(day.date, day.kind === 'off');
    }
  }

  /** The office hours of the day that holds a local time. */
  private hoursOf(localMs: number): readonly Hours[] {
    const date = new Date(localMs);
    const isOff = this.special.get(date.toISOString().slice(0, 10));
    if (isOff === undefined) {
      return this.week.get(date.getUTCDay()) ?? [];
    }
    return isOff ? [] : (this.week.get(1) ?? []);
  }

  /** Whether offices are open at a moment. */
  isOpen(at: number): boolean {
    const local = at + this.offsetMs;
    const minute = (local % dayMs) / 60_000;
    return this.hoursOf(local).some((h) => minute >= h.from && minute < h.to);
  }

  /** When offices open next after a moment; undefined when not within a month. */
  nextOpening(at: number): number | undefined {
    const local = at + this.offsetMs;
    const midnight = local - (local % dayMs);
    for (let day = 0; day < 31; day++) {
      const found = this.hoursOf(midnight + day * dayMs).map((h) => midnight + day * dayMs + h.from * 60_000).find((from) => from > local);
      if (found !== undefined) {
        return found - this.offsetMs;
      }
    }
    return undefined;
  }

  /** Working minutes from one moment to another; negative when the other is earlier. At most about two years are counted. */
  minutesBetween(from: number, to: number): number {
    if (to < from) {
      return -this.minutesBetween(to, from);
    }
    let sum = 0;
    const start = from + this.offsetMs;
    const end = to + this.offsetMs;
    for (let day = Math.floor(start / dayMs), last = Math.min(Math.floor(end / dayMs), day + 750); day <= last; day++) {
      for (const hours of this.hoursOf(day * dayMs)) {
        const opens = Math.max(start, day * dayMs + hours.from * 60_000);
        const closes = Math.min(end, day * dayMs + hours.to * 60_000);
        sum += Math.max(0, closes - opens) / 60_000;
      }
    }
    return sum;
  }
}

function parse(span: string): Hours {
  const [from = '0:0', to = '0:0'] = span.split('-');
  return { from: minutes(from), to: minutes(to) };
}

function minutes(time: string): number {
  const [hour = '0', minute = '0'] = time.split(':');
  return Number(hour) * 60 + Number(minute);
}

export const calendar = signal<Calendar | undefined>(undefined);

let asked: Promise<void> | undefined;

export function readCalendar(): Promise<void> {
  asked ??= get('/city/calendar').then(
    (answer) => {
      calendar.value = new Calendar(answer);
    },
    (reason: unknown) => {
      asked = undefined;
      throw reason;
    },
  );
  return asked;
}
