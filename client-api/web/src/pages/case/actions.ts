// What can be done with a case in its state, by whom, and what must be said with it. The city decides; this only spares people what it
// would refuse.
import { post } from '../../api/client';
import type { CaseReading, CaseStage } from '../../api/contract';
import { serviceOf } from '../../city/catalogue';
import { numberOf } from '../../city/names';

export type Who = 'official' | 'citizen' | 'operator';
export type FieldName = 'text' | 'documents' | 'score' | 'office' | 'official';

export interface Field {
  readonly name: FieldName;
  readonly isRequired: boolean;
}

/** What was said with an action. */
export interface Said {
  readonly text: string;
  readonly documents: readonly string[];
  readonly score: number;
  readonly office: string;
  readonly official: string;
}

export type ActionName = 'start' | 'ask' | 'resolve' | 'reject' | 'escalate' | 'sendBack' | 'return' | 'answer' | 'withdraw' | 'rate' | 'reopen' | 'close' | 'reassign';

export interface Action {
  readonly name: ActionName;
  readonly who: Who;
  readonly tone?: 'primary' | 'danger';
  readonly stages: readonly CaseStage[];
  readonly fields: readonly Field[];
  readonly isFor?: (c: CaseReading) => boolean;
  readonly send: (c: CaseReading, said: Said, once: string) => Promise<unknown>;
}

const text: Field = { name: 'text', isRequired: true };
const maybeText: Field = { name: 'text', isRequired: false };
const open: readonly CaseStage[] = ['received', 'queued', 'inProgress', 'waitingForCitizen'];

const to = (c: CaseReading) => ({ id: numberOf(c.id) });
const optional = <T extends string>(name: T, value: string) => (value ? ({ [name]: value } as Record<T, string>) : {});

export const actions: readonly Action[] = [
  { name: 'start', who: 'official', tone: 'primary', stages: ['queued'], fields: [{ name: 'official', isRequired: true }], send: (c, said, once) => post('/desks/{id}/start', { official: said.official, case: c.id }, { path: { id: numberOf(c.desk ?? '') }, idempotencyKey: once }) },
  { name: 'resolve', who: 'official', tone: 'primary', stages: ['inProgress'], fields: [maybeText], send: (c, said, once) => post('/cases/{id}/resolve', { official: c.official!, ...optional('outcome', said.text) }, { path: to(c), idempotencyKey: once }) },
  { name: 'ask', who: 'official', stages: ['inProgress'], fields: [{ name: 'documents', isRequired: false }, maybeText], send: (c, said, once) => post('/cases/{id}/ask', { official: c.official!, documents: [...said.documents], ...optional('question', said.text) }, { path: to(c), idempotencyKey: once }) },
  { name: 'escalate', who: 'official', stages: ['inProgress'], fields: [text], isFor: (c) => c.office.startsWith('commune/'), send: (c, said, once) => post('/cases/{id}/escalate', { official: c.official!, reason: said.text }, { path: to(c), idempotencyKey: once }) },
  { name: 'sendBack', who: 'official', stages: ['inProgress'], fields: [text], isFor: (c) => c.office.startsWith('department/') && serviceOf(c.service)?.level !== 'city', send: (c, said, once) => post('/cases/{id}/send-back', { official: c.official!, reason: said.text }, { path: to(c), idempotencyKey: once }) },
  { name: 'reject', who: 'official', tone: 'danger', stages: ['inProgress'], fields: [text], send: (c, said, once) => post('/cases/{id}/reject', { official: c.official!, reason: said.text }, { path: to(c), idempotencyKey: once }) },
  { name: 'return', who: 'official', tone: 'primary', stages: ['resolved'], fields: [], send: (c, _, once) => post('/cases/{id}/return', {}, { path: to(c), idempotencyKey: once }) },
  { name: 'answer', who: 'citizen', tone: 'primary', stages: ['waitingForCitizen'], fields: [{ name: 'documents', isRequired: false }, maybeText], send: (c, said, once) => post('/cases/{id}/answer', { documents: [...said.documents], ...optional('text', said.text) }, { path: to(c), idempotencyKey: once }) },
  { name: 'rate', who: 'citizen', tone: 'primary', stages: ['returned', 'rejected', 'closed'], fields: [{ name: 'score', isRequired: true }, maybeText], isFor: (c) => !c.rating && c.onTime !== undefined, send: (c, said, once) => post('/cases/{id}/rate', { score: said.score, ...optional('comment', said.text) }, { path: to(c), idempotencyKey: once }) },
  { name: 'reopen', who: 'citizen', stages: ['resolved', 'returned', 'rejected'], fields: [text], send: (c, said, once) => post('/cases/{id}/reopen', { reason: said.text }, { path: to(c), idempotencyKey: once }) },
  { name: 'withdraw', who: 'citizen', tone: 'danger', stages: open, fields: [maybeText], send: (c, said, once) => post('/cases/{id}/withdraw', { ...optional('reason', said.text) }, { path: to(c), idempotencyKey: once }) },
  { name: 'reassign', who: 'operator', stages: ['queued', 'inProgress', 'waitingForCitizen'], fields: [{ name: 'office', isRequired: true }, text], send: (c, said, once) => post('/cases/{id}/reassign', { office: said.office, reason: said.text }, { path: to(c), idempotencyKey: once }) },
  { name: 'close', who: 'operator', tone: 'danger', stages: ['resolved', 'returned', 'rejected'], fields: [], send: (c, _, once) => post('/cases/{id}/close', {}, { path: to(c), idempotencyKey: once }) },
];

/** What the state of a case allows. */
export function allowed(c: CaseReading): readonly Action[] {
  return actions.filter((a) => a.stages.includes(c.stage) && (a.isFor?.(c) ?? true));
}
