import { edited, valueAt } from '../../../bench/draft';
import { leverOf, levers, type Lever } from '../../../bench/levers';
import { groupNames, leverHelp, leverNames, memberNames, wordOf } from '../../../bench/leverWords';
import { rangeIn } from '../../../bench/ranges';
import { texts } from '../../../i18n/language';
import { ChoiceField, DateField, Member, Wrong } from './fields';
import { valueOf, wrongAt, type Form } from './form';
import { NamesField, OfficeField, SkillField } from './names';

const t = texts(
  { change: (n: string) => `Thay đổi ${n}`, lever: 'Đòn bẩy', remove: 'Bỏ thay đổi', always: 'Suốt kỳ', period: 'Chỉ trong một thời gian', from: 'Từ ngày', to: 'Đến hết ngày', how: 'Cách tính', asBefore: 'Như cũ', unknown: 'Biểu mẫu chưa biết đòn bẩy này; sửa ở phần văn bản.', days: 'ngày' },
  { change: (n: string) => `Change ${n}`, lever: 'Lever', remove: 'Remove change', always: 'All the time', period: 'For a period only', from: 'From', to: 'To, inclusive', how: 'How', asBefore: 'As before', unknown: 'The form does not know this lever; edit it in the text.', days: 'days' },
  { change: (n: string) => `Changement ${n}`, lever: 'Levier', remove: 'Retirer le changement', always: 'Tout le temps', period: 'Pour une période', from: 'Du', to: 'Au, inclus', how: 'Comment', asBefore: 'Comme avant', unknown: 'Le formulaire ne connaît pas ce levier ; modifiez le texte.', days: 'jours' },
);

/** What a new change with a lever holds. */
export function begun(lever: Lever): Record<string, unknown> {
  if (lever.isWord) {
    return { [lever.key]: lever.fields[0]!.first };
  }
  const fields = lever.isOneOf ? lever.fields.slice(0, 1) : lever.fields.filter((f) => f.first !== undefined);
  return { [lever.key]: Object.fromEntries(fields.map((f) => [f.key, f.first])) };
}

/** One change: which lever, for whom, how much and when. */
export function ChangeCard({ form, place, firstDay }: { form: Form; place: number; firstDay: string }) {
  const path = ['changes', place] as const;
  const change = (valueOf(form, path) ?? {}) as Record<string, unknown>;
  const lever = Object.keys(change).map(leverOf).find((l) => l !== undefined);
  const isPeriod = 'from' in change || 'to' in change;
  const heading = `change-${place}`;
  const swap = (key: string) => {
    const next = leverOf(key)!;
    form.put(edited(form.draft, (document) => {
      const before = lever ? (valueAt(form.draft, [...path, lever.key]) as Record<string, unknown> | string | undefined) : undefined;
      if (lever) {
        document.deleteIn([...path, lever.key]);
      }
      // Whom it is about stays, where the other lever asks for that too.
      const kept = typeof before === 'object' && before !== null ? Object.fromEntries(next.selects.filter((s) => before[s] !== undefined).map((s) => [s, before[s]])) : {};
      const first = begun(next)[next.key];
      document.setIn([...path, next.key], next.isWord ? first : document.createNode({ ...kept, ...(first as object) }, { flow: true }));
    }));
  };
  return (
    <li class="change" aria-labelledby={heading}>
      <div class="change-head">
        <h3 id={heading}>{t().change(String(place + 1))}</h3>
        <button type="button" class="link" onClick={() => form.put(edited(form.draft, (d) => void d.deleteIn(path)))}>{t().remove}</button>
      </div>
      <label class="field">
        <span>{t().lever}</span>
        <select value={lever?.key ?? ''} onChange={(e) => swap(e.currentTarget.value)}>
          {!lever && <option value="">{Object.keys(change)[0] ?? ''}</option>}
          {(['people', 'work', 'rules', 'demand'] as const).map((group) => (
            <optgroup key={group} label={groupNames()[group]}>{levers.filter((l) => l.group === group).map((l) => <option key={l.key} value={l.key}>{leverNames()[l.key]}</option>)}</optgroup>
          ))}
        </select>
        <small>{lever ? leverHelp()[lever.key] : t().unknown}</small>
      </label>
      <Wrong id={`${heading}w`} reasons={wrongAt(form, path, lever ? [lever.key, 'from', 'to'] : []).concat(lever && !lever.isWord ? wrongAt(form, [...path, lever.key], [...lever.selects, ...lever.fields.map((f) => f.key)]) : [])} />
      {lever && <Members form={form} path={path} lever={lever} />}
      <label class="check"><input type="checkbox" checked={isPeriod} onChange={(e) => form.put(edited(form.draft, (d) => {
        if (e.currentTarget.checked) {
          d.setIn([...path, 'from'], firstDay);
          d.setIn([...path, 'to'], dayAfter(firstDay, 13));
        } else {
          d.deleteIn([...path, 'from']);
          d.deleteIn([...path, 'to']);
        }
      }))} /> {t().period}</label>
      {isPeriod && <div class="form-row"><DateField form={form} path={[...path, 'from']} label={t().from} /><DateField form={form} path={[...path, 'to']} label={t().to} /></div>}
    </li>
  );
}

function Members({ form, path, lever }: { form: Form; path: readonly (string | number)[]; lever: Lever }) {
  if (lever.isWord) {
    return <ChoiceField form={form} path={[...path, lever.key]} label={memberNames().unfinished} choices={rangeIn(form.schema, 'changes', lever.key).choices} />;
  }
  const at = [...path, lever.key];
  const given = lever.fields.find((f) => valueOf(form, [...at, f.key]) !== undefined) ?? lever.fields[0];
  const name = (key: string) => wordOf(memberNames(), `${lever.key}.${key}`, key);
  const fields = lever.isOneOf ? (given ? [given] : []) : lever.fields;
  return (
    <>
      <div class={lever.selects.length > 1 ? 'form-row' : ''}>{lever.selects.map((s) => <NamesField key={s} form={form} path={[...at, s]} of={s} />)}</div>
      {fields.length > 0 && (
        <div class="form-row">
          {lever.isOneOf && given && (
            <label class="field"><span>{t().how}</span>
              <select value={given.key} onChange={(e) => {
                const next = lever.fields.find((f) => f.key === e.currentTarget.value)!;
                form.put(edited(form.draft, (d) => { d.deleteIn([...at, given.key]); d.setIn([...at, next.key], next.first); }));
              }}>{lever.fields.map((f) => <option key={f.key} value={f.key}>{name(f.key)}</option>)}</select>
            </label>
          )}
          {fields.map((f) => {
            const member = [...at, f.key];
            switch (f.form) {
              case 'choice': return <ChoiceField key={f.key} form={form} path={member} label={name(f.key)} choices={rangeIn(form.schema, 'changes', lever.key, f.key).choices} />;
              case 'office': return <OfficeField key={f.key} form={form} path={member} label={name(f.key)} />;
              case 'skill': return <SkillField key={f.key} form={form} path={member} label={name(f.key)} none={t().asBefore} />;
              default: return <Member key={f.key} form={form} path={member} within={['changes', lever.key, f.key]} label={name(f.key)} isPercent={f.form === 'percent'} canSweep {...(f.step !== undefined && { step: f.step })} isNeeded={f.first !== undefined} />;
            }
          })}
        </div>
      )}
    </>
  );
}

function dayAfter(day: string, days: number): string {
  const at = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(at) ? day : new Date(at + days * 86_400_000).toISOString().slice(0, 10);
}
