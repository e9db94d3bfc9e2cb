import { useMemo, useState } from 'preact/hooks';
import { get } from '../../api/client';
import type { CaseReading } from '../../api/contract';
import { heads } from '../../city/board';
import { catalogue } from '../../city/catalogue';
import { documentName } from '../../city/catalogue';
import { numberOf, officialPlace } from '../../city/names';
import { useResource } from '../../city/resource';
import { named } from '../../i18n/language';
import { explain } from '../../i18n/refusals';
import { words } from '../../i18n/words';
import { Dialog } from '../../parts/dialog';
import type { Action, Field, Said } from './actions';
import { t } from './texts';

const nothingSaid: Said = { text: '', documents: [], score: 0, office: '', official: '' };

/** Says what an action does, takes what must be said with it, and tells a refusal in plain words. Sending again repeats nothing. */
export function ActionDialog({ action, of, onDone, onClose }: { action: Action; of: CaseReading; onDone: () => void; onClose: () => void }) {
  const [said, setSaid] = useState(nothingSaid);
  const [error, setError] = useState<unknown>();
  const [isSending, setSending] = useState(false);
  const once = useMemo(() => crypto.randomUUID(), []);
  const send = async (event: Event) => {
    event.preventDefault();
    setSending(true);
    try {
      await action.send(of, said, once);
      onDone();
    } catch (reason) {
      setError(reason);
      setSending(false);
    }
  };
  const refusal = error === undefined ? undefined : explain(error);
  return (
    <Dialog title={t()[action.name]} onClose={onClose}>
      <form class="stack" onSubmit={(e) => void send(e)}>
        <p class="soft">{t().sure(action.name)}</p>
        {action.fields.map((f) => <Input key={f.name} field={f} action={action} of={of} said={said} onChange={(change) => setSaid({ ...said, ...change })} />)}
        {refusal && <div class="note bad" role="alert">{refusal.text}{refusal.places.map((p) => <div key={p.path}>{p.path}: {p.reason}</div>)}</div>}
        <div class="actions end">
          <button type="button" class="button" onClick={onClose}>{t().cancel}</button>
          <button class={`button ${action.tone === 'danger' ? 'danger' : 'primary'}`} disabled={isSending}>{t().confirm}</button>
        </div>
      </form>
    </Dialog>
  );
}

function Input({ field, action, of, said, onChange }: { field: Field; action: Action; of: CaseReading; said: Said; onChange: (change: Partial<Said>) => void }) {
  const hint = <small>{field.isRequired ? t().required : t().optional}</small>;
  switch (field.name) {
    case 'text':
      return <label class="field"><span>{t().textOf(action.name)}</span><textarea required={field.isRequired} maxLength={4000} value={said.text} onInput={(e) => onChange({ text: e.currentTarget.value })} />{hint}</label>;
    case 'documents':
      return <Documents action={action} of={of} said={said} onChange={onChange} />;
    case 'score':
      return (
        <fieldset class="scores"><legend>{t().score}</legend>
          {[1, 2, 3, 4, 5].map((n) => <label key={n}><input type="radio" name="score" required value={n} checked={said.score === n} onChange={() => onChange({ score: n })} />{n}</label>)}
        </fieldset>
      );
    case 'office':
      return <label class="field"><span>{t().chooseOffice}</span><select required value={said.office} onChange={(e) => onChange({ office: e.currentTarget.value })}><option value="">{t().choose}</option>{heads.value.map((o) => <option key={o.profile.id} value={o.profile.id}>{named(o.profile)}</option>)}</select>{hint}</label>;
    case 'official':
      return <Officials desk={of.desk ?? ''} chosen={said.official} onChange={(official) => onChange({ official })} />;
  }
}

// A citizen who answers gives what is missing; an official asks for any document of the catalogue, those that the service needs first.
function Documents({ action, of, said, onChange }: { action: Action; of: CaseReading; said: Said; onChange: (change: Partial<Said>) => void }) {
  const codes = action.name === 'answer' ? of.missing : [...of.needed, ...(catalogue.value?.documents.map((d) => d.code) ?? []).filter((code) => !of.needed.includes(code))];
  if (codes.length === 0) {
    return null;
  }
  const toggle = (code: string, isOn: boolean) => onChange({ documents: isOn ? [...said.documents, code] : said.documents.filter((d) => d !== code) });
  return (
    <fieldset class="choices"><legend>{t().askDocuments}</legend>
      {codes.map((code) => <label key={code}><input type="checkbox" checked={said.documents.includes(code)} onChange={(e) => toggle(code, e.currentTarget.checked)} />{documentName(code)}</label>)}
    </fieldset>
  );
}

function Officials({ desk, chosen, onChange }: { desk: string; chosen: string; onChange: (official: string) => void }) {
  const reading = useResource(desk, (signal) => get('/desks/{id}', { path: { id: numberOf(desk) }, signal }));
  return (
    <label class="field"><span>{t().chooseOfficial}</span>
      <select required value={chosen} onChange={(e) => onChange(e.currentTarget.value)}>
        <option value="">{t().choose}</option>
        {reading.value?.officials.map((o) => <option key={o} value={o}>{words().officialOf(officialPlace(o))}</option>)}
      </select>
    </label>
  );
}
