// Line icons, drawn on a grid of 20. They only accompany words, so screen readers do not see them.
const paths = {
  board: 'M3 3h6v7H3zM11 3h6v4h-6zM11 9h6v8h-6zM3 12h6v5H3z',
  case: 'M5 2.5h7l3.5 3.5v11.5h-10.5zM12 2.5v3.5h3.5M7.5 10h5M7.5 13h5',
  intake: 'M10 3v9M6.5 8.5 10 12l3.5-3.5M3 12.5V17h14v-4.5',
  runtime: 'M2.5 10h3.5l2-5.5 4 11 2-5.5h3.5',
  sensor: 'M10 10m-1.8 0a1.8 1.8 0 1 0 3.6 0a1.8 1.8 0 1 0-3.6 0M6 6a5.7 5.7 0 0 0 0 8M14 6a5.7 5.7 0 0 1 0 8M3.2 3.2a9.6 9.6 0 0 0 0 13.6M16.8 3.2a9.6 9.6 0 0 1 0 13.6',
  bench: 'M3 17V3M3 17h14M6 13l3.5-4 2.5 2.5L17 6',
  query: 'M9 9m-5.5 0a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0-11 0M13 13l4 4',
  forecast: 'M2.5 14l4-4 3 2 3-4M12.5 8l5-4.5M12.5 8l5 1',
  play: 'M6 4l10 6-10 6z',
  pause: 'M6.5 4v12M13.5 4v12',
  live: 'M10 10m-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0',
  back: 'M12 4l-6 6 6 6',
  next: 'M8 4l6 6-6 6',
  check: 'M4 10.5l4 4 8-9',
  warning: 'M10 3l8 14H2zM10 8v4.5M10 14.8v.2',
  clock: 'M10 10m-7 0a7 7 0 1 0 14 0a7 7 0 1 0-14 0M10 6v4l2.8 2',
  close: 'M5 5l10 10M15 5L5 15',
  sun: 'M10 10m-3.2 0a3.2 3.2 0 1 0 6.4 0a3.2 3.2 0 1 0-6.4 0M10 2v2M10 16v2M2 10h2M16 10h2M4.3 4.3l1.4 1.4M14.3 14.3l1.4 1.4M4.3 15.7l1.4-1.4M14.3 5.7l1.4-1.4',
  moon: 'M16 12a6.6 6.6 0 0 1-8-8 6.6 6.6 0 1 0 8 8z',
  system: 'M3 4h14v9H3zM7 17h6M10 13v4',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
