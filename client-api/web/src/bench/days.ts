// Days of a scenario: dates without a time, written out so that nobody takes a day for a month.
import { language } from '../i18n/language';

const locales = { vi: 'vi-VN', en: 'en-GB', fr: 'fr-FR' } as const;

/** A date, as 2026-08-03, in the reader's words. */
export function dayWords(day: string): string {
  const at = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(at) ? day : new Intl.DateTimeFormat(locales[language.value], { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(at);
}
