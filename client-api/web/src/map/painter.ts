// Draws communes on a canvas. A whole country changes colour within a frame: only cells whose class changed are drawn again.
import type { Cell, Shapes } from './geometry';
import type { Label } from './labels';

type Box = readonly [number, number, number, number];

/** What the cells are painted with; a change of any of it draws all of them. */
export interface Paint {
  readonly classes: readonly string[];
  readonly noValue: string;
  readonly ground: string;
  readonly ink: string;
}

/** A class of 0 to 5, -1 for none; plus 16 where it is uncertain. */
export const uncertain = 16;

export class Painter {
  private readonly paths: readonly Path2D[];
  private readonly boxes: readonly Box[];
  private readonly drawn: Int8Array;
  private paint: Paint | undefined;
  private hatch: CanvasPattern | null = null;
  private readonly ground: CanvasRenderingContext2D;
  private readonly names: CanvasRenderingContext2D;

  constructor(ground: HTMLCanvasElement, names: HTMLCanvasElement, private readonly shapes: Shapes, private readonly labels: readonly Label[], private readonly size: readonly [number, number]) {
    this.paths = shapes.cells.map((c) => new Path2D(c.path));
    this.boxes = shapes.cells.map(boxOf);
    this.drawn = new Int8Array(shapes.cells.length).fill(-128);
    this.ground = context(ground, size);
    this.names = context(names, size);
  }

  /** Shows the classes of the cells, in their order. */
  show(classes: Int8Array, paint: Paint): void {
    const isAll = this.paint !== paint;
    if (isAll) {
      this.paint = paint;
      this.hatch = this.ground.createPattern(hatching(paint.ground), 'repeat');
      this.ground.clearRect(0, 0, ...this.size);
      this.write();
    }
    this.ground.lineJoin = 'round';
    this.ground.strokeStyle = paint.ground;
    this.ground.lineWidth = this.shapes.cells.length > 1000 ? 0.3 : this.shapes.cells.length > 100 ? 0.7 : 1.2;
    for (let i = 0; i < classes.length; i++) {
      if (isAll || classes[i] !== this.drawn[i]) {
        this.drawn[i] = classes[i]!;
        this.cell(this.paths[i]!, classes[i]!, paint);
      }
    }
  }

  /** The cell at a point, or -1. */
  at(x: number, y: number): number {
    for (let i = 0; i < this.boxes.length; i++) {
      const [left, top, right, bottom] = this.boxes[i]!;
      if (x >= left && x <= right && y >= top && y <= bottom && this.contains(i, x, y)) {
        return i;
      }
    }
    return -1;
  }

  private contains(i: number, x: number, y: number): boolean {
    const scale = devicePixelRatio || 1;
    return this.ground.isPointInPath(this.paths[i]!, x * scale, y * scale);
  }

  private cell(path: Path2D, class_: number, paint: Paint): void {
    const isUnsure = class_ >= uncertain;
    const grade = isUnsure ? class_ - uncertain : class_;
    this.ground.fillStyle = grade < 0 ? paint.noValue : paint.classes[grade]!;
    this.ground.fill(path);
    if (isUnsure && this.hatch) {
      this.ground.fillStyle = this.hatch;
      this.ground.fill(path);
    }
    this.ground.stroke(path);
  }

  // Names lie on a canvas of their own: colours change beneath them all the time.
  private write(): void {
    const c = this.names;
    c.clearRect(0, 0, ...this.size);
    c.font = `500 11px ${getComputedStyle(document.body).fontFamily}`;
    c.textAlign = 'center';
    c.textBaseline = 'middle';
    c.lineJoin = 'round';
    c.lineWidth = 3;
    c.strokeStyle = this.paint!.ground;
    c.fillStyle = this.paint!.ink;
    for (const { text, centre } of this.labels) {
      c.strokeText(text, centre[0], centre[1]);
      c.fillText(text, centre[0], centre[1]);
    }
  }
}

function context(canvas: HTMLCanvasElement, [width, height]: readonly [number, number]): CanvasRenderingContext2D {
  const scale = devicePixelRatio || 1;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const c = canvas.getContext('2d')!;
  c.scale(scale, scale);
  return c;
}

function boxOf(cell: Cell): Box {
  const numbers = cell.path.match(/-?[\d.]+/g)?.map(Number) ?? [];
  let box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i + 1 < numbers.length; i += 2) {
    const [x, y] = [numbers[i]!, numbers[i + 1]!];
    box = [Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x), Math.max(box[3], y)];
  }
  return box;
}

// Slanting lines in the colour of the ground.
function hatching(ground: string): HTMLCanvasElement {
  const tile = document.createElement('canvas');
  tile.width = tile.height = 8;
  const c = tile.getContext('2d')!;
  c.strokeStyle = ground;
  c.globalAlpha = 0.75;
  c.lineWidth = 2.4;
  c.beginPath();
  for (const x of [-8, 0, 8]) {
    c.moveTo(x - 1, 9);
    c.lineTo(x + 9, -1);
  }
  c.stroke();
  return tile;
}
