import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { post } from '../../api/client';
import type { CaseReading, Channel, CaseKind, PostBody, Urgency } from '../../api/contract';
import { heads, isService } from '../../city/board';
import { catalogue, documentName, serviceOf } from '../../city/catalogue';
import { numberOf, officeName, pageOf } from '../../city/names';
import { moment as written } from '../../i18n/format';
import { language, named } from '../../i18n/language';
import { explain } from '../../i18n/refusals';
import { caseKinds, channels, urgencies } from '../../i18n/words';
import { About } from './About';
import { blank, type Draft } from './draft';
import { placeOf } from './place';
import { Reading } from './Reading';
import { t } from './texts';
import './intake.css';

/** Takes a report over 1022, or a dossier at the counter. */
export default function IntakePage() {
  const [draft, setDraft] = useState(blank);
  const [filed, setFiled] = useState<CaseReading>();
  return (
    <div class="page">
      <div class="page-head"><div><h1>{t().title}</h1><p>{t().intro}</p></div></div>
      <div class="columns">
        {filed
          ? <Filed of={filed} onAnother={() => { setFiled(undefined); setDraft({ ...blank, kind: draft.kind, commune: draft.commune, channel: draft.channel }); }} />
          : <Form draft={draft} onChange={(change) => setDraft({ ...draft, ...change })} onFiled={setFiled} />}
        <div class="column">
          {draft.kind === 'feedback' && !filed && <Reading draft={draft} onUse={(service) => setDraft({ ...draft, service })} />}
          <About draft={draft} />
        </div>
      </div>
    </div>
  );
}

function bodyOf(d: Draft): PostBody<'/cases'> {
  const place = placeOf(d.place);
  const citizen = d.citizen.trim().toUpperCase();
  const common = { kind: d.kind, service: d.service, commune: d.commune, channel: d.channel, ...(citizen && { citizen: `citizen/${citizen.replace(/^CITIZEN\//, '')}` }), ...(d.urgency && { urgency: d.urgency }) };
  return d.kind === 'feedback' ? { ...common, description: d.description, ...(place && { place }) } : { ...common, documents: [...d.documents] };
}

function Form({ draft: d, onChange, onFiled }: { draft: Draft; onChange: (change: Partial<Draft>) => void; onFiled: (c: CaseReading) => void }) {
  const [error, setError] = useState<unknown>();
  const [isSending, setSending] = useState(false);
  // One key for one form: sending it again after a lost answer files nothing twice.
  const once = useRef(crypto.randomUUID());
  const isWrongPlace = placeOf(d.place) === null;
  const file = async (event: Event) => {
    event.preventDefault();
    if (isWrongPlace) {
      return;
    }
    setSending(true);
    try {
      onFiled((await post('/cases', bodyOf(d), { idempotencyKey: once.current })).case);
    } catch (reason) {
      once.current = crypto.randomUUID();
      setError(reason);
      setSending(false);
    }
  };
  const refusal = error === undefined ? undefined : explain(error);
  return (
    <form class="card" onSubmit={(e) => void file(e)}>
      <div class="card-body stack">
        <fieldset class="kinds"><legend class="hidden">{t().kind}</legend>
          {(['feedback', 'dossier'] as const).map((kind) => <label key={kind} class={d.kind === kind ? 'on' : ''}><input type="radio" name="kind" checked={d.kind === kind} onChange={() => onChange({ kind, service: '', channel: kind === 'feedback' ? 'hotline' : 'counter', documents: [] })} />{caseKinds()[kind]}</label>)}
        </fieldset>
        {d.kind === 'feedback' && <label class="field"><span>{t().description}</span><textarea required maxLength={4000} value={d.description} onInput={(e) => onChange({ description: e.currentTarget.value })} /><small>{t().descriptionHint}</small></label>}
        <div class="form-row">
          <Choice label={d.kind === 'feedback' ? t().what : t().service} value={d.service} options={servicesOf(d.kind)} onChange={(service) => onChange({ service, documents: [] })} />
          <Choice label={t().where} value={d.commune} options={communes()} onChange={(commune) => onChange({ commune })} />
        </div>
        {d.kind === 'dossier' && <Documents draft={d} onChange={onChange} />}
        <div class="form-row">
          <label class="field"><span>{t().channel}</span><select value={d.channel} onChange={(e) => onChange({ channel: e.currentTarget.value as Channel })}>{Object.entries(channels()).filter(([c]) => c !== 'sensor').map(([c, label]) => <option key={c} value={c}>{label}</option>)}</select></label>
          <label class="field"><span>{t().urgency}</span><select value={d.urgency} onChange={(e) => onChange({ urgency: e.currentTarget.value as Urgency | '' })}><option value="">{t().usual}</option>{Object.entries(urgencies()).map(([u, label]) => <option key={u} value={u}>{label}</option>)}</select></label>
        </div>
        <div class="form-row">
          <label class="field"><span>{t().citizen}</span><input class="mono" required={d.kind === 'dossier'} maxLength={20} value={d.citizen} onInput={(e) => onChange({ citizen: e.currentTarget.value })} /><small>{t().citizenHint}</small></label>
          {d.kind === 'feedback' && <label class="field"><span>{t().place}</span><input aria-invalid={isWrongPlace} value={d.place} onInput={(e) => onChange({ place: e.currentTarget.value })} />{isWrongPlace ? <b class="wrong">{t().wrongPlace}</b> : <small>{t().placeHint}</small>}</label>}
        </div>
        {refusal && <div class="note bad" role="alert">{refusal.text}{refusal.places.map((p) => <div key={p.path}>{p.path}: {p.reason}</div>)}</div>}
        <div class="actions end"><button class="button primary" disabled={isSending}>{t().file}</button></div>
      </div>
    </form>
  );
}

function Choice({ label, value, options, onChange }: { label: string; value: string; options: readonly { id: string; name: string }[]; onChange: (value: string) => void }) {
  const collator = useMemo(() => new Intl.Collator(language.value), [language.value]);
  const sorted = [...options].sort((a, b) => collator.compare(a.name, b.name));
  return <label class="field"><span>{label}</span><select required value={value} onChange={(e) => onChange(e.currentTarget.value)}><option value="">{t().choose}</option>{sorted.map((o) => <option key={o.id} value={o.id}>{o.name}</option>)}</select></label>;
}

function Documents({ draft: d, onChange }: { draft: Draft; onChange: (change: Partial<Draft>) => void }) {
  const codes = serviceOf(d.service)?.documents ?? [];
  if (codes.length === 0) {
    return null;
  }
  return (
    <fieldset class="choices"><legend>{t().documents}</legend>
      {codes.map((code) => <label key={code}><input type="checkbox" checked={d.documents.includes(code)} onChange={(e) => onChange({ documents: e.currentTarget.checked ? [...d.documents, code] : d.documents.filter((x) => x !== code) })} />{documentName(code)}</label>)}
    </fieldset>
  );
}

function servicesOf(kind: CaseKind) {
  return catalogue.value?.services.filter((s) => s.kind === kind).map((s) => ({ id: s.code, name: named(s) })) ?? [];
}

function communes() {
  return heads.value.filter((o) => o.profile.kind !== 'department' && isService(o)).map((o) => ({ id: o.profile.id, name: named(o.profile) }));
}

function Filed({ of: c, onAnother }: { of: CaseReading; onAnother: () => void }) {
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => link.current?.focus(), []);
  return (
    <section class="card" aria-labelledby="filed">
      <div class="card-body stack" role="status">
        <h2 id="filed" class="filed-title">{t().filed}</h2>
        <p class="filed-number mono">{numberOf(c.id)}</p>
        <p>{t().at(officeName(c.office))}<br />{t().due(written(c.dueAt))}</p>
        {c.missing.length > 0 && <p class="note">{t().waits} {c.missing.map(documentName).join(', ')}</p>}
        <div class="actions"><a ref={link} class="button primary" href={pageOf(c.id)}>{t().open}</a><button class="button" onClick={onAnother}>{t().another}</button></div>
      </div>
    </section>
  );
}
