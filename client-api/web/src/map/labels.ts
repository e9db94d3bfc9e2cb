// Names on the map: the most populous first, as long as there is room.
import type { Cell } from './geometry';

const lineHeight = 13;
const letterWidth = 5.9;
const kinds = /^(Phường|Xã|Đặc khu) /;

export interface Label {
  readonly id: string;
  readonly text: string;
  readonly centre: readonly [number, number];
}

export function labelled(cells: readonly Cell[]): readonly Label[] {
  const placed: { x: number; y: number; half: number }[] = [];
  const labels: Label[] = [];
  for (const cell of [...cells].sort((a, b) => b.weight - a.weight)) {
    const text = cell.name.replace(kinds, '');
    const half = (text.length * letterWidth) / 2;
    const [x, y] = cell.centre;
    const fits = half * 2 < cell.room * 1.05 && placed.every((p) => Math.abs(p.x - x) > p.half + half + 4 || Math.abs(p.y - y) > lineHeight);
    if (fits) {
      placed.push({ x, y, half });
      labels.push({ id: cell.id, text, centre: cell.centre });
    }
  }
  return labels;
}
