// Deadlines as people count them: in working days and hours.
import type { Calendar } from '../city/calendar';
import { count, decimal } from '../i18n/format';
import { texts } from '../i18n/language';

const t = texts(
  { days: (n: string) => `${n} ngày làm việc`, hours: (n: string) => `${n} giờ làm việc`, minutes: (n: string) => `${n} phút làm việc`, left: (s: string) => `còn ${s}`, late: (s: string) => `trễ ${s}` },
  { days: (n: string) => `${n} working days`, hours: (n: string) => `${n} working hours`, minutes: (n: string) => `${n} working minutes`, left: (s: string) => `${s} left`, late: (s: string) => `${s} late` },
  { days: (n: string) => `${n} jours ouvrés`, hours: (n: string) => `${n} heures ouvrées`, minutes: (n: string) => `${n} minutes ouvrées`, left: (s: string) => `reste ${s}`, late: (s: string) => `retard de ${s}` },
);

/** Working minutes in words. */
export function workingTime(minutes: number, standardDay: number): string {
  const size = Math.abs(minutes);
  if (size >= standardDay) {
    return t().days(decimal(size / standardDay, 1));
  }
  return size >= 90 ? t().hours(decimal(size / 60, 1)) : t().minutes(count(size));
}

export function timeLeft(calendar: Calendar, now: number, dueAt: string): { text: string; isLate: boolean; minutes: number } {
  const due = Date.parse(dueAt);
  const minutes = calendar.minutesBetween(now, due);
  const isLate = now > due;
  const text = workingTime(minutes, calendar.standardDayMinutes);
  return { text: isLate ? t().late(text) : t().left(text), isLate, minutes };
}
