/** A figure with its name and a line about it. */
export interface Figure {
  readonly label: string;
  readonly value: string;
  readonly note?: string;
  readonly isBad?: boolean;
}

export function Tiles({ label, figures }: { label: string; figures: readonly Figure[] }) {
  return (
    <ul class={`tiles ${figures.length === 4 ? 'four' : ''}`} aria-label={label}>
      {figures.map((f) => (
        <li key={f.label} class={`tile ${f.isBad ? 'bad' : ''}`}>
          <span class="tile-label">{f.label}</span>
          <b class="tile-value">{f.value}</b>
          <span />
          <span class="tile-note">{f.note ?? ''}</span>
        </li>
      ))}
    </ul>
  );
}
