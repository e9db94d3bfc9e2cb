// What the fields of the form share: the draft, how to change it, what is wrong where, and which names and ranges there are.
import type { LeverBook } from '../../../bench/book';
import type { ScenarioNames } from '../../../bench/contract';
import { changed, edited, pathAt, valueAt, type Draft, type Mistake, type Path } from '../../../bench/draft';
import type { readSchema } from '../../../bench/ranges';

export interface Form {
  readonly draft: Draft;
  readonly put: (text: string) => void;
  readonly mistakes: readonly Mistake[];
  readonly schema: Awaited<ReturnType<typeof readSchema>> | undefined;
  readonly names: ScenarioNames | undefined;
  readonly book: LeverBook;
}

export function valueOf(form: Form, path: Path): unknown {
  return valueAt(form.draft, path);
}

export function textOf(form: Form, path: Path): string {
  const value = valueAt(form.draft, path);
  return value === undefined || value === null || typeof value === 'object' ? '' : String(value);
}

export function set(form: Form, path: Path, value: unknown): void {
  form.put(changed(form.draft, path, value));
}

/** What is wrong with a member, or with anything in it. `own`: only with the member itself, or with what no field below shows. */
export function wrongAt(form: Form, path: Path, own?: readonly string[]): readonly string[] {
  return form.mistakes
    .filter((m) => {
      const at = pathAt(form.draft, m.line, m.column);
      const isWithin = path.every((p, i) => at[i] === p);
      return isWithin && (own === undefined || at.length <= path.length || !own.includes(String(at[path.length])));
    })
    .map((m) => m.reason());
}

/** The name under `sweep` whose values a member takes in turn; undefined when it has one value. */
export function sweptBy(value: unknown): string | undefined {
  return typeof value === 'string' && value.startsWith('$') ? value.slice(1) : undefined;
}

/** Lets a member take several values in turn. */
export function sweep(form: Form, path: Path, values: string): void {
  const taken = Object.keys((valueAt(form.draft, ['sweep']) ?? {}) as object);
  // Named after its lever: that is what curves and tables call it.
  const wish = String(path[path.length > 3 ? 2 : path.length - 1]).replaceAll(/\W/g, '_');
  let name = wish;
  for (let i = 2; taken.includes(name); i++) {
    name = `${wish}_${i}`;
  }
  form.put(edited(form.draft, (document) => {
    document.setIn(path, `$${name}`);
    document.setIn(['sweep', name], values);
  }));
}

/** Gives a member one value again; its name under `sweep` goes when nothing else uses it. */
export function unsweep(form: Form, path: Path, name: string, value: unknown): void {
  form.put(edited(form.draft, (document) => {
    if (value === undefined) {
      document.deleteIn(path);
    } else {
      document.setIn(path, value);
    }
    if (!String(document.get('changes', true)).includes(`$${name}`)) {
      document.deleteIn(['sweep', name]);
      const left = document.get('sweep') as { items?: readonly unknown[] } | undefined;
      if (left?.items?.length === 0) {
        document.delete('sweep');
      }
    }
  }));
}
