import { useState } from 'preact/hooks';
import { get, post } from '../../../api/client';
import { go, place } from '../../../app/location';
import { isOver, runs, takeRun, takeRuns } from '../../../city/runs';
import { useResource } from '../../../city/resource';
import { CopyLink } from '../../../bench/actions';
import type { CalibrationReading } from '../../../bench/contract';
import { CancelButton, ProgressBar, progressWords, StatusChip } from '../../../bench/RunProgress';
import { count, decimal, moment, none, share } from '../../../i18n/format';
import { texts } from '../../../i18n/language';
import { explain } from '../../../i18n/refusals';
import { Empty, Failed, Loading, Old } from '../../../parts/states';
import { Tiles, type Figure } from '../../../parts/tile';
import { Details } from './Details';
import { trusts, trustTones, trustWords } from './trust';
import { TrustTable } from './TrustTable';
import { Week } from './Week';
import '../../../bench/bench.css';
import './calibration.css';

const t = texts(
  {
    title: 'Tin mô hình tới đâu', back: 'Bàn hoạch định', intro: 'Mô hình học từ phần đầu của nhật ký, dự đoán phần còn lại, rồi được so với điều đã xảy ra. Cơ quan nào đoán đúng thì đáng tin ở đó.', start: 'Kiểm định lại', starting: 'Đang gửi…', running: 'Đang kiểm định', html: 'Báo cáo HTML', earlier: 'Lần kiểm định', latest: 'mới nhất', none: 'Chưa kiểm định lần nào', noneBody: 'Kiểm định đọc nhật ký của thành phố và mất chừng một phút. Cần ít nhất 30 hồ sơ đã có kết quả.',
    verdict: (g: string, all: string, s: string) => `Đáng tin ở ${g} trên ${all} cơ quan có đủ hồ sơ để xét, nơi có ${s} số hồ sơ.`, nowhere: (all: string) => `Chưa đáng tin ở cơ quan nào trong ${all} cơ quan đủ hồ sơ để xét: phần sau của nhật ký khác phần trước.`, split: (a: string, b: string, c: string, d: string) => `Học từ ${a} hồ sơ kết thúc trước ${b}, so với ${c} hồ sơ sau đó, tới ${d}.`, figures: 'Chỉ số', arrivals: 'Ngày đoán đúng số hồ sơ đến', ends: 'Ngày đoán đúng số kết quả', band: 'trong dải 90 %; hoàn hảo là 90 %', arrivalDistance: 'Lệch giờ đến', cycleDistance: 'Lệch thời gian giải quyết', hourDistance: 'Lệch giờ trong ngày', emd: 'khoảng cách phân bố, giờ', hours: (n: string) => `${n} giờ`, week: 'Hồ sơ mỗi tuần', weekNote: 'trung bình trong nhật ký', failed: 'Lần kiểm định gần nhất không thành', shares: 'Cơ quan theo độ tin cậy',
  },
  {
    title: 'How far to trust the model', back: 'Planner’s bench', intro: 'The model learns from the first part of the journal, foretells the rest, and is compared with what happened. Where it foretold well it can be trusted.', start: 'Check again', starting: 'Sending…', running: 'Being checked', html: 'HTML report', earlier: 'Check', latest: 'the latest', none: 'Never checked yet', noneBody: 'A check reads the city’s journal and takes about a minute. It needs 30 cases with a result.',
    verdict: (g: string, all: string, s: string) => `Good at ${g} of the ${all} offices with enough cases to judge; they have ${s} of these cases.`, nowhere: (all: string) => `Good at none of the ${all} offices with enough cases to judge: the later part of the journal is unlike the earlier one.`, split: (a: string, b: string, c: string, d: string) => `Learnt from ${a} cases that ended before ${b}; compared with the ${c} after that, up to ${d}.`, figures: 'Figures', arrivals: 'Days with filings foretold', ends: 'Days with results foretold', band: 'in the 90 % band; 90 % is perfect', arrivalDistance: 'Arrivals off by', cycleDistance: 'Time to result off by', hourDistance: 'Hours of the day off by', emd: 'earth mover’s distance', hours: (n: string) => `${n} h`, week: 'Cases a week', weekNote: 'mean of the journal', failed: 'The latest check failed', shares: 'Offices by trust',
  },
  {
    title: 'Quelle confiance dans le modèle', back: 'Banc de prévision', intro: 'Le modèle apprend de la première part du journal, prédit le reste, et on le compare à ce qui s’est passé. Là où il a bien prédit, on peut s’y fier.', start: 'Vérifier à nouveau', starting: 'Envoi…', running: 'Vérification', html: 'Rapport HTML', earlier: 'Vérification', latest: 'la dernière', none: 'Jamais vérifié', noneBody: 'Une vérification lit le journal de la ville et prend environ une minute. Il faut 30 dossiers avec résultat.',
    verdict: (g: string, all: string, s: string) => `Bonne dans ${g} des ${all} services qui ont assez de dossiers pour juger ; ils ont ${s} de ces dossiers.`, nowhere: (all: string) => `Bonne dans aucun des ${all} services jugeables : la fin du journal ne ressemble pas au début.`, split: (a: string, b: string, c: string, d: string) => `Appris de ${a} dossiers finis avant le ${b}, comparé aux ${c} suivants, jusqu’au ${d}.`, figures: 'Chiffres', arrivals: 'Jours aux dépôts bien prédits', ends: 'Jours aux résultats bien prédits', band: 'dans la bande à 90 % ; 90 % est parfait', arrivalDistance: 'Écart des arrivées', cycleDistance: 'Écart des durées', hourDistance: 'Écart des heures du jour', emd: 'distance du terrassier', hours: (n: string) => `${n} h`, week: 'Dossiers par semaine', weekNote: 'moyenne du journal', failed: 'La dernière vérification a échoué', shares: 'Services par confiance',
  },
);

/** The model against what happened, office by office. */
export default function CalibrationPage() {
  const asked = place.value.query.get('run') ?? undefined;
  const known = [...runs.value.values()].filter((r) => r.kind === 'calibration').sort((a, b) => b.id - a.id);
  const pending = known.find((r) => !isOver(r));
  // Asked again when a check ends.
  const ended = known.filter((r) => r.status === 'done').length;
  const reading = useResource(`calibration ${asked ?? ''} ${ended}`, async (signal) => {
    const [answer, list] = await Promise.all([get('/whatif/calibration', { query: asked ? { run: asked } : {}, signal }), get('/whatif/runs', { signal })]);
    takeRuns(list.items);
    return answer;
  }, pending ? 3000 : 0);
  const [sending, setSending] = useState<{ isSending: boolean; error?: unknown }>({ isSending: false });
  const start = () => {
    setSending({ isSending: true });
    post('/whatif/calibrations', {}).then((run) => { setSending({ isSending: false }); takeRun(run); go('/whatif/calibration', { replace: true }); }, (error: unknown) => setSending({ isSending: false, error }));
  };
  const answer = reading.value;
  const found = answer?.calibration;
  const failed = known[0]?.status === 'failed' ? known[0] : undefined;
  return (
    <div class="page">
      <div class="page-head">
        <div style={{ maxWidth: '84ch' }}><p class="small"><a href="/whatif">{t().back}</a></p><h1>{t().title}</h1><p>{t().intro}</p></div>
        <div class="actions">
          {answer?.run && known.filter((r) => r.status === 'done').length > 1 && (
            <label class="variant-pick"><span class="soft small">{t().earlier}</span>
              <select class="select-small" value={String(answer.run.id)} onChange={(e) => go(`/whatif/calibration?run=${e.currentTarget.value}`)}>{known.filter((r) => r.status === 'done').map((r, i) => <option key={r.id} value={String(r.id)}>{moment(r.at, 'short')}{i === 0 ? ` (${t().latest})` : ''}</option>)}</select>
            </label>
          )}
          {answer?.run && <><a class="button" href={`/whatif/runs/${answer.run.id}/report`} target="_blank" rel="noopener">{t().html}</a><CopyLink address={() => `/whatif/calibration?run=${answer.run!.id}`} /></>}
          <button class="button primary" disabled={sending.isSending || pending !== undefined} onClick={start}>{sending.isSending ? t().starting : t().start}</button>
        </div>
      </div>
      {sending.error !== undefined && <p class="note bad" role="alert">{explain(sending.error).text}</p>}
      {reading.error !== undefined && answer && <Old error={reading.error} retry={reading.reload} />}
      {pending && <section class="card card-body stack" aria-labelledby="checking"><h2 id="checking">{t().running} <StatusChip run={pending} /></h2><ProgressBar run={pending} /><div class="actions"><span role="status">{progressWords(pending)}</span><CancelButton run={pending} /></div></section>}
      {failed && !pending && <p class="note bad" role="alert">{t().failed}: <span lang="en">{failed.reason}</span></p>}
      {!answer ? <section class="card">{reading.error ? <Failed error={reading.error} retry={reading.reload} /> : <Loading lines={8} />}</section>
        : !found ? !pending && <section class="card"><Empty title={t().none}><p>{t().noneBody}</p></Empty></section> : <Found found={found} />}
    </div>
  );
}

function Found({ found }: { found: CalibrationReading }) {
  const judged = found.offices.filter((o) => o.trust === 'good' || o.trust === 'fair' || o.trust === 'poor');
  const good = judged.filter((o) => o.trust === 'good');
  const cases = (of: typeof judged) => of.reduce((sum, o) => sum + o.comparedCases, 0);
  const tone = good.length >= judged.length * 0.7 ? 'good' : good.length >= judged.length * 0.3 ? '' : 'bad';
  return (
    <>
      <section class="card card-body verdict">
        <p class={`lead ${tone}`}>{good.length === 0 ? t().nowhere(count(judged.length)) : t().verdict(count(good.length), count(judged.length), share(cases(judged) > 0 ? cases(good) / cases(judged) : 0, 0))}</p>
        <p class="soft small">{t().split(count(found.fittedCases), moment(found.splitAt, 'short'), count(found.comparedCases), moment(found.to, 'short'))}</p>
        <div class="stack-bar trust-bar" role="img" aria-label={`${t().shares}: ${trusts.map((k) => `${trustWords()[k]} ${found.offices.filter((o) => o.trust === k).length}`).join(', ')}`}>
          {trusts.map((k) => <span key={k} class={`trust-${k}`} style={{ width: `${found.offices.filter((o) => o.trust === k).length / Math.max(1, found.offices.length) * 100}%` }} />)}
        </div>
        <ul class="keys">{trusts.map((k) => { const n = found.offices.filter((o) => o.trust === k).length; return n > 0 && <li key={k}><span class={`swatch trust-${k}`} /><span class={trustTones[k]}>{trustWords()[k]}</span> {count(n)}</li>; })}</ul>
      </section>
      <Tiles label={t().figures} figures={tilesOf(found)} />
      <TrustTable offices={found.offices} />
      <div class="columns even">
        <Week weights={found.hourOfWeek} />
        <Details found={found} />
      </div>
    </>
  );
}

function tilesOf(c: CalibrationReading): Figure[] {
  const hours = (v: number | null | undefined) => (v === null || v === undefined ? none : t().hours(decimal(v, v < 10 ? 1 : 0)));
  return [
    { label: t().arrivals, value: share(c.arrivalCoverage, 0), note: t().band },
    { label: t().ends, value: share(c.endCoverage, 0), note: t().band },
    { label: t().week, value: count(c.casesPerWeek), note: t().weekNote },
    { label: t().arrivalDistance, value: hours(c.arrivalDistanceHours), note: t().emd },
    { label: t().cycleDistance, value: hours(c.cycleDistanceHours), note: t().emd },
    { label: t().hourDistance, value: hours(c.circadianDistanceHours), note: t().emd },
  ];
}
