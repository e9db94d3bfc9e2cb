import { begun, firstOf, isOneOf, isShare, leverOf, membersOf, rangeOfKey, said, selectorsOf, type LeverEntry, type LeverKey } from '../../../bench/book';
import { choiceName } from '../../../bench/choices';
import { edited, valueAt, type Path } from '../../../bench/draft';
import { texts } from '../../../i18n/language';
import { ChoiceField, DateField, FlagField, ListField, NumberField, Wrong } from './fields';
import { valueOf, wrongAt, type Form } from './form';
import { NamesField, OfficeField, SkillField } from './names';

const t = texts(
  { change: (n: string) => `Thay đổi ${n}`, lever: 'Đòn bẩy', remove: 'Bỏ thay đổi', period: 'Chỉ trong một thời gian', from: 'Từ ngày', to: 'Đến hết ngày', how: 'Cách tính', asBefore: 'Như cũ', unknown: 'Biểu mẫu chưa biết đòn bẩy này; sửa ở phần văn bản.' },
  { change: (n: string) => `Change ${n}`, lever: 'Lever', remove: 'Remove change', period: 'For a period only', from: 'From', to: 'To, inclusive', how: 'How', asBefore: 'As before', unknown: 'The form does not know this lever; edit it in the text.' },
  { change: (n: string) => `Changement ${n}`, lever: 'Levier', remove: 'Retirer le changement', period: 'Pour une période', from: 'Du', to: 'Au, inclus', how: 'Comment', asBefore: 'Comme avant', unknown: 'Le formulaire ne connaît pas ce levier ; modifiez le texte.' },
);

/** One change: which lever, for whom, how much and when. */
export function ChangeCard({ form, place, firstDay }: { form: Form; place: number; firstDay: string }) {
  const path = ['changes', place] as const;
  const change = (valueOf(form, path) ?? {}) as Record<string, unknown>;
  const lever = leverOf(form.book, change);
  const isPeriod = 'from' in change || 'to' in change;
  const heading = `change-${place}`;
  const swap = (key: string) => {
    const next = form.book.levers.find((l) => l.key === key)!;
    form.put(edited(form.draft, (document) => {
      const before = lever ? valueAt(form.draft, [...path, lever.key]) : undefined;
      if (lever) {
        document.deleteIn([...path, lever.key]);
      }
      // Whom it is about stays, where the other lever asks for that too.
      const kept = typeof before === 'object' && before !== null ? Object.fromEntries(Object.entries(before).filter(([k]) => (selectorsOf(next) as readonly string[]).includes(k))) : {};
      const first = begun(next, form.names)[next.key];
      document.setIn([...path, next.key], typeof first === 'object' ? document.createNode({ ...first, ...kept }, { flow: true }) : first);
    }));
  };
  return (
    <li class="change" aria-labelledby={heading}>
      <div class="change-head">
        <h3 id={heading}>{t().change(String(place + 1))}</h3>
        <button type="button" class="link" onClick={() => form.put(edited(form.draft, (d) => void d.deleteIn(path)))}>{t().remove}</button>
      </div>
      <div class="field">
        <label class="field-label" for={`${heading}l`}>{t().lever}</label>
        <select id={`${heading}l`} aria-describedby={`${heading}h`} value={lever?.key ?? ''} onChange={(e) => swap(e.currentTarget.value)}>
          {!lever && <option value="">{Object.keys(change)[0] ?? ''}</option>}
          {form.book.groups.map((group) => <optgroup key={group.key} label={said(group.name)}>{form.book.levers.filter((l) => l.group === group.key).map((l) => <option key={l.key} value={l.key}>{said(l.name)}</option>)}</optgroup>)}
        </select>
        <small id={`${heading}h`}>{lever ? said(lever.help) : t().unknown}</small>
      </div>
      <Wrong id={`${heading}w`} reasons={wrongAt(form, path, lever ? [lever.key, 'from', 'to'] : []).concat(lever && lever.keys.length > 0 ? wrongAt(form, [...path, lever.key], lever.keys.map((k) => k.key)) : [])} />
      {lever && <Members form={form} path={[...path, lever.key]} lever={lever} />}
      <label class="check"><input type="checkbox" checked={isPeriod} onChange={(e) => {
        const isWanted = e.currentTarget.checked;
        form.put(edited(form.draft, (d) => {
          if (isWanted) {
            d.setIn([...path, 'from'], firstDay);
            d.setIn([...path, 'to'], dayAfter(firstDay, 13));
          } else {
            d.deleteIn([...path, 'from']);
            d.deleteIn([...path, 'to']);
          }
        }));
      }} /> {t().period}</label>
      {isPeriod && <div class="form-row"><DateField form={form} path={[...path, 'from']} label={t().from} /><DateField form={form} path={[...path, 'to']} label={t().to} /></div>}
    </li>
  );
}

function Members({ form, path, lever }: { form: Form; path: Path; lever: LeverEntry }) {
  if (lever.choices.length > 0) {
    return <ChoiceField form={form} path={path} label={said(lever.name)} choices={lever.choices} />;
  }
  const selecting = selectorsOf(lever);
  const members = membersOf(lever);
  const given = members.find((m) => valueOf(form, [...path, m.key]) !== undefined) ?? members[0];
  const shown = isOneOf(lever) ? (given ? [given] : []) : members;
  return (
    <>
      {selecting.length > 0 && <div class={selecting.length > 1 ? 'form-row' : ''}>{selecting.map((s) => <NamesField key={s} form={form} path={[...path, s]} of={s} />)}</div>}
      {shown.length > 0 && (
        <div class="form-row">
          {isOneOf(lever) && given && (
            <label class="field"><span>{t().how}</span>
              <select value={given.key} onChange={(e) => {
                const next = members.find((m) => m.key === e.currentTarget.value)!;
                form.put(edited(form.draft, (d) => { d.deleteIn([...path, given.key]); d.setIn([...path, next.key], firstOf(next)); }));
              }}>{members.map((m) => <option key={m.key} value={m.key}>{said(m.name)}</option>)}</select>
            </label>
          )}
          {shown.map((m) => <Member key={m.key} form={form} path={[...path, m.key]} member={m} />)}
        </div>
      )}
    </>
  );
}

function Member({ form, path, member }: { form: Form; path: Path; member: LeverKey }) {
  const label = said(member.name);
  const help = said(member.help);
  switch (member.kind) {
    case 'choice': return <ChoiceField form={form} path={path} label={label} choices={member.choices} help={member.choices.some((c) => choiceName(c) === c) ? help : ''} {...(!member.isRequired && { none: t().asBefore })} />;
    case 'flag': return <FlagField form={form} path={path} label={label} help={help} />;
    case 'list': return <ListField form={form} path={path} label={label} help={help} />;
    case 'name': return member.key === 'into' ? <OfficeField form={form} path={path} label={label} /> : <SkillField form={form} path={path} label={label} none={t().asBefore} />;
    case 'names': return <ListField form={form} path={path} label={label} help={help} />;
    default: return <NumberField form={form} path={path} label={label} help={isShare(member.key) ? '' : help} range={rangeOfKey(member)} isPercent={isShare(member.key)} step={isShare(member.key) || member.kind === 'whole' ? 1 : 0.1} canSweep isNeeded={member.isRequired} />;
  }
}

function dayAfter(day: string, days: number): string {
  const at = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(at) ? day : new Date(at + days * 86_400_000).toISOString().slice(0, 10);
}
