import { effect, useComputed, useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { board } from '../city/board';
import { bordersOf, classOf, few, type Measure } from '../city/measures';
import { pageOf } from '../city/names';
import { go } from '../app/location';
import { colour, isDark } from '../app/theme';
import { named, texts } from '../i18n/language';
import { Loading } from '../parts/states';
import { bordersReading } from './borders';
import type { Cell, Shapes } from './geometry';
import { labelled } from './labels';
import { Legend } from './Legend';
import { MapTip } from './MapTip';
import './map.css';

const t = texts(
  { map: 'Bản đồ các xã, phường. Dùng phím mũi tên để đi, Enter để mở.', approximate: 'Ranh giới gần đúng: ô quanh tâm mỗi xã, phường.' },
  { map: 'Map of the communes. Arrow keys move, Enter opens.', approximate: 'Approximate: cells around the communes’ centres, not borders.' },
  { map: 'Carte des communes. Les flèches déplacent, Entrée ouvre.', approximate: 'Approximatif : cellules autour des centres, pas des limites.' },
);

/** The communes coloured by a measure, live. Colours are set on the shapes directly: a whole city changes within a frame. */
export function CityMap({ measure, at }: { measure: Measure; at: string | null }) {
  const box = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<readonly [number, number]>();
  const [shapes, setShapes] = useState<Shapes>();
  const ids = useComputed(() => communeIds().join(' ')).value;
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      const { width, height } = entry!.contentRect;
      setSize((s) => (s && Math.abs(s[0] - width) < 1 && Math.abs(s[1] - height) < 1 ? s : [width, height]));
    });
    observer.observe(box.current!);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (!size || !ids || size[0] < 50) {
      return;
    }
    let isWanted = true;
    void Promise.all([import('./geometry'), bordersReading()]).then(([geometry, borders]) => {
      const offices = ids.split(' ').map((id) => board.peek()!.offices.get(id)!.profile);
      if (isWanted) {
        setShapes(geometry.shapesOf(offices, borders, size[0], size[1]));
      }
    });
    return () => {
      isWanted = false;
    };
  }, [ids, size]);
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

/** Communes that are in service, in their order. */
function communeIds(): string[] {
  return [...(board.value?.offices.values() ?? [])].filter((o) => o.profile.kind !== 'department' && (!o.successor || o.successor === 'none')).map((o) => o.profile.id);
}

function Drawing({ shapes, size, measure, at }: { shapes: Shapes; size: readonly [number, number]; measure: Measure; at: string | null }) {
  const drawing = useRef<SVGSVGElement>(null);
  const pointed = useSignal<Cell | undefined>(undefined);
  const [current, setCurrent] = useState(0);
  const labels = useMemo(() => labelled(shapes.cells), [shapes]);
  useEffect(() => effect(() => paint(drawing.current!, shapes, measure)), [shapes, measure]);
  const links = () => drawing.current!.querySelectorAll<SVGAElement>('a');
  const move = (event: KeyboardEvent) => {
    const direction = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (event.key === 'Enter') {
      event.preventDefault();
      go(pageOf(shapes.cells[current]!.id, at));
    } else if (direction) {
      event.preventDefault();
      const next = nearest(shapes.cells, current, direction[0]!, direction[1]!);
      setCurrent(next);
      links()[next]?.focus();
    }
  };
  return (
    <>
      <svg ref={drawing} class={shapes.cells.length > 100 ? 'dense' : ''} width={size[0]} height={size[1]} viewBox={`0 0 ${size[0]} ${size[1]}`} role="group" aria-label={t().map} onKeyDown={move} onPointerLeave={() => (pointed.value = undefined)}>
        <defs>
          <pattern id="few" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line x1="0" y1="0" x2="0" y2="6" class="hatch" /></pattern>
        </defs>
        {shapes.cells.map((cell, i) => (
          <a
            key={cell.id}
            href={pageOf(cell.id, at)}
            tabIndex={i === current ? 0 : -1}
            aria-label={named(board.peek()?.offices.get(cell.id)?.profile, cell.id)}
            onPointerEnter={() => (pointed.value = cell)}
            onFocus={() => { setCurrent(i); pointed.value = cell; }}
            onBlur={() => (pointed.value = undefined)}
          >
            <path class="cell" d={cell.path} />
            <path class="unsure" d={cell.path} />
          </a>
        ))}
        {shapes.insets.map(([x, y, width, height]) => <rect key={x} class="inset" x={x} y={y} width={width} height={height} rx="6" />)}
        {labels.map((l) => <text key={l.id} class="cell-name" x={l.centre[0]} y={l.centre[1]}>{l.text}</text>)}
      </svg>
      {pointed.value && <MapTip cell={pointed.value} width={size[0]} measure={measure} />}
    </>
  );
}

// Runs whenever the board, the measure or the theme changes.
function paint(drawing: SVGSVGElement, shapes: Shapes, measure: Measure): void {
  const offices = board.value?.offices;
  void isDark.value;
  if (!offices) {
    return;
  }
  const values = shapes.cells.map((c) => { const o = offices.get(c.id); return o ? measure.value(o) : null; });
  const borders = bordersOf(measure, values.filter((v) => v !== null));
  const colours = [0, 1, 2, 3, 4, 5].map((i) => colour(`${measure.scale}-${i}`));
  const noValue = colour('no-value');
  const links = drawing.querySelectorAll('a');
  shapes.cells.forEach((cell, i) => {
    const [shape, unsure] = links[i]!.children as unknown as [SVGPathElement, SVGPathElement];
    const value = values[i] ?? null;
    const grade = value === null ? -1 : classOf(value, borders);
    set(shape, 'fill', grade < 0 ? noValue : colours[grade]!);
    const office = offices.get(cell.id);
    const isFew = measure.rests !== undefined && office !== undefined && value !== null && measure.rests(office.figures) < few;
    set(unsure, 'visibility', isFew ? 'visible' : 'hidden');
  });
}

function set(element: Element, name: string, value: string): void {
  if (element.getAttribute(name) !== value) {
    element.setAttribute(name, value);
  }
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
