// Identities and where their pages are.
import { computed } from '@preact/signals';
import { named } from '../i18n/language';
import { heads } from './board';

const folders: Record<string, string> = { case: 'cases', desk: 'desks', commune: 'communes', department: 'departments', official: 'officials', citizen: 'citizens', sensor: 'sensors' };

/** The number part of an identity: 19753 of commune/19753. */
export function numberOf(id: string): string {
  return id.slice(id.indexOf('/') + 1);
}

/** The page of a twin. The moment that is looked at goes along. */
export function pageOf(id: string, at?: string | null): string {
  const [kind = '', number = ''] = id.split('/');
  return `/${folders[kind] ?? kind}/${number}${at ? `?at=${encodeURIComponent(at)}` : ''}`;
}

// Follows who the offices are, not their figures: what only names them is not drawn anew whenever one of them counts.
const profiles = computed(() => new Map(heads.value.map((h) => [h.profile.id, h.profile])));

export function officeName(id: string): string {
  return named(profiles.value.get(id), id);
}

/** Whether the city has an office of this identity. */
export function isOffice(id: string): boolean {
  return profiles.value.has(id);
}

/** The office that a desk belongs to by its number: office × 100 + place. */
export function placeOfDesk(id: string): string {
  return String(Number(numberOf(id)) % 100);
}

/** Officials are shown by their number within the office: office × 1,000 + place. No person is named anywhere. */
export function officialPlace(id: string): string {
  return String(Number(numberOf(id)) % 1000);
}
