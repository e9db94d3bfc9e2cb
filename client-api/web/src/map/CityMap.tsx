import { effect } from '@preact/signals';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { board, communes } from '../city/board';
import { bordersOf, classOf, isUnsure, type Measure } from '../city/measures';
import { officeName, pageOf } from '../city/names';
import { go } from '../app/location';
import { colour, isDark } from '../app/theme';
import { texts } from '../i18n/language';
import { Loading } from '../parts/states';
import type { Cell, Shapes } from './geometry';
import { labelled } from './labels';
import { Legend } from './Legend';
import { MapTip } from './MapTip';
import { useShapes } from './useShapes';
import { Painter, uncertain, type Paint } from './painter';
import './map.css';

const t = texts(
  { map: 'Bản đồ các xã, phường. Dùng phím mũi tên để đi, Enter để mở.', approximate: 'Ranh giới gần đúng: ô quanh tâm mỗi xã, phường.' },
  { map: 'Map of the communes. Arrow keys move, Enter opens.', approximate: 'Approximate: cells around the communes’ centres, not borders.' },
  { map: 'Carte des communes. Les flèches déplacent, Entrée ouvre.', approximate: 'Approximatif : cellules autour des centres, pas des limites.' },
);

/** The communes coloured by a measure, live: painted on a canvas, with one link above it that is where the pointer or the focus is. */
export function CityMap({ measure, at }: { measure: Measure; at: string | null }) {
  const box = useRef<HTMLDivElement>(null);
  const { shapes, size } = useShapes(box, communes.value);
  return (
    <div class="map">
      <div class="map-box" ref={box}>{shapes && size ? <Drawing shapes={shapes} size={size} measure={measure} at={at} /> : <Loading />}</div>
      <div class="map-foot">
        <Legend measure={measure} />
        {shapes?.isApproximate && <p>{t().approximate}</p>}
      </div>
    </div>
  );
}

function Drawing({ shapes, size, measure, at }: { shapes: Shapes; size: readonly [number, number]; measure: Measure; at: string | null }) {
  const ground = useRef<HTMLCanvasElement>(null);
  const names = useRef<HTMLCanvasElement>(null);
  const painter = useRef<Painter | undefined>(undefined);
  const [pointed, setPointed] = useState(-1);
  const [current, setCurrent] = useState(0);
  const [isFocused, setFocused] = useState(false);
  const labels = useMemo(() => labelled(shapes.cells), [shapes]);
  useEffect(() => {
    painter.current = new Painter(ground.current!, names.current!, shapes, labels, size);
    const stop = paintAlways(painter.current, shapes, measure);
    return stop;
  }, [shapes, measure]);
  const shown = pointed >= 0 ? pointed : Math.min(current, shapes.cells.length - 1);
  const cell = shapes.cells[shown];
  const point = (event: PointerEvent) => {
    const box = ground.current!.getBoundingClientRect();
    const found = painter.current!.at(event.clientX - box.left, event.clientY - box.top);
    if (found !== pointed) {
      setPointed(found);
    }
  };
  const move = (event: KeyboardEvent) => {
    const direction = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (event.key === 'Enter') {
      event.preventDefault();
      go(pageOf(cell!.id, at));
    } else if (direction) {
      event.preventDefault();
      setPointed(-1);
      setCurrent(nearest(shapes.cells, shown, direction[0]!, direction[1]!));
    }
  };
  if (!cell) {
    return null;
  }
  const isShown = pointed >= 0 || isFocused;
  return (
    <div class="map-stage" onPointerMove={point} onPointerLeave={() => setPointed(-1)}>
      <canvas ref={ground} aria-hidden="true" />
      <canvas ref={names} aria-hidden="true" />
      <svg width={size[0]} height={size[1]} viewBox={`0 0 ${size[0]} ${size[1]}`} role="group" aria-label={t().map} onKeyDown={move}>
        {shapes.insets.map(([x, y, width, height]) => <rect key={x} class="inset" x={x} y={y} width={width} height={height} rx="6" />)}
        <a class={isShown ? 'shown' : ''} href={pageOf(cell.id, at)} tabIndex={0} aria-label={officeName(cell.id)} onFocus={() => setFocused(true)} onBlur={() => setFocused(false)}>
          <path class="spot" d={cell.path} />
        </a>
      </svg>
      {isShown && <MapTip cell={cell} width={size[0]} measure={measure} />}
    </div>
  );
}

// Paints whenever the board, what the measure rests on, or the theme changes; returns what ends it.
function paintAlways(painter: Painter, shapes: Shapes, measure: Measure): () => void {
  let paint: Paint | undefined;
  let wasDark: boolean | undefined;
  const classes = new Int8Array(shapes.cells.length);
  return effect(() => {
    const offices = board.value?.offices;
    if (!paint || wasDark !== isDark.value) {
      // Asking for a colour makes the browser work out all styles: once for each theme.
      wasDark = isDark.value;
      paint = { classes: [0, 1, 2, 3, 4, 5].map((i) => colour(`${measure.scale}-${i}`)), noValue: colour('no-value'), ground: colour('surface'), ink: colour('ink') };
    }
    if (!offices) {
      return;
    }
    const values = shapes.cells.map((c) => { const o = offices.get(c.id); return o ? measure.value(o) : null; });
    const borders = bordersOf(measure, values.filter((v) => v !== null));
    shapes.cells.forEach((cell, i) => {
      const value = values[i] ?? null;
      const office = offices.get(cell.id);
      classes[i] = value === null ? -1 : classOf(value, borders) + (office && isUnsure(measure, office) ? uncertain : 0);
    });
    painter.show(classes, paint);
  });
}

// The cell that lies best in a direction: near, and not far aside.
export function nearest(cells: readonly Cell[], from: number, dx: number, dy: number): number {
  const here = cells[from]!.centre;
  let best = from;
  let least = Infinity;
  cells.forEach((cell, i) => {
    const x = cell.centre[0] - here[0];
    const y = cell.centre[1] - here[1];
    const ahead = x * dx + y * dy;
    const cost = ahead + 2 * Math.abs(x * dy - y * dx);
    if (i !== from && ahead > 1 && cost < least) {
      least = cost;
      best = i;
    }
  });
  return best;
}
