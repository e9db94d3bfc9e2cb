// Which language people read. Vietnamese unless the browser prefers English or French, or somebody chose.
import { effect, signal } from '@preact/signals';

export const languages = ['vi', 'en', 'fr'] as const;
export type Language = (typeof languages)[number];

const stored = 'citytwin.language';

function first(): Language {
  const chosen = localStorage.getItem(stored);
  const wishes = [chosen, ...navigator.languages].map((l) => l?.slice(0, 2).toLowerCase());
  return languages.find((l) => l === wishes.find((w) => (languages as readonly string[]).includes(w ?? ''))) ?? 'vi';
}

export const language = signal<Language>(first());

export function speak(chosen: Language): void {
  localStorage.setItem(stored, chosen);
  language.value = chosen;
}

effect(() => {
  document.documentElement.lang = language.value;
});

type Entry = string | ((...values: never[]) => string);
type SameShape<T> = { [K in keyof T]: T[K] extends (...values: infer V) => string ? (...values: V) => string : string };

/**
 * The texts of a part of the pages in all languages; call the result inside a component to have them in the one in force.
 * The compiler demands that every language has every text, with the same values put in.
 */
export function texts<const T extends Record<string, Entry>>(vi: T, en: SameShape<T>, fr: SameShape<T>): () => SameShape<T> {
  const all = { vi: vi as unknown as SameShape<T>, en, fr };
  return () => all[language.value];
}

/** A name that the city gives in Vietnamese and English. */
export function named(thing: { nameVi: string; nameEn: string } | undefined, otherwise = ''): string {
  if (!thing) {
    return otherwise;
  }
  return language.value === 'vi' ? thing.nameVi : thing.nameEn || thing.nameVi;
}
