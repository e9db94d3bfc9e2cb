import { useMemo, useState } from 'preact/hooks';
import { post } from '../../api/client';
import type { CaseReading } from '../../api/contract';
import { moment } from '../../city/board';
import { catalogue, serviceName } from '../../city/catalogue';
import { numberOf } from '../../city/names';
import { useResource } from '../../city/resource';
import { count, share } from '../../i18n/format';
import { named } from '../../i18n/language';
import { explain } from '../../i18n/refusals';
import { urgencies } from '../../i18n/words';
import { t } from './texts';

const shownMax = 3;
const shownMin = 0.005;

/** What the model read in a report, how sure it was, and which words made it think so; and a person's word on it. */
export function Prediction({ of: c, onDone }: { of: CaseReading; onDone: () => void }) {
  const said = c.classification;
  const because = useResource(`because ${c.id} ${c.description?.length ?? 0}`, async () => (c.kind === 'feedback' && c.description ? post('/feedback/classify', { text: c.description }) : undefined));
  if (c.kind !== 'feedback') {
    return null;
  }
  const category = because.value?.heads.find((h) => h.head === 'category');
  const words = category?.because.filter((w) => w.weight > 0).slice(0, 6) ?? [];
  return (
    <section class="card" aria-labelledby="prediction">
      <div class="card-head"><h2 id="prediction">{t().prediction}</h2>{c.needsCategory && <span class="chip warn">{t().needsCategory}</span>}</div>
      <div class="card-body stack">
        {said ? (
          <p>{t().readAs} <b>{serviceName(said.category)}</b>, {share(said.probability, 0)}{said.urgency && said.urgency !== 'normal' && <> · {urgencies()[said.urgency]} {share(said.urgencyProbability, 0)}</>}<br /><small class="soft">{t().model(said.model)}{said.category !== c.service && ` · ${t().corrected(serviceName(c.service))}`}</small></p>
        ) : <p class="soft">{t().byPerson}</p>}
        {category && (
          <>
            <ul class="reads">
              {category.probabilities.slice(0, shownMax).filter((p, i) => i === 0 || p.probability >= shownMin).map((p) => (
                <li key={p.label}><span>{serviceName(p.label)}</span><span class="read-bar" aria-hidden="true"><span style={{ width: `${Math.round(100 * p.probability)}%` }} /></span><b>{share(p.probability, 0)}</b></li>
              ))}
            </ul>
            {words.length > 0 && <p class="soft">{t().because} {words.map((w) => <mark key={w.words} class="because">{w.words}</mark>)}</p>}
          </>
        )}
        {c.followers > 0 && <p class="note">{t().followers(count(c.followers))}</p>}
        {moment.value === null && (c.stage === 'queued' || c.stage === 'inProgress' || c.stage === 'waitingForCitizen') && <Category of={c} onDone={onDone} />}
      </div>
    </section>
  );
}

function Category({ of: c, onDone }: { of: CaseReading; onDone: () => void }) {
  const [chosen, setChosen] = useState('');
  const [error, setError] = useState<unknown>();
  const once = useMemo(() => crypto.randomUUID(), [chosen]);
  const send = async () => {
    try {
      await post('/cases/{id}/category', { category: chosen }, { path: { id: numberOf(c.id) }, idempotencyKey: once });
      setChosen('');
      setError(undefined);
      onDone();
    } catch (reason) {
      setError(reason);
    }
  };
  const offered = catalogue.value?.services.filter((s) => s.kind === 'feedback' && s.code !== c.service) ?? [];
  return (
    <form class="stack" onSubmit={(e) => { e.preventDefault(); void send(); }}>
      <div class="actions">
        <select class="select-small" aria-label={t().setCategory} required value={chosen} onChange={(e) => setChosen(e.currentTarget.value)}><option value="">{t().setCategory}</option>{offered.map((s) => <option key={s.code} value={s.code}>{named(s)}</option>)}</select>
        <button class="button small" disabled={!chosen}>{t().apply}</button>
      </div>
      {error !== undefined && <p class="note bad" role="alert">{explain(error).text}</p>}
    </form>
  );
}
