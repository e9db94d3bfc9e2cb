// What-if runs: how far each is, as the city tells it over the live connection and in answers. The latest word counts.
import { signal } from '@preact/signals';
import type { components } from '../api/schema';

export type RunReading = components['schemas']['RunReading'];

export const runs = signal<ReadonlyMap<number, RunReading>>(new Map());

export function takeRun(run: RunReading): void {
  runs.value = new Map(runs.peek()).set(run.id, run);
}

/** Takes the whole list: what is not in it is gone. */
export function takeRuns(all: readonly RunReading[]): void {
  runs.value = new Map(all.map((r) => [r.id, r]));
}

export function dropRun(id: number): void {
  const left = new Map(runs.peek());
  left.delete(id);
  runs.value = left;
}

export function isOver(run: RunReading): boolean {
  return run.status === 'done' || run.status === 'failed' || run.status === 'cancelled';
}
