import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { Mistake } from '../../../bench/draft';
import { count } from '../../../i18n/format';
import { texts } from '../../../i18n/language';

const t = texts(
  { text: 'Kịch bản, YAML', at: (l: string, c: string) => `Dòng ${l}, cột ${c}`, many: (n: string) => `${n} chỗ sai`, fine: 'Không có chỗ sai', checking: 'Đang kiểm tra…', unchecked: 'Chưa kiểm tra được: mất kết nối với thành phố.' },
  { text: 'Scenario, YAML', at: (l: string, c: string) => `Line ${l}, column ${c}`, many: (n: string) => (n === '1' ? '1 mistake' : `${n} mistakes`), fine: 'No mistakes', checking: 'Checking…', unchecked: 'Not checked: the city cannot be reached.' },
  { text: 'Scénario, YAML', at: (l: string, c: string) => `Ligne ${l}, colonne ${c}`, many: (n: string) => (n === '1' ? '1 erreur' : `${n} erreurs`), fine: 'Aucune erreur', checking: 'Vérification…', unchecked: 'Non vérifié : la ville est injoignable.' },
);

interface Props {
  readonly text: string;
  readonly mistakes: readonly Mistake[];
  readonly state: 'fine' | 'checking' | 'unchecked';
  readonly onInput: (text: string) => void;
}

/** The scenario as text: line numbers, colours, and mistakes at their places. */
export function TextPane({ text, mistakes, state, onInput }: Props) {
  const area = useRef<HTMLTextAreaElement>(null);
  const under = useRef<HTMLPreElement>(null);
  const gutter = useRef<HTMLOListElement>(null);
  const lines = useMemo(() => text.split('\n'), [text]);
  const wrong = new Set(mistakes.map((m) => m.line));
  const follow = () => {
    const { scrollLeft, scrollTop } = area.current!;
    under.current!.style.transform = `translate(${-scrollLeft}px, ${-scrollTop}px)`;
    gutter.current!.style.transform = `translateY(${-scrollTop}px)`;
  };
  useEffect(follow, [text]);
  const jump = (m: Mistake) => {
    const start = lines.slice(0, m.line - 1).reduce((sum, l) => sum + l.length + 1, 0);
    const at = start + Math.min(m.column - 1, lines[m.line - 1]?.length ?? 0);
    const word = /^[^\s,\]}:]+/.exec(text.slice(at))?.[0].length ?? 0;
    area.current!.focus();
    area.current!.setSelectionRange(at, at + word);
    area.current!.scrollTop = Math.max(0, (m.line - 4) * 20);
  };
  return (
    <div class="text-pane">
      <div class="code">
        <div class="gutter" aria-hidden="true"><ol ref={gutter}>{lines.map((_, i) => <li key={i} class={wrong.has(i + 1) ? 'wrong-line' : ''}>{i + 1}</li>)}</ol></div>
        <div class="code-box">
          <pre ref={under} class="code-under" aria-hidden="true">{lines.map((l, i) => <span key={i} class={`line ${wrong.has(i + 1) ? 'wrong-line' : ''}`}>{coloured(l)}</span>)}</pre>
          <textarea ref={area} class="code-area" aria-label={t().text} aria-invalid={mistakes.length > 0} aria-describedby="text-state" spellcheck={false} autocomplete="off" wrap="off" value={text} onInput={(e) => onInput(e.currentTarget.value)} onScroll={follow} />
        </div>
      </div>
      <div id="text-state" class={`code-state ${mistakes.length > 0 ? 'bad' : state === 'fine' ? 'good' : ''}`} role="status">
        {mistakes.length > 0 ? t().many(count(mistakes.length)) : t()[state]}
      </div>
      {mistakes.length > 0 && (
        <ul class="mistakes">
          {mistakes.map((m, i) => <li key={i}><button type="button" class="link" onClick={() => jump(m)}>{t().at(String(m.line), String(m.column))}</button> <span>{m.reason()}</span></li>)}
        </ul>
      )}
    </div>
  );
}

// Colours for reading only: keys, comments, numbers, $names and quoted texts.
function coloured(line: string) {
  const parts = line.split(/(#.*$|'[^']*'|"[^"]*"|\$[A-Za-z_]\w*|[A-Za-z_][\w-]*(?=:(?:\s|$))|(?<![\w.-])-?\d[\d.]*%?(?![\w-]))/);
  return parts.map((part, i) => {
    if (i % 2 === 0 || part === '') {
      return part;
    }
    const kind = part.startsWith('#') ? 'comment' : part.startsWith('$') ? 'name' : /^['"]/.test(part) ? 'quote' : /^-?\d/.test(part) ? 'number' : 'key';
    return <span key={i} class={`y-${kind}`}>{part}</span>;
  });
}
