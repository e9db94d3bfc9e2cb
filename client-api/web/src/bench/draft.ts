// A scenario being written. The text is the one truth; the form reads it and changes it in place, so that comments and order stay.
import { isCollection, isMap, isPair, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import { brokenReason } from './mistakes';

export type Path = readonly (string | number)[];

/** Something wrong with a place of the text. */
export interface Mistake {
  /** From 1. */
  readonly line: number;
  readonly column: number;
  /** In the language in force. */
  readonly reason: () => string;
  /** The whole text cannot be read. */
  readonly isBroken?: boolean;
}

export interface Draft {
  readonly text: string;
  /** The text as a form can show it; while it is no YAML, the last that was. */
  readonly document: Document;
  /** Why it is no YAML. */
  readonly broken: readonly Mistake[];
  readonly lines: LineCounter;
}

const writing = { lineWidth: 120, flowCollectionPadding: false } as const;

export function readDraft(text: string, before?: Draft): Draft {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const broken = document.errors.map((e) => {
    const { line, col } = lines.linePos(e.pos[0]);
    return { line, column: col, reason: () => brokenReason(e.code, e.message), isBroken: true };
  });
  const isForm = broken.length === 0 && isMap(document.contents);
  return { text, document: isForm || !before ? document : before.document, broken, lines };
}

/** The text after a member was set, or taken away with undefined. Lists and members that were not there are written on one line. */
export function changed(draft: Draft, path: Path, value: unknown): string {
  return edited(draft, (document) => {
    if (value === undefined) {
      document.deleteIn(path);
      sweepEmpty(document, path);
    } else {
      document.setIn(path, typeof value === 'object' ? document.createNode(value, { flow: true }) : value);
    }
  });
}

/** The text after any change of its document. */
export function edited(draft: Draft, edit: (document: Document) => void): string {
  // A fresh reading: the one at hand may be shown elsewhere.
  const document = parseDocument(draft.text, { prettyErrors: false });
  if (document.errors.length > 0) {
    return draft.text;
  }
  edit(document);
  return document.toString(writing);
}

/** Adds a change at the end of the list. */
export function withChange(draft: Draft, change: Record<string, unknown>): string {
  return edited(draft, (document) => {
    const node = document.createNode(change, { flow: false });
    for (const pair of isMap(node) ? node.items : []) {
      if (isCollection(pair.value)) {
        pair.value.flow = true;
      }
    }
    if (!isSeq(document.get('changes'))) {
      document.set('changes', document.createNode([]));
    }
    const list = document.get('changes');
    if (isSeq(list)) {
      list.flow = false;
      list.add(node);
    }
  });
}

/** A member's value as plain data. */
export function valueAt(draft: Draft, path: Path): unknown {
  const found: unknown = path.length === 0 ? draft.document.contents : draft.document.getIn(path, true);
  return isScalar(found) ? found.value : isCollection(found) ? found.toJS(draft.document) : undefined;
}

/** The members on the way to a place of the text, the innermost last. */
export function pathAt(draft: Draft, line: number, column: number): Path {
  const start = draft.lines.lineStarts[line - 1];
  if (start === undefined || draft.broken.length > 0) {
    return [];
  }
  return inside(draft.document.contents, start + column - 1, []);
}

function inside(node: unknown, offset: number, path: Path): Path {
  if (isMap(node)) {
    for (const pair of node.items) {
      const name = isScalar(pair.key) ? String(pair.key.value) : '';
      if (holds(pair.key, offset) || holds(pair.value, offset)) {
        return inside(pair.value, offset, [...path, name]);
      }
    }
  } else if (isSeq(node)) {
    const place = node.items.findIndex((item) => holds(isPair(item) ? item.value : item, offset));
    if (place >= 0) {
      return inside(node.items[place], offset, [...path, place]);
    }
  }
  return path;
}

function holds(node: unknown, offset: number): boolean {
  const range = (node as Node | null)?.range;
  return !!range && offset >= range[0] && offset <= range[1];
}

// A mapping or list that lost its last member goes too.
function sweepEmpty(document: Document, path: Path): void {
  for (let up = path.slice(0, -1); up.length > 0; up = up.slice(0, -1)) {
    const parent: unknown = document.getIn(up, true);
    if (isCollection(parent) && parent.items.length === 0 && up[up.length - 1] !== 'changes' && up.length !== 3) {
      document.deleteIn(up);
    } else {
      return;
    }
  }
}
