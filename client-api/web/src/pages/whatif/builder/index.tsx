import { useEffect, useMemo, useState } from 'preact/hooks';
import { get, getText, post } from '../../../api/client';
import { go, place, withQuery } from '../../../app/location';
import { takeRun } from '../../../city/runs';
import { useResource } from '../../../city/resource';
import { CopyLink } from '../../../bench/actions';
import type { LeverBook } from '../../../bench/book';
import { readDraft, valueAt, type Draft } from '../../../bench/draft';
import { readSchema } from '../../../bench/ranges';
import { packed, unpacked } from '../../../bench/share';
import { blank } from '../../../bench/starters';
import { count, moment } from '../../../i18n/format';
import { texts } from '../../../i18n/language';
import { explain } from '../../../i18n/refusals';
import { Failed, Loading } from '../../../parts/states';
import { useCheck } from './checking';
import { textOf, type Form } from './form';
import { RunSection, type RunWish } from './RunSection';
import { BaseSection, ChangesSection, QuestionSection } from './Sections';
import { TextPane } from './TextPane';
import '../../../bench/bench.css';
import './builder.css';

const t = texts(
  { title: 'Kịch bản', intro: 'Điền biểu mẫu hoặc viết văn bản: hai bên là một.', unnamed: 'Kịch bản mới', form: 'Biểu mẫu', text: 'Văn bản', view: 'Cách viết', broken: 'Văn bản có chỗ sai; biểu mẫu sẽ theo khi đã sửa.', run: 'Chạy', starting: 'Đang gửi…', mistakes: (n: string) => `Còn ${n} chỗ sai phải sửa`, would: (v: string, d: string) => `${v} phương án cạnh nhau, ${d} ngày`, cut: 'Liên kết bị cắt mất một phần; đây là kịch bản trống.', undo: 'Hoàn tác' },
  { title: 'Scenario', intro: 'Fill in the form or write the text: they are one and the same.', unnamed: 'New scenario', form: 'Form', text: 'Text', view: 'How to write it', broken: 'The text has a mistake; the form follows once it is mended.', run: 'Run', starting: 'Sending…', mistakes: (n: string) => (n === '1' ? '1 mistake to mend first' : `${n} mistakes to mend first`), would: (v: string, d: string) => `${v} variants side by side, ${d} days`, cut: 'The link was cut off on its way; this is an empty scenario.', undo: 'Undo' },
  { title: 'Scénario', intro: 'Remplissez le formulaire ou écrivez le texte : c’est la même chose.', unnamed: 'Nouveau scénario', form: 'Formulaire', text: 'Texte', view: 'Comment l’écrire', broken: 'Le texte a une erreur ; le formulaire suivra une fois corrigée.', run: 'Calculer', starting: 'Envoi…', mistakes: (n: string) => (n === '1' ? '1 erreur à corriger d’abord' : `${n} erreurs à corriger d’abord`), would: (v: string, d: string) => `${v} variantes côte à côte, ${d} jours`, cut: 'Le lien a été coupé en route ; voici un scénario vide.', undo: 'Annuler' },
);

interface Beginning {
  readonly text: string;
  readonly note?: string;
  readonly at?: string;
}

/** Where the address says to begin: a scenario in a link, one that comes along, that of an earlier run, or nothing. */
async function beginning(query: URLSearchParams): Promise<Beginning> {
  const draft = query.get('draft');
  const run = query.get('run');
  let before: string | undefined;
  let ofRun: string | undefined;
  if (run) {
    const [reading, text] = await Promise.all([get('/whatif/runs/{id}', { path: { id: run } }), getText(`/whatif/runs/${encodeURIComponent(run)}/scenario`)]);
    before = reading.base === 'live' ? (reading.at ?? undefined) : undefined;
    ofRun = text;
  }
  if (draft !== null) {
    const text = await unpacked(draft);
    return text === undefined ? { text: blank(t().unnamed), note: t().cut } : { text, ...(before && { at: before }) };
  }
  if (ofRun !== undefined) {
    return { text: ofRun, ...(before && { at: before }) };
  }
  const from = query.get('from');
  const found = from && (await get('/whatif/scenarios')).items.find((s) => s.name === from);
  return { text: found ? found.scenario : blank(t().unnamed) };
}

export default function BuilderPage() {
  const start = useResource('beginning', () => beginning(place.peek().query));
  const bases = useResource('bases', (signal) => get('/whatif/bases', { signal }));
  const schema = useResource('schema', () => readSchema());
  const book = useResource('levers', (signal) => get('/whatif/levers', { signal }));
  const failed = start.error ?? bases.error ?? schema.error ?? book.error;
  if (!start.value || !bases.value || !schema.value || !book.value) {
    return <div class="page"><h1 class="hidden">{t().title}</h1>{failed ? <Failed error={failed} retry={() => { start.reload(); bases.reload(); schema.reload(); book.reload(); }} /> : <Loading lines={10} />}</div>;
  }
  return <Builder start={start.value} bases={bases.value.items} schema={schema.value} book={book.value} />;
}

function Builder({ start, bases, schema, book }: { start: Beginning; book: LeverBook; bases: Parameters<typeof BaseSection>[0]['bases']; schema: NonNullable<Form['schema']> }) {
  const [draft, setDraft] = useState<Draft>(() => readDraft(start.text));
  const [history, setHistory] = useState<readonly string[]>([]);
  const [wish, setWish] = useState<RunWish>({ hasTornado: false, ...(start.at && { at: start.at }) });
  const [shown, setShown] = useState<'form' | 'text'>('form');
  const [sending, setSending] = useState<{ isSending: boolean; error?: unknown }>({ isSending: false });
  const check = useCheck(draft);
  const city = textOf({ draft } as Form, ['base', 'city']);
  const names = useResource(`names ${city}`, (signal) => get('/whatif/bases/{city}', { path: { city: bases.some((b) => b.city === city) ? city : 'live' }, signal }));
  // What is no YAML is told in the reader's language by these pages; the city's reader says the same in English.
  const mistakes = draft.broken.length > 0 && (check?.text !== draft.text || check.mistakes.every((m) => m.isBroken)) ? draft.broken : (check?.mistakes ?? []);
  const put = (text: string) => {
    if (text !== draft.text) {
      setHistory((h) => [...h.slice(-49), draft.text]);
      setDraft(readDraft(text, draft));
    }
  };
  useKeptInAddress(draft.text, start.text);
  const form: Form = useMemo(() => ({ draft, put, mistakes: draft.broken.length > 0 ? [] : mistakes, schema, names: names.value, book }), [draft, mistakes, schema, names.value]);
  const isLive = city === 'live';
  const run = () => {
    setSending({ isSending: true });
    post('/whatif/runs', { scenario: draft.text, tornado: wish.hasTornado, ...(wish.bestPoints !== undefined && valueAt(draft, ['sweep']) !== undefined && { bestPoints: wish.bestPoints }), ...(isLive && wish.at && { at: wish.at }) }).then(
      (reading) => { takeRun(reading); go(`/whatif/runs/${reading.id}`); },
      (error: unknown) => setSending({ isSending: false, error }),
    );
  };
  const isChecked = check?.text === draft.text;
  const state = check?.isUnchecked ? 'unchecked' : isChecked ? 'fine' : 'checking';
  return (
    <div class="page builder">
      <div class="page-head">
        <div><h1>{textOf(form, ['name']) || t().unnamed}</h1><p>{t().intro}</p></div>
        <div class="actions">
          <div class="tabs narrow" role="group" aria-label={t().view}>{(['form', 'text'] as const).map((s) => <button key={s} aria-pressed={shown === s} onClick={() => setShown(s)}>{t()[s]}</button>)}</div>
          <button class="button" disabled={history.length === 0} onClick={() => { setDraft(readDraft(history[history.length - 1]!, draft)); setHistory(history.slice(0, -1)); }}>{t().undo}</button>
          <CopyLink address={async () => `/whatif/new?draft=${(await packed(draft.text)) ?? ''}`} />
        </div>
      </div>
      {start.note && <p class="note bad" role="alert">{start.note}</p>}
      <div class="builder-columns">
        <form class={`column form-side ${shown === 'form' ? '' : 'not-narrow'}`} onSubmit={(e) => e.preventDefault()}>
          {draft.broken.length > 0 && <p class="note bad">{t().broken}</p>}
          <fieldset class="bare" disabled={draft.broken.length > 0}>
            <QuestionSection form={form} />
            <BaseSection form={form} bases={bases} />
            <ChangesSection form={form} />
            <RunSection form={form} wish={wish} onWish={setWish} before={isLive ? start.at : undefined} beforeWords={moment(start.at, 'full')} />
          </fieldset>
        </form>
        <div class={`column text-side ${shown === 'text' ? '' : 'not-narrow'}`}>
          <section class="card"><TextPane text={draft.text} mistakes={mistakes} state={state} onInput={put} /></section>
        </div>
      </div>
      <div class="run-bar">
        <span class={mistakes.length > 0 ? 'bad' : 'soft'} role="status">{mistakes.length > 0 ? t().mistakes(count(mistakes.length)) : isChecked && check.variants > 0 ? t().would(count(check.variants), count(check.days)) : ''}</span>
        {sending.error !== undefined && <span class="bad" role="alert">{explain(sending.error).text}</span>}
        <button class="button primary" disabled={sending.isSending || mistakes.length > 0 || !isChecked || check.isUnchecked} onClick={run}>{sending.isSending ? t().starting : t().run}</button>
      </div>
    </div>
  );
}

// What is written stands in the address: a reload, the way back and a copied address all keep it.
function useKeptInAddress(text: string, first: string): void {
  useEffect(() => {
    if (text === first) {
      return undefined;
    }
    const timer = setTimeout(() => void packed(text).then((draft) => {
      if (place.peek().path === '/whatif/new') {
        go(withQuery({ draft, from: undefined }), { replace: true });
      }
    }), 500);
    return () => clearTimeout(timer);
  }, [text]);
}
