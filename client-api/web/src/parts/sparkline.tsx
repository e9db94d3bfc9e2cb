// A line of some words' size: shape only, no axis. The number beside it tells the value.
interface Point {
  readonly at: number;
  readonly value: number;
}

const width = 96;
const height = 28;
const pad = 2;

export function Sparkline({ points, label }: { points: readonly Point[]; label: string }) {
  if (points.length < 2) {
    return <span class="sparkline" aria-hidden="true" />;
  }
  const first = points[0]!.at;
  const span = Math.max(1, points[points.length - 1]!.at - first);
  const low = Math.min(...points.map((p) => p.value));
  const high = Math.max(...points.map((p) => p.value));
  const range = high - low || 1;
  const xy = points.map((p) => [pad + ((p.at - first) / span) * (width - 2 * pad), high === low ? height / 2 : height - pad - ((p.value - low) / range) * (height - 2 * pad)] as const);
  const line = xy.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ');
  const [lastX, lastY] = xy[xy.length - 1]!;
  return (
    <svg class="sparkline" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label={label}>
      <polyline points={line} vector-effect="non-scaling-stroke" />
      <circle cx={lastX} cy={lastY} r="2" />
    </svg>
  );
}
