import { useEffect, useState } from 'preact/hooks';
import { get, getText } from '../../../api/client';
import type { PageProps } from '../../../app/page';
import { go, place, withQuery } from '../../../app/location';
import { isOver, runs, takeRun, type RunReading } from '../../../city/runs';
import { liveBoard } from '../../../city/board';
import { useResource } from '../../../city/resource';
import { CopyLink, DeleteButton, KeepButton, RenameButton } from '../../../bench/actions';
import { dayWords } from '../../../bench/days';
import type { RunCharts } from '../../../bench/contract';
import { CancelButton, ProgressBar, progressWords, StatusChip } from '../../../bench/RunProgress';
import { count, moment, share } from '../../../i18n/format';
import { named, texts } from '../../../i18n/language';
import { Failed, Loading, Old, PageLoading } from '../../../parts/states';
import { BacklogBands } from './BacklogBands';
import { Desks } from './Desks';
import { FigureTable } from './FigureTable';
import { Offices } from './Offices';
import { Ranking } from './Ranking';
import { ResultMap } from './ResultMap';
import { SoFar } from './SoFar';
import { SweepCurve } from './SweepCurve';
import { Savings, Tornado } from './Tornado';
import { Verdict } from './Verdict';
import '../../../bench/bench.css';

const t = texts(
  {
    again: 'Sửa và chạy lại', csv: 'Tải CSV', html: 'Báo cáo HTML', back: 'Bàn hoạch định', running: 'Đang mô phỏng', runningNote: 'Chạy ở phía máy chủ: có thể rời trang, kết quả vẫn còn ở đây.', failed: 'Lượt chạy không thành', cancelled: 'Lượt chạy đã bị dừng', cancelledNote: 'Không có kết quả. Sửa kịch bản hoặc chạy lại như cũ.', cancelledSoFar: 'Chỉ còn những gì đã biết tới lúc dừng. Sửa kịch bản hoặc chạy lại như cũ để có đủ biểu đồ.', text: 'Kịch bản', variant: 'Xem phương án', old: 'Lượt chạy này do phiên bản trước thực hiện: chỉ có bảng số và báo cáo HTML. Chạy lại để có biểu đồ.',
    from: (d: string, n: string) => `${n} ngày từ ${d}`, live: (c: string, at: string, n: string) => `${c}, từ trạng thái lúc ${at} với ${n} hồ sơ đang mở`, empty: (c: string, n: string) => `${c} bắt đầu trống, ${n} ngày đầu không tính`, pairs: (n: string, c: string, s: string) => `${n} cặp mô phỏng, khoảng ${c}, hạt ${s}`, noTornado: 'Muốn biết câu trả lời dựa vào giả định nào? Chọn “Độ nhạy” rồi chạy lại.',
  },
  {
    again: 'Change and run again', csv: 'Download CSV', html: 'HTML report', back: 'Planner’s bench', running: 'Being simulated', runningNote: 'It runs on the server: leave the page if you like, the result stays here.', failed: 'The run failed', cancelled: 'The run was stopped', cancelledNote: 'It has no result. Change the scenario, or run it again as it is.', cancelledSoFar: 'What was known by then is all there is. Change the scenario, or run it again as it is for all charts.', text: 'Scenario', variant: 'Show variant', old: 'An earlier version made this run: it has figures and an HTML report only. Run it again for charts.',
    from: (d: string, n: string) => `${n} days from ${d}`, live: (c: string, at: string, n: string) => `${c}, from its state of ${at} with ${n} open cases`, empty: (c: string, n: string) => `${c} from empty, the first ${n} days not counted`, pairs: (n: string, c: string, s: string) => `${n} pairs of simulations, ${c} intervals, seed ${s}`, noTornado: 'Which assumptions does the answer hang on? Choose “Sensitivities” and run it again.',
  },
  {
    again: 'Modifier et recalculer', csv: 'Télécharger CSV', html: 'Rapport HTML', back: 'Banc de prévision', running: 'Simulation en cours', runningNote: 'Le calcul se fait sur le serveur : vous pouvez quitter la page, le résultat restera ici.', failed: 'Le calcul a échoué', cancelled: 'Le calcul a été arrêté', cancelledNote: 'Il n’a pas de résultat. Modifiez le scénario ou relancez-le tel quel.', cancelledSoFar: 'Il ne reste que ce qui était connu alors. Modifiez le scénario, ou relancez-le tel quel pour tous les graphiques.', text: 'Scénario', variant: 'Montrer la variante', old: 'Une version antérieure a fait ce calcul : il n’a que des chiffres et un rapport HTML. Relancez-le pour les graphiques.',
    from: (d: string, n: string) => `${n} jours dès le ${d}`, live: (c: string, at: string, n: string) => `${c}, depuis son état du ${at} avec ${n} dossiers ouverts`, empty: (c: string, n: string) => `${c} vide au départ, les ${n} premiers jours non comptés`, pairs: (n: string, c: string, s: string) => `${n} paires de simulations, intervalles à ${c}, graine ${s}`, noTornado: 'De quelles hypothèses la réponse dépend-elle ? Choisissez « Sensibilités » et relancez.',
  },
);

/** One run: how far it is, and what it says. Its address is what people share. */
export default function RunPage({ params }: PageProps) {
  const id = params['id'] ?? '';
  const told = runs.value.get(Number(id));
  const reading = useResource(`run ${id}`, async (signal) => {
    const run = await get('/whatif/runs/{id}', { path: { id }, signal });
    takeRun(run);
    return run;
  }, told && isOver(told) ? 0 : 3000);
  const run = told ?? reading.value;
  useEffect(() => {
    if (run?.kind === 'calibration') {
      go(`/whatif/calibration?run=${run.id}`, { replace: true });
    }
  }, [run?.kind]);
  if (!run || (!reading.value && reading.error)) {
    return <div class="page"><h1 class="hidden">{t().text}</h1>{reading.error ? <Failed error={reading.error} retry={reading.reload} /> : <PageLoading />}</div>;
  }
  return (
    <div class="page">
      <div class="page-head">
        <div>
          <p class="small"><a href="/whatif">{t().back}</a></p>
          <h1>{run.name} {run.status === 'done' ? <KeepButton run={run} /> : <StatusChip run={run} />}</h1>
        </div>
        <div class="actions">
          {isOver(run) && <DeleteButton run={run} onGone={() => go('/whatif')} />}
          <RenameButton run={run} />
          {run.status === 'done' && <><a class="button" href={`/whatif/runs/${id}/replications`} download={`run-${id}.csv`} data-document="">{t().csv}</a><a class="button" href={`/whatif/runs/${id}/report`} target="_blank" rel="noopener">{t().html}</a></>}
          <CopyLink address={() => place.peek().path + (place.peek().query.size > 0 ? `?${place.peek().query}` : '')} />
          <a class={`button ${isOver(run) ? 'primary' : ''}`} href={`/whatif/new?run=${id}`}>{t().again}</a>
        </div>
      </div>
      {reading.error !== undefined && <Old error={reading.error} retry={reading.reload} />}
      {!isOver(run) && <UnderWay run={run} />}
      {run.status === 'failed' && <section class="card card-body" role="alert"><h2>{t().failed}</h2><p lang="en">{run.reason}</p></section>}
      {run.status === 'cancelled' && <section class="card card-body"><h2>{t().cancelled}</h2><p class="soft">{run.soFar ? t().cancelledSoFar : t().cancelledNote}</p></section>}
      {run.soFar && run.status !== 'done' && <SoFar known={run.soFar} isOver={isOver(run)} />}
      {run.status === 'done' && <Result run={run} />}
      <ScenarioText id={id} isShown={run.status !== 'done'} />
    </div>
  );
}

function UnderWay({ run }: { run: RunReading }) {
  return (
    <section class="card card-body stack" aria-labelledby="under-way">
      <h2 id="under-way">{t().running}</h2>
      <ProgressBar run={run} />
      <div class="actions"><span role="status">{progressWords(run)}</span><CancelButton run={run} /></div>
      <p class="soft small">{t().runningNote}</p>
    </section>
  );
}

function Result({ run }: { run: RunReading }) {
  const id = String(run.id);
  const reading = useResource(`charts ${id}`, (signal) => get('/whatif/runs/{id}/charts', { path: { id }, signal }));
  const charts = reading.value;
  if (!charts) {
    return reading.error ? (run.figures ? <><p class="note">{t().old}</p><FigureTable variant={{ name: run.name, figures: run.figures, offices: [], desks: [] }} confidence={0.95} /></> : <Failed error={reading.error} retry={reading.reload} />) : <Loading lines={8} />;
  }
  return <Charts run={run} charts={charts} />;
}

function Charts({ run, charts }: { run: RunReading; charts: RunCharts }) {
  const base = charts.variants[0]!;
  const asked = Number(place.value.query.get('variant') ?? NaN);
  const last = charts.variants.length - 1;
  const chosen = Number.isInteger(asked) && asked >= 1 && asked <= last ? asked : last;
  const changed = last > 0 ? charts.variants[chosen] : undefined;
  // Results of the city that is served are drawn with its own borders and lead to its own pages.
  const names = useResource(`result names ${run.base}`, (signal) => get('/whatif/bases/{city}', { path: { city: run.base }, signal }));
  const live = useResource('result names live', (signal) => get('/whatif/bases/{city}', { path: { city: 'live' }, signal }));
  const profiles = names.value?.offices ?? [];
  const isServed = !!live.value && profiles.length > 0 && live.value.offices.length === profiles.length && live.value.offices[0]?.id === profiles[0]?.id;
  return (
    <>
      <p class="soft">{facts(run, charts)}</p>
      {last > 1 && <VariantPick charts={charts} chosen={chosen} />}
      <Verdict variant={changed ?? base} replications={charts.replications} confidence={charts.confidence} />
      <Ranking charts={charts} chosen={chosen} />
      {charts.sweep && <SweepCurve charts={charts} />}
      <FigureTable variant={changed ?? base} confidence={charts.confidence} />
      <div class="columns even">
        <BacklogBands days={charts.workingDays} warmUp={charts.warmUpDays > 0 ? charts.workingDays.find((d) => Date.parse(d) >= Date.parse(charts.start) + charts.warmUpDays * 86_400_000) : undefined} base={base} changed={changed} />
        <ResultMap profiles={profiles} isServed={isServed} base={base} changed={changed} />
      </div>
      {charts.sensitivities.length > 0 ? <Tornado charts={charts} /> : changed && <p class="note">{t().noTornado}</p>}
      <Desks base={base} changed={changed} names={names.value} />
      <div class={charts.savings.length > 0 ? 'columns even' : ''}>
        <Offices profiles={profiles} isServed={isServed} base={base} changed={changed} namedOffices={charts.named} />
        {charts.savings.length > 0 && <Savings charts={charts} />}
      </div>
    </>
  );
}

function VariantPick({ charts, chosen }: { charts: RunCharts; chosen: number }) {
  const detailed = charts.variants.map((v, i) => ({ v, i })).filter(({ v, i }) => i > 0 && v.offices.length > 0);
  return (
    <label class="variant-pick"><span class="soft">{t().variant}</span>
      <select class="select-small" value={String(chosen)} onChange={(e) => go(withQuery({ variant: e.currentTarget.value }), { replace: true })}>{detailed.map(({ v, i }) => <option key={i} value={String(i)}>{v.name}</option>)}</select>
    </label>
  );
}

function facts(run: RunReading, charts: RunCharts): string {
  const city = run.base === 'live' ? named(liveBoard.value, 'live') : run.base === 'hcmc' ? 'Hồ Chí Minh' : run.base === 'hue' ? 'Huế' : run.base;
  return [
    charts.liveAt ? t().live(city, moment(charts.liveAt, 'full'), count(charts.liveCases)) : t().empty(city, count(charts.warmUpDays)),
    t().from(dayWords(charts.start), count(charts.days)),
    t().pairs(count(charts.replications), share(charts.confidence, 0), String(charts.seed)),
  ].join(' · ');
}

function ScenarioText({ id, isShown }: { id: string; isShown: boolean }) {
  const [isOpen, setOpen] = useState(isShown);
  const reading = useResource(`scenario ${id} ${isOpen}`, (signal) => (isOpen ? getText(`/whatif/runs/${encodeURIComponent(id)}/scenario`, signal) : Promise.resolve('')));
  return (
    <section class="card">
      <details class="more" open={isOpen} onToggle={(e) => setOpen(e.currentTarget.open)}>
        <summary>{t().text}</summary>
        {!isOpen ? null : reading.value ? <pre class="yaml-shown mono" tabIndex={0}>{reading.value}</pre> : reading.error ? <Failed error={reading.error} retry={reading.reload} /> : <Loading lines={3} />}
      </details>
    </section>
  );
}
