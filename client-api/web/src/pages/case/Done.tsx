import { useState } from 'preact/hooks';
import { explain } from '../../i18n/refusals';
import type { ActionName } from './actions';
import type { Undo } from './undo';
import { t } from './texts';

/** After an action: that it is done, and how it can be taken back, or why not. */
export function Done({ action, undo, onUndone }: { action: ActionName; undo: Undo | undefined; onUndone: () => void }) {
  const [state, setState] = useState<'done' | 'sending' | 'undone'>('done');
  const [error, setError] = useState<unknown>();
  const send = async () => {
    setState('sending');
    try {
      await undo!.send(t().undoReason);
      setState('undone');
      setError(undefined);
      onUndone();
    } catch (reason) {
      setError(reason);
      setState('done');
    }
  };
  return (
    <div class="note good stack" role="status">
      <p>{state === 'undone' ? t().undone : t().sent} {state !== 'undone' && (undo ? t().canUndo : t().cannotUndo(action))}</p>
      {undo && state !== 'undone' && <button class="button small" disabled={state === 'sending'} onClick={() => void send()}>{t().undo}</button>}
      {error !== undefined && <p class="bad" role="alert">{explain(error).text}</p>}
    </div>
  );
}
