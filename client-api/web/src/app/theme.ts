// Light, dark, or as the system has it. The colours are custom properties in styles/tokens.css.
import { effect, signal } from '@preact/signals';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const stored = 'citytwin.theme';
const system = matchMedia('(prefers-color-scheme: dark)');

function first(): Theme {
  const chosen = localStorage.getItem(stored);
  return themes.find((t) => t === chosen) ?? 'system';
}

export const theme = signal<Theme>(first());

/** Whether dark colours are in force now; charts and maps that draw on a canvas follow it. */
export const isDark = signal(false);

export function wear(chosen: Theme): void {
  localStorage.setItem(stored, chosen);
  theme.value = chosen;
}

function settle(): void {
  isDark.value = theme.value === 'dark' || (theme.value === 'system' && system.matches);
}

effect(() => {
  settle();
  document.documentElement.dataset['theme'] = isDark.value ? 'dark' : 'light';
});
system.addEventListener('change', settle);

/** A colour of the theme in force, for what is drawn rather than styled. */
export function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}
