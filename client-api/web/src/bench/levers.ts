// What can be changed in a scenario: which words of the schema belong together, and how a form shows them. Ranges come from the
// schema that the city serves (bench/ranges.ts), words from bench/leverWords.ts.

/** How a member of a lever is asked for. */
export type FieldForm = 'number' | 'percent' | 'choice' | 'office' | 'skill';

export interface LeverField {
  readonly key: string;
  readonly form: FieldForm;
  /** What a new change begins with; left out: nothing, the member is not needed. */
  readonly first?: number | string;
  readonly step?: number;
}

export type SelectorKey = 'offices' | 'services' | 'skills';

export interface Lever {
  readonly key: LeverKey;
  readonly group: 'people' | 'work' | 'rules' | 'demand';
  /** By which names it is narrowed down; the simulator takes no notice of others. */
  readonly selects: readonly SelectorKey[];
  readonly fields: readonly LeverField[];
  /** Exactly one of the fields is given. */
  readonly isOneOf?: boolean;
  /** Its value is one word, without members. */
  readonly isWord?: boolean;
}

export type LeverKey =
  | 'officers' | 'absence' | 'train' | 'pool' | 'merge' | 'move_service' | 'order' | 'unfinished' | 'batch' | 'simplify' | 'deadline' | 'automate' | 'online' | 'demand' | 'trend' | 'closed';

export const levers: readonly Lever[] = [
  { key: 'officers', group: 'people', selects: ['offices', 'skills'], isOneOf: true, fields: [{ key: 'add', form: 'number', first: 1, step: 1 }, { key: 'set', form: 'number', first: 2, step: 1 }, { key: 'factor', form: 'number', first: 1.2, step: 0.1 }] },
  { key: 'absence', group: 'people', selects: ['offices'], fields: [{ key: 'share', form: 'percent', first: '10%', step: 1 }] },
  { key: 'train', group: 'people', selects: ['offices', 'skills'], fields: [] },
  { key: 'pool', group: 'work', selects: ['offices', 'skills'], fields: [] },
  { key: 'merge', group: 'work', selects: ['offices'], fields: [{ key: 'into', form: 'office', first: '' }] },
  { key: 'move_service', group: 'work', selects: ['services'], fields: [{ key: 'to', form: 'choice', first: 'commune' }, { key: 'as', form: 'skill' }] },
  { key: 'order', group: 'work', selects: ['offices', 'skills'], fields: [{ key: 'by', form: 'choice', first: 'deadline-first' }] },
  { key: 'unfinished', group: 'work', selects: [], isWord: true, fields: [{ key: 'unfinished', form: 'choice', first: 'finish' }] },
  { key: 'batch', group: 'work', selects: [], fields: [{ key: 'size', form: 'number', first: 10, step: 1 }, { key: 'days', form: 'number', first: 2, step: 0.5 }] },
  { key: 'simplify', group: 'rules', selects: ['services'], fields: [{ key: 'share', form: 'percent', first: '20%', step: 1 }, { key: 'days', form: 'number', step: 0.5 }, { key: 'steps', form: 'number', step: 1 }, { key: 'handling', form: 'number', step: 0.05 }] },
  { key: 'deadline', group: 'rules', selects: ['services'], fields: [{ key: 'days', form: 'number', first: 5, step: 0.5 }] },
  { key: 'automate', group: 'rules', selects: ['services'], fields: [{ key: 'saves', form: 'percent', first: '20%', step: 1 }] },
  { key: 'online', group: 'demand', selects: ['services'], fields: [{ key: 'share', form: 'percent', first: '90%', step: 1 }] },
  { key: 'demand', group: 'demand', selects: ['offices', 'services'], fields: [{ key: 'factor', form: 'number', first: 1.2, step: 0.05 }] },
  { key: 'trend', group: 'demand', selects: ['offices', 'services'], fields: [{ key: 'yearly', form: 'percent', first: '10%', step: 1 }] },
  { key: 'closed', group: 'demand', selects: ['offices'], fields: [] },
];

export const leverOf = (key: string): Lever | undefined => levers.find((l) => l.key === key);

/** The assumptions of a base that a form asks for: share of the whole, or a plain number. */
export const assumptions: readonly { key: string; form: 'number' | 'percent'; usual: number; step: number }[] = [
  { key: 'dossiers_per_day', form: 'number', usual: NaN, step: 10 },
  { key: 'absence', form: 'percent', usual: 3, step: 1 },
  { key: 'process_share', form: 'number', usual: 0.5, step: 0.05 },
  { key: 'process_sigma', form: 'number', usual: 0.55, step: 0.05 },
  { key: 'missing', form: 'percent', usual: 5, step: 1 },
  { key: 'ask', form: 'percent', usual: 4, step: 1 },
  { key: 'escalate', form: 'percent', usual: 6, step: 1 },
  { key: 'send_back', form: 'percent', usual: 10, step: 1 },
  { key: 'reopen', form: 'percent', usual: 1, step: 0.5 },
  { key: 'reject', form: 'percent', usual: 2, step: 0.5 },
  { key: 'feedback_per_dossier', form: 'number', usual: 0.037, step: 0.005 },
  { key: 'day_sigma', form: 'number', usual: 0.1, step: 0.05 },
  { key: 'volume_exponent', form: 'number', usual: 0.92, step: 0.01 },
];
