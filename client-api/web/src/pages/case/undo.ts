// What takes an action back. The rules know no erasing: what happened has happened, and only a move can be answered by a move. So the case goes
// back to the desk where it was; it waits there for an official, as any case that comes to a desk does.
import { post } from '../../api/client';
import type { CaseReading } from '../../api/contract';
import { numberOf } from '../../city/names';
import type { ActionName } from './actions';

export interface Undo {
  readonly action: ActionName;
  readonly send: (reason: string) => Promise<unknown>;
}

const moves: readonly ActionName[] = ['reassign', 'escalate', 'sendBack'];

/** What takes an action back that was done to a case as it was before; undefined where the rules have nothing. */
export function undoOf(action: ActionName, before: CaseReading): Undo | undefined {
  if (!moves.includes(action)) {
    return undefined;
  }
  const once = crypto.randomUUID();
  return {
    action,
    send: (reason) => post('/cases/{id}/reassign', { office: before.office, reason, ...(before.desk && { desk: before.desk }) }, { path: { id: numberOf(before.id) }, idempotencyKey: once }),
  };
}
