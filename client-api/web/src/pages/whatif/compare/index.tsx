import { useId, useState } from 'preact/hooks';
import { get } from '../../../api/client';
import { go, place } from '../../../app/location';
import { isOver, runs as told, takeRuns, type RunReading } from '../../../city/runs';
import { useResource } from '../../../city/resource';
import { CopyLink } from '../../../bench/actions';
import { rangeOf, type ComparedFigure, type ComparisonAnswer } from '../../../bench/contract';
import { digitsFor, headlines, intervalWords, nameOf, verdict, verdictTone, write, writeDifference, writeRange } from '../../../bench/figures';
import { IntervalPlot } from '../../../bench/IntervalPlot';
import { ProgressBar, progressWords } from '../../../bench/RunProgress';
import { download } from '../../../bench/share';
import { count, decimal, share } from '../../../i18n/format';
import { texts } from '../../../i18n/language';
import { Empty, Failed, Loading } from '../../../parts/states';
import { BacklogLines } from './BacklogLines';
import { csvOf } from './csv';
import { PairTable } from './PairTable';
import '../../../bench/bench.css';

const t = texts(
  {
    title: 'So sánh', waiting: 'Chờ các lượt chạy xong', back: 'Bàn hoạch định', csv: 'Tải CSV', remove: (n: string) => `Bỏ ${n}`, add: 'Thêm một lượt…', few: 'Chưa chọn đủ', fewBody: 'So sánh cần từ hai đến sáu lượt cùng nền, chọn ở bàn hoạch định.', metric: 'Chỉ số', run: 'Câu hỏi', value: 'Kết quả', fromBase: 'Khác biệt với nền', chance: 'p', base: 'Nền, không đổi', against: 'Với nền', all: 'Mọi chỉ số',
    note: (n: string, c: string) => `${n} cặp mô phỏng chung; khoảng ${c} đã nới rộng cho số phép so sánh (Bonferroni), p điều chỉnh theo Holm.`, best: (n: string, d: string, i: string) => `${n} tốt nhất: ${d} so với nền (${i}).`, nobody: 'Không lượt nào chắc chắn tốt hơn nền.', also: (n: string) => `Không phân biệt được với: ${n}.`,
  },
  {
    title: 'Comparison', waiting: 'Waiting for runs to end', back: 'Planner’s bench', csv: 'Download CSV', remove: (n: string) => `Remove ${n}`, add: 'Add a run…', few: 'Not enough chosen', fewBody: 'A comparison takes two to six runs of one base, chosen on the planner’s bench.', metric: 'Figure', run: 'Question', value: 'Result', fromBase: 'Difference from the base', chance: 'p', base: 'The base, unchanged', against: 'Against the base', all: 'All figures',
    note: (n: string, c: string) => `${n} pairs of simulations in common; ${c} intervals, widened for the number of comparisons (Bonferroni), p-values by Holm.`, best: (n: string, d: string, i: string) => `${n} does best: ${d} against the base (${i}).`, nobody: 'None is surely better than the base.', also: (n: string) => `Not to be told apart from it: ${n}.`,
  },
  {
    title: 'Comparaison', waiting: 'En attente des calculs', back: 'Banc de prévision', csv: 'Télécharger CSV', remove: (n: string) => `Retirer ${n}`, add: 'Ajouter un calcul…', few: 'Pas assez de choix', fewBody: 'Une comparaison prend deux à six calculs d’une même base, choisis au banc de prévision.', metric: 'Chiffre', run: 'Question', value: 'Résultat', fromBase: 'Écart à la base', chance: 'p', base: 'La base, inchangée', against: 'Contre la base', all: 'Tous les chiffres',
    note: (n: string, c: string) => `${n} paires de simulations communes ; intervalles à ${c}, élargis selon le nombre de comparaisons (Bonferroni), p selon Holm.`, best: (n: string, d: string, i: string) => `${n} fait le mieux : ${d} contre la base (${i}).`, nobody: 'Aucun n’est sûrement meilleur que la base.', also: (n: string) => `Indiscernables : ${n}.`,
  },
);

const max = 6;

/** Up to six runs side by side, over the same chance. The address holds which. */
export default function ComparePage() {
  const ids = (place.value.query.get('runs') ?? '').split(',').filter((id) => /^\d+$/.test(id));
  const wanted = ids.join(',');
  const waiting = ids.map((id) => told.value.get(Number(id))).filter((r) => r !== undefined && !isOver(r)) as RunReading[];
  const reading = useResource(`compare ${wanted} ${waiting.length}`, (signal) => (ids.length > 0 && waiting.length === 0 ? get('/whatif/compare', { query: { runs: wanted }, signal }) : Promise.resolve(undefined)));
  useResource('compare runs', async (signal) => takeRuns((await get('/whatif/runs', { signal })).items), waiting.length > 0 ? 3000 : 0);
  return (
    <div class="page">
      <div class="page-head">
        <div><p class="small"><a href="/whatif">{t().back}</a></p><h1>{t().title}</h1></div>
        <div class="actions">
          {reading.value && <button class="button" onClick={() => download(`compare-${ids.join('-')}.csv`, 'text/csv', csvOf(reading.value!))}>{t().csv}</button>}
          <CopyLink address={() => `/whatif/compare?runs=${wanted}`} />
        </div>
      </div>
      {ids.length === 0 ? <Empty title={t().few}><p>{t().fewBody}</p></Empty> : (
        <>
          <Chosen ids={ids} />
          {waiting.length > 0 ? <section class="card card-body stack" aria-label={t().waiting}><h2>{t().waiting}</h2>{waiting.map((r) => <div key={r.id}><p>{r.name}</p><ProgressBar run={r} /><small class="soft">{progressWords(r)}</small></div>)}</section>
            : reading.value ? <Compared answer={reading.value} /> : reading.error ? <section class="card"><Failed error={reading.error} retry={reading.reload} /></section> : <Loading lines={8} />}
        </>
      )}
    </div>
  );
}

/** Which runs are compared; others of the same base can be added. */
function Chosen({ ids }: { ids: readonly string[] }) {
  const key = told.value.get(Number(ids[0]))?.pairingKey;
  const others = [...told.value.values()].filter((r) => r.status === 'done' && r.pairingKey && r.pairingKey === key && !ids.includes(String(r.id)));
  const to = (next: readonly string[]) => go(`/whatif/compare?runs=${next.join(',')}`, { replace: true });
  return (
    <ul class="chosen-runs">
      {ids.map((id) => {
        const name = told.value.get(Number(id))?.name ?? `#${id}`;
        return <li key={id} class="chip accent"><a href={`/whatif/runs/${id}`}>{name}</a><button class="chip-x" aria-label={t().remove(name)} onClick={() => to(ids.filter((i) => i !== id))}>×</button></li>;
      })}
      {others.length > 0 && ids.length < max && <li><select class="select-small" aria-label={t().add} value="" onChange={(e) => e.currentTarget.value && to([...ids, e.currentTarget.value])}><option value="">{t().add}</option>{others.map((r) => <option key={r.id} value={String(r.id)}>{r.name}</option>)}</select></li>}
    </ul>
  );
}

function Compared({ answer }: { answer: ComparisonAnswer }) {
  const picker = useId();
  const [key, setKey] = useState<string>(headlines[0]);
  const figure = answer.figures.find((f) => f.key === key) ?? answer.figures[0]!;
  const differences = figure.fromBase.map(rangeOf);
  const reach = Math.max(1e-9, ...differences.map((d) => (d ? Math.max(Math.abs(d.low), Math.abs(d.high)) : 0))) * 1.1;
  return (
    <>
      <section class="card" aria-labelledby="against">
        <div class="card-head">
          <h2 id="against">{t().against}</h2>
          <div class="end"><label for={picker} class="soft small">{t().metric}</label><select id={picker} class="select-small" value={key} onChange={(e) => setKey(e.currentTarget.value)}>{answer.figures.map((f) => <option key={f.key} value={f.key}>{nameOf(f.key, f.name)}</option>)}</select></div>
        </div>
        <div class="card-body verdict"><p class="lead">{bestWords(answer, figure)}</p><p class="soft small">{t().note(count(answer.replications), share(answer.confidence, 0))}</p></div>
        <div class="table-scroll">
          <table class="list figure-table">
            <thead><tr><th scope="col">{t().run}</th><th scope="col" class="num">{t().value}</th><th scope="col" class="num">{t().fromBase}</th><th scope="col" class="wide"><span class="hidden">{t().fromBase}</span></th><th scope="col" class="num wide">{t().chance}</th></tr></thead>
            <tbody>
              <tr><th scope="row" class="row-head soft">{t().base}</th><td class="num">{write(key, figure.base.estimate)}</td><td class="num" /><td class="wide" /><td class="wide" /></tr>
              {answer.runs.map((r, i) => {
                const d = differences[i];
                const says = d && verdict(d, figure.isHigherBetter);
                const p = figure.pValues[i];
                return (
                  <tr key={r.id}>
                    <th scope="row" class="row-head">{r.name}</th>
                    <td class="num">{write(key, figure.values[i]?.estimate)}</td>
                    <td class="num">{d && <><b class={says && verdictTone[says]}>{writeDifference(key, d.estimate, digitsFor(key, d))}</b><span class="range">{writeRange(key, d)}</span></>}</td>
                    <td class="plot wide">{d && <IntervalPlot range={d} scale={{ min: -reach, max: reach }} tone={says === 'better' ? 'good' : says === 'worse' ? 'bad' : 'even'} />}</td>
                    <td class="num wide soft">{p === null || p === undefined ? '' : p < 0.001 ? '< 0.001'.replace('.', decimal(0.1, 1)[1] ?? '.') : decimal(p, 3)}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      </section>
      {answer.runs.length > 1 && <PairTable answer={answer} figure={figure} />}
      <BacklogLines answer={answer} />
      <AllFigures answer={answer} />
    </>
  );
}

function bestWords(answer: ComparisonAnswer, figure: ComparedFigure): string {
  const sign = figure.isHigherBetter ? 1 : -1;
  const rows = answer.runs.map((run, i) => ({ run, d: rangeOf(figure.fromBase[i]) })).filter((r) => r.d !== undefined);
  const best = rows.reduce<(typeof rows)[number] | undefined>((a, b) => (a === undefined || b.d!.estimate * sign > a.d!.estimate * sign ? b : a), undefined);
  if (!best?.d || verdict(best.d, figure.isHigherBetter) !== 'better') {
    return `${nameOf(figure.key, figure.name)}: ${t().nobody}`;
  }
  const digits = digitsFor(figure.key, best.d);
  const alike = figure.between
    .filter((b) => (b.run === best.run.id || b.less === best.run.id) && (() => { const d = rangeOf(b.difference); return d !== undefined && d.low <= 0 && d.high >= 0; })())
    .map((b) => answer.runs.find((r) => r.id === (b.run === best.run.id ? b.less : b.run))?.name ?? '');
  return `${nameOf(figure.key, figure.name)}: ${t().best(best.run.name, writeDifference(figure.key, best.d.estimate, digits), intervalWords(answer.confidence, writeDifference(figure.key, best.d.low, digits, false), writeDifference(figure.key, best.d.high, digits, false)))}${alike.length > 0 ? ` ${t().also(alike.join(', '))}` : ''}`;
}

function AllFigures({ answer }: { answer: ComparisonAnswer }) {
  return (
    <section class="card" aria-labelledby="all-figures">
      <div class="card-head"><h2 id="all-figures">{t().all}</h2></div>
      <div class="table-scroll" tabIndex={0}>
        <table class="list figure-table pinned">
          <thead><tr><th scope="col">{t().metric}</th><th scope="col" class="num">{t().base}</th>{answer.runs.map((r) => <th key={r.id} scope="col" class="num run-name">{r.name}</th>)}</tr></thead>
          <tbody>
            {answer.figures.filter((f) => f.key !== 'overtime' || f.values.some((v) => (v.estimate ?? 0) !== 0)).map((f) => (
              <tr key={f.key}>
                <th scope="row" class="row-head">{nameOf(f.key, f.name)}</th>
                <td class="num">{write(f.key, f.base.estimate)}</td>
                {answer.runs.map((r, i) => {
                  const d = rangeOf(f.fromBase[i]);
                  return <td key={r.id} class="num">{d && <><span class={verdictTone[verdict(d, f.isHigherBetter)]}>{writeDifference(f.key, d.estimate, digitsFor(f.key, d))}</span><span class="range">{writeRange(f.key, d)}</span></>}</td>;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
