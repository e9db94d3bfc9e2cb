// The book of levers as the city serves it: what can be changed, within which ranges, and what it does in three languages.
import { parse } from 'yaml';
import { language } from '../i18n/language';
import type { components } from '../api/schema';
import type { ScenarioNames } from './contract';
import type { MemberRange } from './ranges';

export type LeverBook = components['schemas']['LeverBook'];
export type LeverEntry = components['schemas']['LeverEntry'];
export type LeverKey = components['schemas']['LeverKey'];

export type SelectorKey = 'offices' | 'services' | 'skills';
const selectors: readonly string[] = ['offices', 'services', 'skills'] satisfies SelectorKey[];
const groups = ['communes', 'departments', 'all'];

/** A wording in the language in force. */
export function said(wording: components['schemas']['Wording'] | null | undefined): string {
  return wording?.[language.value] ?? '';
}

export function leverOf(book: LeverBook, change: object): LeverEntry | undefined {
  return book.levers.find((l) => l.key in change);
}

/** By which names a lever is narrowed down. */
export function selectorsOf(lever: LeverEntry): readonly SelectorKey[] {
  return lever.keys.map((k) => k.key).filter((k): k is SelectorKey => selectors.includes(k));
}

export function membersOf(lever: LeverEntry): readonly LeverKey[] {
  return lever.keys.filter((k) => !selectors.includes(k.key));
}

// Exactly one of these is given; that cannot be said in a range.
const oneOf: Record<string, readonly string[]> = { officers: ['add', 'set', 'factor'] };

export function isOneOf(lever: LeverEntry): boolean {
  return lever.key in oneOf;
}

/** Shares are asked for in percent; which members are shares is known by their names. */
export function isShare(key: string): boolean {
  return ['share', 'saves', 'yearly', 'missing', 'ask', 'escalate', 'send_back', 'reopen', 'reject', 'absence'].includes(key);
}

export function rangeOfKey(key: LeverKey): MemberRange {
  return {
    ...(typeof key.minimum === 'number' && { min: key.minimum }), ...(typeof key.maximum === 'number' && { max: key.maximum }), ...(typeof key.usual === 'number' && { usual: key.usual }),
    isWhole: key.kind === 'whole', choices: key.choices,
  };
}

/** What one begins with when a member is asked for. */
export function firstOf(key: LeverKey): number | string {
  if (key.choices.length > 0) {
    return key.choices[0]!;
  }
  return isShare(key.key) ? '10%' : key.key === 'factor' ? 1.2 : Math.max(key.minimum ?? 1, 1);
}

/** A new change with a lever: its example, with offices that the base has. */
export function begun(lever: LeverEntry, names: ScenarioNames | undefined): Record<string, unknown> {
  const example = parse(lever.example) as Record<string, unknown>;
  const inner = example[lever.key];
  if (typeof inner !== 'object' || inner === null) {
    return example;
  }
  const communes = (names?.offices ?? []).filter((o) => o.kind !== 'department').map((o) => o.nameVi);
  const members = { ...inner } as Record<string, unknown>;
  const named = ([] as unknown[]).concat(members['offices'] ?? []).filter((o) => !groups.includes(String(o)));
  if (named.length > 0) {
    members['offices'] = lever.key === 'closed' || lever.key === 'merge' ? communes[0] : communes.slice(0, 2);
  }
  if ('into' in members) {
    members['into'] = communes[1];
  }
  return { [lever.key]: members };
}
