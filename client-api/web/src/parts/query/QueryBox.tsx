import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { get, Problem } from '../../api/client';
import type { Query } from '../../api/contract';
import { explain } from '../../i18n/refusals';
import { queryMistake } from '../../i18n/queryMistakes';
import { Icon } from '../icon';
import { spotAt, suggest, type Suggestion } from './grammar';
import { knowledgeOf, readSchema } from './knowledge';
import { t } from './texts';
import './query.css';

const checkAfterMs = 700;

const hints: Record<string, string> = { case: 'overdue==true;urgency>=high', sensor: 'level>0|silent==true', desk: 'queued>20', commune: 'onTimeShare<0.9', department: 'overdue>0', official: 'handled>0', citizen: 'missing>0' };

interface Mistake {
  readonly at: number;
  readonly reason: string;
  readonly nearest: string | undefined;
}

/** What is wrong with a condition, at which character of it; undefined when the error is about something else. */
export function mistakeOf(error: unknown, offset = 0): Mistake | undefined {
  const found = error instanceof Problem ? error.errors.find((e) => e.path === '?q' && e.at !== undefined) : undefined;
  return found ? { at: Math.max(0, found.at! - offset), reason: queryMistake(found.reason, found.expected), nearest: found.nearest } : undefined;
}

/** A line to ask in, which completes what one types and shows a mistake where it is. `onAsk` gets the whole condition; `label` tells it from others of the page. */
export function QueryBox({ type, value, onAsk, error, offset = 0, label, isWanted = false }: { type: string; value: string; onAsk: (q: string) => void; error?: unknown; offset?: number; label?: string; isWanted?: boolean }) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(value);
  const [caret, setCaret] = useState(value.length);
  const [isOpen, setOpen] = useState(false);
  const [chosen, setChosen] = useState(-1);
  const [checked, setChecked] = useState<{ text: string; error: unknown }>();
  useEffect(readSchema, []);
  // Asked for by a press: one goes on by typing.
  useEffect(() => { if (isWanted) { input.current?.focus(); } }, [isWanted]);
  useEffect(() => setText(value), [value]);
  useCheck(type, text, value, setChecked);
  const { from, items } = isOpen ? suggest(spotAt(text, caret), knowledgeOf(type)) : { from: 0, items: [] };
  const wrong = checked?.text === text ? mistakeOf(checked.error) : text === value ? mistakeOf(error, offset) : undefined;
  const take = (s: Suggestion) => {
    const next = text.slice(0, from) + s.insert;
    setText(next + text.slice(caret));
    setCaret(next.length);
    setChosen(-1);
    requestAnimationFrame(() => input.current?.setSelectionRange(next.length, next.length));
  };
  const ask = (q: string) => {
    setOpen(false);
    setChosen(-1);
    onAsk(q.trim());
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setChosen((c) => (items.length === 0 ? -1 : (c + step + items.length + (c < 0 && step < 0 ? 1 : 0)) % items.length));
    } else if (event.key === 'Escape' && isOpen) {
      event.preventDefault();
      setOpen(false);
      setChosen(-1);
    } else if (event.key === 'Enter' && chosen >= 0 && items[chosen]) {
      event.preventDefault();
      take(items[chosen]!);
    }
  };
  const seeCaret = () => setCaret(input.current?.selectionStart ?? text.length);
  return (
    <form class="query" role="search" onSubmit={(e) => { e.preventDefault(); ask(text); }}>
      <div class="query-line">
        <div class="query-box">
          <Icon name="query" />
          <input
            ref={input} id={id} class="input mono" type="text" role="combobox" autocomplete="off" autocapitalize="off" spellcheck={false} aria-label={label ?? t().condition} placeholder={t().placeholder(hints[type] ?? 'id')}
            aria-autocomplete="list" aria-expanded={isOpen && items.length > 0} aria-controls={`${id}l`} aria-activedescendant={chosen >= 0 && items[chosen] ? `${id}${chosen}` : undefined}
            aria-invalid={wrong !== undefined} aria-describedby={wrong ? `${id}w` : undefined} maxLength={4000} value={text}
            onInput={(e) => { setText(e.currentTarget.value); setCaret(e.currentTarget.selectionStart ?? 0); setOpen(true); setChosen(-1); }}
            onKeyDown={press} onKeyUp={seeCaret} onClick={() => { seeCaret(); setOpen(true); }} onBlur={() => setTimeout(() => setOpen(false), 120)}
          />
          <ul id={`${id}l`} class="query-list" role="listbox" aria-label={t().suggestions} hidden={!isOpen || items.length === 0}>
            {items.map((s, i) => (
              <li key={s.insert + s.label} id={`${id}${i}`} role="option" aria-selected={i === chosen} onMouseDown={(e) => { e.preventDefault(); take(s); input.current?.focus(); }}>
                <code>{s.label}</code><span>{s.note}</span>
              </li>
            ))}
          </ul>
        </div>
        <button class="button">{t().ask}</button>
        {value !== '' && <button type="button" class="button quiet square" aria-label={t().clear} title={t().clear} onClick={() => { setText(''); ask(''); }}><Icon name="close" /></button>}
      </div>
      {wrong && <Wrong id={`${id}w`} text={text} wrong={wrong} onMend={(mended) => { setText(mended); ask(mended); }} />}
      {!wrong && error !== undefined && text === value && error instanceof Problem && error.status === 400 && <p class="query-wrong" role="alert">{explain(error).text}</p>}
    </form>
  );
}

// While one types the city is asked, after a pause, whether it understands.
function useCheck(type: string, text: string, asked: string, tell: (c: { text: string; error: unknown }) => void): void {
  useEffect(() => {
    if (text.trim() === '' || text === asked) {
      return undefined;
    }
    const abort = new AbortController();
    const timer = setTimeout(() => {
      get('/query', { query: { type, q: text, limit: 1 } as Query<'/query'>, signal: abort.signal }).then(() => tell({ text, error: undefined }), (error: unknown) => !abort.signal.aborted && tell({ text, error }));
    }, checkAfterMs);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [type, text, asked]);
}

/** The condition with the place that the city did not understand, why, and what was probably meant. */
function Wrong({ id, text, wrong, onMend }: { id: string; text: string; wrong: Mistake; onMend: (mended: string) => void }) {
  const token = /^[\w./]+/.exec(text.slice(wrong.at))?.[0] ?? text.slice(wrong.at, wrong.at + 1);
  return (
    <div id={id} class="query-wrong" role="alert">
      <pre>{text.slice(0, wrong.at)}<mark>{token || ' '}</mark>{text.slice(wrong.at + token.length)}</pre>
      <p>{wrong.reason} {wrong.nearest && <button type="button" class="button small" onClick={() => onMend(text.slice(0, wrong.at) + wrong.nearest + text.slice(wrong.at + token.length))}>{t().meant(wrong.nearest)}</button>}</p>
    </div>
  );
}
