// The counters of /metrics (Prometheus' text format), and what two readings of them say of the time between.

export interface Sample {
  readonly at: number;
  readonly values: ReadonlyMap<string, number>;
}

/** Reads the text; names keep their labels, as citytwin_commands_total{command="file_dossier",outcome="accepted"}. */
export function parse(text: string, at: number): Sample {
  const values = new Map<string, number>();
  for (const line of text.split('\n')) {
    const space = line.lastIndexOf(' ');
    if (space > 0 && !line.startsWith('#')) {
      values.set(line.slice(0, space), Number(line.slice(space + 1)));
    }
  }
  return { at, values };
}

export function value(sample: Sample | undefined, name: string): number {
  return sample?.values.get(name) ?? 0;
}

/** How fast a counter grew between two samples, per second. */
export function rate(before: Sample | undefined, after: Sample | undefined, name: string): number {
  if (!before || !after || after.at <= before.at) {
    return 0;
  }
  return Math.max(0, value(after, name) - value(before, name)) / ((after.at - before.at) / 1000);
}

/** How much a counter grew. */
export function grown(before: Sample | undefined, after: Sample | undefined, name: string): number {
  return before && after ? Math.max(0, value(after, name) - value(before, name)) : 0;
}

/** The quantile of a histogram over the time between two samples: the upper bound of its bucket, in seconds; null when nothing happened. */
export function quantile(before: Sample | undefined, after: Sample | undefined, name: string, q: number): number | null {
  if (!before || !after) {
    return null;
  }
  const start = `${name}_bucket{le="`;
  const buckets = [...after.values.keys()].filter((k) => k.startsWith(start)).map((k) => ({ bound: k.slice(start.length, -2) === '+Inf' ? Infinity : Number(k.slice(start.length, -2)), count: grown(before, after, k) }));
  buckets.sort((a, b) => a.bound - b.bound);
  const total = buckets[buckets.length - 1]?.count ?? 0;
  if (total === 0) {
    return null;
  }
  const found = buckets.find((b) => b.count >= q * total)!;
  return Number.isFinite(found.bound) ? found.bound : (buckets[buckets.length - 2]?.bound ?? null);
}

export interface CommandRow {
  readonly command: string;
  readonly perSecond: number;
  readonly total: number;
  readonly refused: number;
  readonly failed: number;
}

const label = /^citytwin_commands_total\{command="([^"]+)",outcome="([^"]+)"\}$/;

/** Commands by kind, the most frequent first. */
export function commandsOf(before: Sample | undefined, after: Sample | undefined): CommandRow[] {
  const rows = new Map<string, { perSecond: number; total: number; refused: number; failed: number }>();
  for (const [name, count] of after?.values ?? []) {
    const [, command, outcome] = label.exec(name) ?? [];
    if (!command) {
      continue;
    }
    const row = rows.get(command) ?? { perSecond: 0, total: 0, refused: 0, failed: 0 };
    row.total += count;
    row.perSecond += rate(before, after, name);
    row.refused += outcome === 'refused' ? count : 0;
    row.failed += outcome === 'overloaded' || outcome === 'unavailable' || outcome === 'faulted' ? count : 0;
    rows.set(command, row);
  }
  return [...rows].map(([command, row]) => ({ command, ...row })).sort((a, b) => b.total - a.total);
}
