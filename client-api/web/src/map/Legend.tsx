import { useComputed } from '@preact/signals';
import { board } from '../city/board';
import { bordersOf, few, type Measure } from '../city/measures';
import { count } from '../i18n/format';
import { texts } from '../i18n/language';

const t = texts(
  { below: (v: string) => `dưới ${v}`, from: (v: string) => `từ ${v}`, none: 'chưa có', few: (n: string) => `dưới ${n} kết quả: chưa chắc chắn`, wide: 'khoảng dự báo còn rộng' },
  { below: (v: string) => `below ${v}`, from: (v: string) => `${v} and more`, none: 'none yet', few: (n: string) => `fewer than ${n} results: uncertain`, wide: 'wide interval' },
  { below: (v: string) => `moins de ${v}`, from: (v: string) => `${v} et plus`, none: 'pas encore', few: (n: string) => `moins de ${n} résultats : incertain`, wide: 'intervalle large' },
);

/** What the colours mean. */
export function Legend({ measure }: { measure: Measure }) {
  // Told apart by their text, so that the legend is drawn anew only when a border moves.
  const borders = useComputed(() => bordersOf(measure, values(measure)).join(' ')).value.split(' ').map(Number);
  return (
    <ul class="legend" aria-label={measure.label()}>
      {[0, 1, 2, 3, 4, 5].map((i) => (
        <li key={i}><span class="swatch" style={{ background: `var(--${measure.scale}-${i})` }} />{wordOf(i, borders, measure)}</li>
      ))}
      {(measure.rests ?? measure.sureness) && <li><span class="swatch" style={{ background: 'var(--no-value)' }} />{t().none}</li>}
      {(measure.rests ?? measure.sureness) && <li><svg class="swatch" viewBox="0 0 14 14" aria-hidden="true"><path class="legend-hatch" d="M-2 6L6-2M-2 13L13-2M2 16L16 2M9 16L16 9" /></svg>{measure.rests ? t().few(count(few)) : t().wide}</li>}
    </ul>
  );
}

function values(measure: Measure): number[] {
  return [...(board.value?.offices.values() ?? [])].filter((o) => o.profile.kind !== 'department').map((o) => measure.value(o)).filter((v) => v !== null);
}

function wordOf(i: number, borders: readonly number[], measure: Measure): string {
  if (i === 0) {
    return t().below(measure.write(borders[0]!));
  }
  return i === 5 ? t().from(measure.write(borders[4]!)) : `${measure.write(borders[i - 1]!)}–${measure.write(borders[i]!)}`;
}
