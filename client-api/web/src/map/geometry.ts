// The shapes of the map, in pixels: the city's own borders where its folder has them, else Voronoi cells of the communes' centres, clipped
// to the city's hull. Loaded when the first map is shown.
import { Delaunay } from 'd3-delaunay';
import { geoMercator, geoPath, type GeoProjection } from 'd3-geo';
import type { Feature, FeatureCollection, Geometry } from 'geojson';
import type { OfficeProfile } from '../api/contract';

export type Point = readonly [number, number];

export interface Cell {
  readonly id: string;
  readonly path: string;
  /** Where its label and its focus go. */
  readonly centre: Point;
  /** The width that a label may take, px. */
  readonly room: number;
  /** How many people live there: who gets a label first. */
  readonly weight: number;
  readonly name: string;
}

export interface Shapes {
  readonly cells: readonly Cell[];
  /** Boxes in which communes far from all others are drawn, as islands are: x, y, width, height. */
  readonly insets: readonly (readonly [number, number, number, number])[];
  /** True when the cells are only the neighbourhoods of centres, not borders. */
  readonly isApproximate: boolean;
  /** Where a place lies, in pixels. */
  readonly place: (longitude: number, latitude: number) => Point;
}

const margin = 10;
const insetSize = 74;
const manyOffices = 500;
const cellsAtOnce = 150;

// Frames are drawn in between: a country takes longer than one.
const pause = () => new Promise<void>((resolve) => setTimeout(resolve));

/** The shapes of some communes on a canvas of a size. An island far out would make all others small: it gets a box of its own. */
export async function shapesOf(offices: readonly OfficeProfile[], borders: FeatureCollection, width: number, height: number): Promise<Shapes> {
  const [near, far] = apart(offices);
  const main = await drawn(near, borders, width, height);
  const insets = far.map((_, i) => [margin + i * (insetSize + 6), height - insetSize - 4, insetSize, insetSize] as const);
  const islands = (await Promise.all(far.map(async (office, i) => {
    const [x, y] = insets[i]!;
    const { cells } = await drawn([office], borders, insetSize, insetSize);
    return cells.map((c) => ({ ...c, path: moved(c.path, x, y), centre: [c.centre[0] + x, c.centre[1] + y] as const, room: insetSize }));
  }))).flat();
  return { ...main, cells: [...main.cells, ...islands], insets };
}

// Far is who lies three times as far from the middle as nine of ten do.
function apart(offices: readonly OfficeProfile[]): [OfficeProfile[], OfficeProfile[]] {
  const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1] ?? 0;
  const latitude = median(offices.map((o) => o.latitude));
  const longitude = median(offices.map((o) => o.longitude));
  const away = (o: OfficeProfile) => Math.hypot(o.latitude - latitude, o.longitude - longitude);
  const sorted = offices.map(away).sort((a, b) => a - b);
  const limit = 3 * (sorted[Math.floor(sorted.length * 0.9)] ?? 0);
  const isFar = (o: OfficeProfile) => offices.length > 10 && away(o) > limit;
  return [offices.filter((o) => !isFar(o)), offices.filter(isFar)];
}

function moved(path: string, dx: number, dy: number): string {
  return path.replace(/(-?[\d.]+),(-?[\d.]+)/g, (_, x: string, y: string) => `${(Number(x) + dx).toFixed(1)},${(Number(y) + dy).toFixed(1)}`);
}

async function drawn(offices: readonly OfficeProfile[], borders: FeatureCollection, width: number, height: number): Promise<Shapes> {
  const known = new Map(borders.features.map((f) => [codeOf(f), f]));
  const features = offices.map((o) => known.get(o.id.split('/')[1] ?? ''));
  if (offices.length > 0 && features.every((f) => f !== undefined)) {
    return fromBorders(offices, features as Feature<Geometry>[], width, height);
  }
  return fromCentres(offices, width, height);
}

function codeOf(feature: Feature): string {
  return String((feature.properties as { code?: unknown } | null)?.code ?? feature.id ?? '');
}

function fromBorders(offices: readonly OfficeProfile[], features: readonly Feature<Geometry>[], width: number, height: number): Shapes {
  const all: FeatureCollection = { type: 'FeatureCollection', features: [...features] };
  const projection = geoMercator().fitExtent([[margin, margin], [width - margin, height - margin]], all);
  const path = geoPath(projection).digits(1);
  const cells = offices.map((office, i) => {
    const [[left], [right]] = path.bounds(features[i]!);
    return { id: office.id, path: path(features[i]!) ?? '', centre: path.centroid(features[i]!), room: right - left, weight: office.population, name: office.nameVi };
  });
  return { cells, insets: [], isApproximate: false, place: (longitude, latitude) => project(projection, [longitude, latitude]) };
}

async function fromCentres(offices: readonly OfficeProfile[], width: number, height: number): Promise<Shapes> {
  const corners = offices.length > manyOffices ? 8 : 20;
  // The rim of the city is found before anything is projected: of thousands of communes only those at the edge make it.
  const rim = hullOf(offices.flatMap((o) => circle(o, corners)));
  await pause();
  const projection = geoMercator().fitExtent([[margin, margin], [width - margin, height - margin]], { type: 'MultiPoint', coordinates: rim.map(([x, y]) => [x, y]) });
  const centres = offices.map((o) => project(projection, [o.longitude, o.latitude]));
  const hull = orient(rim.map((p) => project(projection, p)));
  const pixelsPerDegree = (projection.scale() * Math.PI) / 180;
  await pause();
  const voronoi = Delaunay.from(centres as [number, number][]).voronoi([0, 0, width, height]);
  const cells: Cell[] = [];
  for (const [i, office] of offices.entries()) {
    if (i % cellsAtOnce === cellsAtOnce - 1) {
      await pause();
    }
    const cell = (voronoi.cellPolygon(i) ?? []) as Point[];
    const shape = clip(clip(cell, hull), neighbourhood(centres[i]!, radiusOf(office)[0] * pixelsPerDegree, corners));
    const xs = shape.map((p) => p[0]);
    cells.push({ id: office.id, path: written(shape), centre: middle(shape) ?? centres[i]!, room: Math.max(...xs) - Math.min(...xs), weight: office.population, name: office.nameVi });
  }
  return { cells, insets: [], isApproximate: true, place: (longitude, latitude) => project(projection, [longitude, latitude]) };
}

// How far a circle as large as the commune's area reaches, in degrees of longitude and latitude.
function radiusOf(office: OfficeProfile): readonly [number, number] {
  const latitude = Math.sqrt(Math.max(0.05, office.areaKm2) / Math.PI) / 111.2;
  return [latitude / Math.cos((office.latitude * Math.PI) / 180), latitude];
}

// A circle around a centre, as large as the commune's area: the hull of all of them is the city's hull, rounded.
function circle(office: OfficeProfile, corners: number): Point[] {
  const [longitude, latitude] = radiusOf(office);
  return around([office.longitude, office.latitude], longitude, latitude, corners);
}

// No cell reaches much further than its area says, so that a commune at the edge does not swallow the sea. On Mercator's map a circle stays one.
function neighbourhood(centre: Point, radius: number, corners: number): Point[] {
  const reach = 2.1 * radius;
  return around(centre, reach, reach, corners);
}

function around([x, y]: Point, across: number, up: number, corners: number): Point[] {
  return Array.from({ length: corners }, (_, i) => {
    const angle = (2 * Math.PI * i) / corners;
    return [x + across * Math.cos(angle), y + up * Math.sin(angle)] as const;
  });
}

function project(projection: GeoProjection, at: readonly [number, number]): Point {
  return projection(at as [number, number]) ?? [0, 0];
}

// Andrew's monotone chain.
function hullOf(points: readonly Point[]): Point[] {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const half = (along: readonly Point[]) => {
    const chain: Point[] = [];
    for (const p of along) {
      while (chain.length > 1 && turn(chain[chain.length - 2]!, chain[chain.length - 1]!, p) <= 0) {
        chain.pop();
      }
      chain.push(p);
    }
    return chain.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.reverse())];
}

// Positive when c lies left of the way from a to b.
function turn(a: Point, b: Point, c: Point): number {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}

// Sutherland and Hodgman: a polygon cut by a convex one.
function clip(subject: readonly Point[], by: readonly Point[]): Point[] {
  const convex = orient(by);
  // Most cells lie wholly within: to see that is much cheaper than to cut.
  if (subject.every((p) => convex.every((a, i) => { const b = convex[(i + 1) % convex.length]!; return (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]) >= -1e-9; }))) {
    return [...subject];
  }
  let shape = [...subject];
  for (let i = 0; i < convex.length && shape.length > 0; i++) {
    const a = convex[i]!;
    const b = convex[(i + 1) % convex.length]!;
    const inside = (p: Point) => (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]) >= -1e-9;
    const next: Point[] = [];
    shape.forEach((p, j) => {
      const before = shape[(j + shape.length - 1) % shape.length]!;
      if (inside(p) !== inside(before)) {
        next.push(crossing(before, p, a, b));
      }
      if (inside(p)) {
        next.push(p);
      }
    });
    shape = next;
  }
  return shape;
}

function crossing(p: Point, q: Point, a: Point, b: Point): Point {
  const d = (q[0] - p[0]) * (b[1] - a[1]) - (q[1] - p[1]) * (b[0] - a[0]);
  const s = ((a[0] - p[0]) * (b[1] - a[1]) - (a[1] - p[1]) * (b[0] - a[0])) / (d || 1);
  return [p[0] + s * (q[0] - p[0]), p[1] + s * (q[1] - p[1])];
}

function orient(points: readonly Point[]): Point[] {
  const twice = points.reduce((sum, p, i) => {
    const q = points[(i + 1) % points.length]!;
    return sum + p[0] * q[1] - q[0] * p[1];
  }, 0);
  return twice < 0 ? [...points].reverse() : [...points];
}

function middle(shape: readonly Point[]): Point | undefined {
  if (shape.length === 0) {
    return undefined;
  }
  return [shape.reduce((s, p) => s + p[0], 0) / shape.length, shape.reduce((s, p) => s + p[1], 0) / shape.length];
}

function written(shape: readonly Point[]): string {
  return shape.length === 0 ? '' : `M${shape.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join('L')}Z`;
}
