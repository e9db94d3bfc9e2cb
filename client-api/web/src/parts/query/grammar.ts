// Where in a condition one is, and what may follow: the grammar of docs/query.md, as far as completion needs it. Whether a condition is right,
// the city alone says.
import type { QueryAttribute } from '../../api/contract';

export type Spot =
  | { readonly at: 'attribute'; readonly from: number; readonly prefix: string }
  | { readonly at: 'operator'; readonly from: number; readonly attribute: string }
  | { readonly at: 'value'; readonly from: number; readonly prefix: string; readonly attribute: string }
  | { readonly at: 'end'; readonly from: number };

const operators = ['!~=', '==', '!=', '<=', '>=', '~=', '<', '>'];
const nameLetter = /[\w.[\]]/;

/** Where the caret stands. */
export function spotAt(text: string, caret: number): Spot {
  const read = text.slice(0, caret);
  let i = 0;
  let spot: Spot = { at: 'attribute', from: 0, prefix: '' };
  const skip = () => {
    while (i < read.length && /\s/.test(read[i]!)) {
      i++;
    }
  };
  while (i < read.length) {
    skip();
    if (read[i] === '(' || read[i] === '!' || read[i] === ';' || read[i] === '|') {
      i++;
      skip();
      spot = { at: 'attribute', from: i, prefix: '' };
      continue;
    }
    if (read[i] === ')') {
      i++;
      spot = { at: 'end', from: i };
      continue;
    }
    const from = i;
    while (i < read.length && nameLetter.test(read[i]!)) {
      i++;
    }
    if (i === from) {
      i++;
      continue;
    }
    const attribute = read.slice(from, i);
    spot = { at: 'attribute', from, prefix: attribute };
    const afterName = i;
    skip();
    const operator = operators.find((o) => read.startsWith(o, i));
    if (operator) {
      i += operator.length;
      [spot, i] = valuesFrom(read, i, attribute);
    } else if (i > afterName && i === read.length) {
      spot = { at: 'operator', from: i, attribute };
    }
  }
  return spot;
}

// The last value of a list, up to where it ends or the text does.
function valuesFrom(read: string, start: number, attribute: string): [Spot, number] {
  let i = start;
  let from = start;
  let isQuoted = false;
  for (; i < read.length; i++) {
    const letter = read[i]!;
    if (letter === '"') {
      isQuoted = !isQuoted;
    } else if (!isQuoted && (letter === ',' || read.startsWith('..', i))) {
      from = letter === ',' ? i + 1 : i + 2;
    } else if (!isQuoted && /[;|)]/.test(letter)) {
      return [{ at: 'end', from: i }, i];
    }
  }
  while (from < read.length && /\s/.test(read[from]!)) {
    from++;
  }
  return [{ at: 'value', from, prefix: read.slice(from), attribute }, i];
}

export interface Suggestion {
  readonly insert: string;
  readonly label: string;
  readonly note: string;
}

/** What may stand at a spot. */
export interface Knowledge {
  readonly attributes: readonly QueryAttribute[];
  /** What an attribute is called. */
  readonly nameOf: (attribute: QueryAttribute) => string;
  readonly operatorName: (operator: string) => string;
  readonly valuesOf: (attribute: QueryAttribute) => readonly Suggestion[];
  readonly joints: readonly Suggestion[];
}

const shownMax = 12;

/** What fits at a spot, the best first, and from where on it stands in place of what is there. */
export function suggest(spot: Spot, known: Knowledge): { from: number; items: readonly Suggestion[] } {
  const find = (name: string) => known.attributes.find((a) => a.name === name || a.aliases?.includes(name));
  const operatorsOf = (a: QueryAttribute | undefined) => (a?.operators ?? []).map((o) => ({ insert: o, label: o, note: known.operatorName(o) }));
  switch (spot.at) {
    case 'attribute': {
      const exact = find(spot.prefix);
      const fitting = ranked(known.attributes.map((a) => ({ insert: a.name, label: a.name, note: known.nameOf(a) })), spot.prefix);
      if (exact) {
        const followed = operatorsOf(exact).map((s) => ({ ...s, insert: spot.prefix + s.insert, label: `${spot.prefix} ${s.label}` }));
        return { from: spot.from, items: [...followed, ...fitting.filter((s) => s.insert !== exact.name)].slice(0, shownMax) };
      }
      return { from: spot.from, items: fitting.slice(0, shownMax) };
    }
    case 'operator':
      return { from: spot.from, items: operatorsOf(find(spot.attribute)) };
    case 'value': {
      const attribute = find(spot.attribute);
      const values = attribute ? known.valuesOf(attribute) : [];
      const isWhole = values.some((v) => v.insert === spot.prefix.trim()) || (spot.prefix.trim() !== '' && values.length === 0);
      return isWhole ? { from: spot.from + spot.prefix.length, items: known.joints } : { from: spot.from, items: ranked(values, spot.prefix).slice(0, shownMax) };
    }
    case 'end':
      return { from: spot.from, items: known.joints };
  }
}

/** Letters without marks, so that "vy da" finds Vỹ Dạ. */
export function plain(text: string): string {
  return text.normalize('NFD').replace(/[̀-ͯ]/g, '').replace(/đ/gi, 'd').toLowerCase();
}

// First what begins so, then what has it anywhere, in its name or its note.
function ranked(all: readonly Suggestion[], typed: string): Suggestion[] {
  const sought = plain(typed.trim().replace(/^"/, ''));
  const rank = (s: Suggestion) => (plain(s.insert).startsWith(sought) ? 0 : plain(s.label).startsWith(sought) ? 1 : plain(`${s.insert} ${s.label} ${s.note}`).includes(sought) ? 2 : 3);
  return all.map((s, i) => ({ s, r: sought ? rank(s) : 0, i })).filter((x) => x.r < 3).sort((a, b) => a.r - b.r || a.i - b.i).map((x) => x.s);
}
