import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from './texts';

const stored = 'citytwin.keys';

export interface KeysState {
  readonly isOn: boolean;
  readonly turn: (isOn: boolean) => void;
}

/** Single keys do things while nobody types. They can be turned off, for who speaks to the machine or presses keys by accident. */
export function useKeys(isWorking: boolean, all: Record<string, () => unknown>): KeysState {
  const [isOn, setOn] = useState(localStorage.getItem(stored) !== 'off');
  const current = useRef(all);
  current.current = all;
  useEffect(() => {
    if (!isOn || !isWorking) {
      return undefined;
    }
    const press = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      const isTyping = /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.isContentEditable;
      const doing = current.current[event.key.toLowerCase()];
      if (doing && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey && !event.repeat) {
        event.preventDefault();
        doing();
      }
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [isOn, isWorking]);
  return { isOn, turn: (on) => { localStorage.setItem(stored, on ? 'on' : 'off'); setOn(on); } };
}

export function Keys({ keys }: { keys: KeysState }) {
  const all: readonly [string, string][] = [['N', t().keyNext], ['J K', t().keyMove], ['T', t().keyStart], ['O', t().keyOpen], ['R', t().keyResolve]];
  return (
    <section class="card" aria-labelledby="keys">
      <div class="card-head"><h2 id="keys">{t().keys}</h2>
        <label class="end actions small"><input type="checkbox" checked={keys.isOn} onChange={(e) => keys.turn(e.currentTarget.checked)} />{t().keysOn}</label>
      </div>
      <dl class="card-body facts">{all.map(([key, what]) => [<dt key={key}>{key.split(' ').map((k) => <kbd key={k}>{k}</kbd>)}</dt>, <dd key={what}>{what}</dd>])}</dl>
    </section>
  );
}
