import { useId, useState } from 'preact/hooks';
import type { ScenarioNames } from '../../../bench/contract';
import type { Path } from '../../../bench/draft';
import { fieldWord } from '../../../bench/fields';
import type { SelectorKey } from '../../../bench/book';
import { named, texts } from '../../../i18n/language';
import { set, valueOf, wrongAt, type Form } from './form';
import { Wrong } from './fields';

const t = texts(
  { offices: 'Ở cơ quan nào', services: 'Thủ tục nào', skills: 'Quầy có chuyên môn nào', all: 'Tất cả', communes: 'Mọi xã, phường', departments: 'Mọi sở, ngành', add: 'Thêm…', remove: (n: string) => `Bỏ ${n}`, field: 'lĩnh vực', everything: 'tất cả; gõ tên để chọn bớt' },
  { offices: 'Which offices', services: 'Which services', skills: 'Desks with which skills', all: 'All', communes: 'All communes', departments: 'All departments', add: 'Add…', remove: (n: string) => `Remove ${n}`, field: 'field', everything: 'all of them; type a name to narrow it down' },
  { offices: 'Quels services', services: 'Quelles démarches', skills: 'Guichets de quelles compétences', all: 'Tous', communes: 'Toutes les communes', departments: 'Toutes les directions', add: 'Ajouter…', remove: (n: string) => `Retirer ${n}`, field: 'domaine', everything: 'tous ; tapez un nom pour restreindre' },
);

interface Choice {
  /** As the scenario has it. */
  readonly word: string;
  readonly label: string;
}

/** Offices, services or skills by name: chips, and a field that completes. Nothing chosen means all. */
export function NamesField({ form, path, of, label }: { form: Form; path: Path; of: SelectorKey; label?: string }) {
  const id = useId();
  const [typed, setTyped] = useState('');
  const value = valueOf(form, path);
  const words = (Array.isArray(value) ? value : value === undefined || value === null || value === 'all' ? [] : [value]).map(String);
  const choices = choicesOf(form.names, of);
  const wrong = wrongAt(form, path);
  const put = (next: readonly string[]) => set(form, path, next.length === 0 ? undefined : next.length === 1 ? next[0] : next);
  const take = (text: string) => {
    const found = find(choices, text);
    if (found && !words.includes(found.word)) {
      // A group stands for all its members: it stands alone.
      put(found.word === 'communes' || found.word === 'departments' ? [found.word] : [...words.filter((w) => w !== 'communes' && w !== 'departments'), found.word]);
    }
    setTyped('');
  };
  const enter = () => {
    if (typed.trim() !== '') {
      const isKnown = find(choices, typed) !== undefined;
      if (isKnown) {
        take(typed);
      } else {
        put([...words, typed.trim()]);
        setTyped('');
      }
    }
  };
  return (
    <div class="field">
      <label class="field-label" for={id}>{label ?? t()[of]}</label>
      <div class="names" aria-invalid={wrong.length > 0}>
        {words.map((w) => {
          const name = find(choices, w)?.label ?? w;
          return <span key={w} class="chip accent">{name}<button type="button" class="chip-x" aria-label={t().remove(name)} onClick={() => put(words.filter((x) => x !== w))}>×</button></span>;
        })}
        <input
          id={id}
          list={`${id}l`}
          value={typed}
          placeholder={words.length === 0 ? t().everything : t().add}
          autocomplete="off"
          aria-invalid={wrong.length > 0}
          aria-describedby={`${id}w`}
          onInput={(e) => {
            const text = e.currentTarget.value;
            // Choosing out of the list gives the whole text at once.
            if (choices.some((c) => c.label === text || c.word === text) && (e as InputEvent).inputType !== 'insertText') {
              take(text);
            } else {
              setTyped(text);
            }
          }}
          onKeyDown={(e) => {
            if (e.key === 'Enter') {
              e.preventDefault();
              enter();
            } else if (e.key === 'Backspace' && typed === '' && words.length > 0) {
              put(words.slice(0, -1));
            }
          }}
          onBlur={enter}
        />
        <datalist id={`${id}l`}>{choices.filter((c) => !words.includes(c.word)).map((c) => <option key={c.word} value={c.label} />)}</datalist>
      </div>
      <Wrong id={`${id}w`} reasons={wrong} />
    </div>
  );
}

function find(choices: readonly Choice[], text: string): Choice | undefined {
  const wanted = plain(text);
  return choices.find((c) => c.label === text || c.word === text) ?? choices.find((c) => plain(c.label) === wanted || plain(c.word) === wanted);
}

function plain(text: string): string {
  return text.trim().toLowerCase().normalize('NFD').replaceAll(/[\u0300-\u036f]/g, '').replaceAll('đ', 'd').replace(/^(phuong|xa|dac khu|so) /, '');
}

function choicesOf(names: ScenarioNames | undefined, of: SelectorKey): readonly Choice[] {
  if (of === 'offices') {
    return [{ word: 'communes', label: t().communes }, { word: 'departments', label: t().departments }, ...(names?.offices ?? []).map((o) => ({ word: o.nameVi, label: named(o) }))];
  }
  if (of === 'skills') {
    return (names?.skills ?? []).map((s) => ({ word: s, label: fieldWord(s) }));
  }
  return [...(names?.fields ?? []).map((f) => ({ word: f, label: `${fieldWord(f)} (${t().field})` })), ...(names?.services ?? []).map((s) => ({ word: s.code, label: named(s) }))];
}

/** One office, as where communes are merged into. */
export function OfficeField({ form, path, label }: { form: Form; path: Path; label: string }) {
  const id = useId();
  const value = valueOf(form, path);
  const wrong = wrongAt(form, path);
  const offices = (form.names?.offices ?? []).filter((o) => o.kind !== 'department');
  const known = offices.find((o) => o.nameVi === value || plain(o.nameVi) === plain(String(value ?? '')));
  return (
    <div class="field">
      <label class="field-label" for={id}>{label}</label>
      <select id={id} value={known?.nameVi ?? String(value ?? '')} aria-invalid={wrong.length > 0} aria-describedby={`${id}w`} onChange={(e) => set(form, path, e.currentTarget.value)}>
        {!known && <option value={String(value ?? '')}>{String(value ?? '') || '–'}</option>}
        {offices.map((o) => <option key={o.id} value={o.nameVi}>{named(o)}</option>)}
      </select>
      <Wrong id={`${id}w`} reasons={wrong} />
    </div>
  );
}

/** One skill, or as before. */
export function SkillField({ form, path, label, none }: { form: Form; path: Path; label: string; none: string }) {
  const id = useId();
  const value = String(valueOf(form, path) ?? '');
  const wrong = wrongAt(form, path);
  const skills = form.names?.skills ?? [];
  return (
    <div class="field">
      <label class="field-label" for={id}>{label}</label>
      <select id={id} value={value} aria-invalid={wrong.length > 0} aria-describedby={`${id}w`} onChange={(e) => set(form, path, e.currentTarget.value || undefined)}>
        <option value="">{none}</option>
        {value !== '' && !skills.includes(value) && <option value={value}>{value}</option>}
        {skills.map((s) => <option key={s} value={s}>{fieldWord(s)}</option>)}
      </select>
      <Wrong id={`${id}w`} reasons={wrong} />
    </div>
  );
}
