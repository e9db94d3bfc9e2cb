import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { get, getText } from '../../api/client';
import type { RuntimeReading } from '../../api/contract';
import { axis, Chart, type Palette } from '../../charts/Chart';
import { useResource } from '../../city/resource';
import { bytes, count, decimal, moment as written, none } from '../../i18n/format';
import { texts } from '../../i18n/language';
import { Empty, Failed, Loading, Old, PageLoading } from '../../parts/states';
import { Tiles, type Figure } from '../../parts/tile';
import { Inside, journalSize } from './Inside';
import './runtime.css';
import { commandsOf, grown, parse, quantile, rate, value, type Sample } from './metrics';

const vi = {
  title: 'Vận hành', intro: 'Bên trong bộ máy: lượt xử lý, ghi nhật ký, bộ nhớ.', figures: 'Chỉ số', ready: 'Nhận lệnh', notReady: 'Chưa nhận lệnh', turns: 'Lượt/giây', events: (n: string) => `${n} sự kiện/giây`, queue: 'Lệnh đang chờ', lag: (n: string) => `bảng chậm ${n} sự kiện`, batch: 'Sự kiện mỗi lần ghi', commits: (n: string) => `${n} lần ghi/giây`, commit: 'Ghi xong trong', half: (p: string) => `một nửa dưới ${p}`, resident: 'Bản sao trong bộ nhớ', activations: (a: string, p: string) => `${a} nạp, ${p} cất`, memory: 'Bộ nhớ', heap: (n: string) => `${n} do .NET quản lý`,
  speed: 'Tốc độ', latency: 'Độ trễ ghi nhật ký', turnsLine: 'Lượt xử lý', eventsLine: 'Sự kiện', p50: 'trung vị', p99: '99%', commands: 'Lệnh từ bên ngoài', command: 'Lệnh', perSecond: 'mỗi giây', total: 'Tổng', refused: 'Bị từ chối', failed: 'Thất bại', none: 'Chưa có lệnh nào từ bên ngoài', noneBody: 'Lệnh của API được đếm ở đây; bộ phát nội bộ thì không.', journal: 'Nhật ký và an toàn', position: 'Vị trí nhật ký', size: 'Cỡ nhật ký', bytesGrowth: (b: string) => `tăng ${b} mỗi phút`, growth: (n: string) => `${n} sự kiện/giây`, recoveries: 'Lần phục hồi', faults: 'Bản sao bị dừng', repeats: 'Lệnh lặp nhận ra', messages: 'Thông điệp giữa bản sao', refusedMessages: 'trong đó bị từ chối', deadlines: 'Hạn đã đến', gc: 'Dừng để dọn bộ nhớ', collections: (a: string, b: string, c: string) => `dọn ${a} / ${b} / ${c} lần`, raw: 'Số liệu gốc', gathering: 'Đang gom số liệu…', ms: 'ms', describe: (n: string) => `${n} trong hai phút qua`,
};
const en: { [K in keyof typeof vi]: (typeof vi)[K] } = {
  title: 'Runtime', intro: 'Inside the machine: turns, commits, memory.', figures: 'Figures', ready: 'Takes commands', notReady: 'Takes no commands', turns: 'Turns a second', events: (n: string) => `${n} events a second`, queue: 'Commands waiting', lag: (n: string) => `views ${n} events behind`, batch: 'Events a commit', commits: (n: string) => `${n} commits a second`, commit: 'Durable within', half: (p: string) => `half within ${p}`, resident: 'Twins in memory', activations: (a: string, p: string) => `${a} activated, ${p} put out`, memory: 'Memory', heap: (n: string) => `${n} managed`,
  speed: 'Speed', latency: 'Commit latency', turnsLine: 'Turns', eventsLine: 'Events', p50: 'median', p99: '99%', commands: 'Commands from outside', command: 'Command', perSecond: 'A second', total: 'Total', refused: 'Refused', failed: 'Failed', none: 'No command from outside yet', noneBody: 'Commands of the API are counted here, those of the feed are not.', journal: 'Journal and safety', position: 'Journal position', size: 'Journal size', bytesGrowth: (b: string) => `grows ${b} a minute`, growth: (n: string) => `${n} events a second`, recoveries: 'Recoveries', faults: 'Twins stopped', repeats: 'Repeats recognised', messages: 'Messages between twins', refusedMessages: 'of them refused', deadlines: 'Deadlines fired', gc: 'Paused for collections', collections: (a: string, b: string, c: string) => `${a} / ${b} / ${c} collections`, raw: 'Raw metrics', gathering: 'Gathering figures…', ms: 'ms', describe: (n: string) => `${n} over the last two minutes`,
};
const fr: typeof en = {
  title: 'Exécution', intro: 'Dans la machine : tours, écritures, mémoire.', figures: 'Chiffres', ready: 'Prend les ordres', notReady: 'Ne prend pas d’ordre', turns: 'Tours par seconde', events: (n: string) => `${n} événements par seconde`, queue: 'Ordres en attente', lag: (n: string) => `vues en retard de ${n} événements`, batch: 'Événements par écriture', commits: (n: string) => `${n} écritures par seconde`, commit: 'Durable en', half: (p: string) => `la moitié en ${p}`, resident: 'Jumeaux en mémoire', activations: (a: string, p: string) => `${a} activés, ${p} rangés`, memory: 'Mémoire', heap: (n: string) => `${n} gérés`,
  speed: 'Vitesse', latency: 'Latence d’écriture', turnsLine: 'Tours', eventsLine: 'Événements', p50: 'médiane', p99: '99 %', commands: 'Ordres de l’extérieur', command: 'Ordre', perSecond: 'Par seconde', total: 'Total', refused: 'Refusés', failed: 'Échoués', none: 'Aucun ordre de l’extérieur', noneBody: 'Les ordres de l’API sont comptés ici, pas ceux de la simulation.', journal: 'Journal et sûreté', position: 'Position du journal', size: 'Taille du journal', bytesGrowth: (b: string) => `croît de ${b} par minute`, growth: (n: string) => `${n} événements par seconde`, recoveries: 'Reprises', faults: 'Jumeaux arrêtés', repeats: 'Répétitions reconnues', messages: 'Messages entre jumeaux', refusedMessages: 'dont refusés', deadlines: 'Échéances déclenchées', gc: 'Pauses de collecte', collections: (a: string, b: string, c: string) => `${a} / ${b} / ${c} collectes`, raw: 'Mesures brutes', gathering: 'Mesures en cours…', ms: 'ms', describe: (n: string) => `${n} sur les deux dernières minutes`,
};
const t = texts(vi, en, fr);

const everyMs = 1000;
const kept = 120;
/** Figures are means over so many samples, so that they can be read. */
const over = 5;

/** What the runtime does, for developers and operators of the machine: all of it from /metrics, a second at a time. */
export default function RuntimePage() {
  const [samples, setSamples] = useState<readonly Sample[]>([]);
  const [error, setError] = useState<unknown>();
  const sizes = useRef<Sizes | undefined>(undefined);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const abort = new AbortController();
    const read = async () => {
      try {
        const sample = parse(await getText('/metrics', abort.signal), performance.now());
        setSamples((s) => [...s, sample].slice(-kept));
        setError(undefined);
      } catch (reason) {
        if (!abort.signal.aborted) {
          setError(reason);
        }
      }
      if (!abort.signal.aborted) {
        timer = setTimeout(() => void read(), document.hidden ? everyMs * 10 : everyMs);
      }
    };
    void read();
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, []);
  const inside = useResource('runtime', (signal) => get('/runtime', { signal }), 2000);
  const last = samples[samples.length - 1];
  if (!last) {
    return <div class="page">{error ? <Failed error={error} retry={() => setError(undefined)} /> : <PageLoading />}</div>;
  }
  if (inside.value && inside.value.journalBytes !== sizes.current?.last) {
    sizes.current = { first: sizes.current?.first ?? inside.value.journalBytes ?? 0, firstAt: sizes.current?.firstAt ?? performance.now(), last: inside.value.journalBytes ?? 0 };
  }
  const before = samples[Math.max(0, samples.length - 1 - over)];
  return (
    <div class="page">
      <div class="page-head">
        <div><h1>{t().title}</h1><p>{t().intro}</p></div>
        <div class="actions">
          <span class={`chip ${value(last, 'citytwin_ready') ? 'good' : 'bad'}`}>{value(last, 'citytwin_ready') ? t().ready : t().notReady}</span>
          <a class="button small" href="/metrics" target="_blank" rel="noopener">{t().raw}</a>
        </div>
      </div>
      {error !== undefined && <Old error={error} retry={() => setError(undefined)} />}
      <Tiles label={t().figures} figures={figuresOf(before, last)} />
      <div class="columns even">
        <Lines id="speed" title={t().speed} samples={samples} unit="" series={[{ name: t().turnsLine, of: (a, b) => rate(a, b, 'citytwin_turns_total') }, { name: t().eventsLine, of: (a, b) => rate(a, b, 'citytwin_events_total') }]} />
        <Lines id="latency" title={t().latency} samples={samples} unit=" ms" series={[{ name: t().p99, of: (a, b) => ms(quantile(a, b, 'citytwin_commit_duration_seconds', 0.99)) }, { name: t().p50, of: (a, b) => ms(quantile(a, b, 'citytwin_commit_duration_seconds', 0.5)) }]} />
      </div>
      <div class="columns even">
        <CommandTable before={before} last={last} />
        <Journal before={before} last={last} size={journalSize(inside.value)} grown={growthOf(sizes, inside.value)} />
      </div>
      {inside.value ? <Inside of={inside.value} /> : inside.error ? <Failed error={inside.error} retry={inside.reload} /> : <Loading />}
    </div>
  );
}

interface Sizes {
  readonly first: number;
  readonly firstAt: number;
  readonly last: number;
}

// How fast the journal has grown since the page was opened; a file grows in steps, so a minute's mean is the least that can be read.
function growthOf(sizes: MutableSizes, inside: RuntimeReading | undefined): string {
  const s = sizes.current;
  const seconds = s ? (performance.now() - s.firstAt) / 1000 : 0;
  return s && inside && seconds > 10 ? t().bytesGrowth(bytes(((s.last - s.first) / seconds) * 60)) : '';
}

type MutableSizes = { readonly current: Sizes | undefined };

function ms(seconds: number | null): number | null {
  return seconds === null ? null : seconds * 1000;
}

function figuresOf(before: Sample | undefined, last: Sample): Figure[] {
  const commits = grown(before, last, 'citytwin_commits_total');
  const slow = ms(quantile(before, last, 'citytwin_commit_duration_seconds', 0.99));
  const half = ms(quantile(before, last, 'citytwin_commit_duration_seconds', 0.5));
  const milliseconds = (v: number | null) => (v === null ? none : `${decimal(v, v < 10 ? 1 : 0)} ${t().ms}`);
  return [
    { label: t().turns, value: count(rate(before, last, 'citytwin_turns_total')), note: t().events(count(rate(before, last, 'citytwin_events_total'))) },
    { label: t().queue, value: count(value(last, 'citytwin_queue_depth')), note: t().lag(count(value(last, 'citytwin_view_lag_events'))) },
    { label: t().batch, value: commits > 0 ? decimal(grown(before, last, 'citytwin_events_total') / commits, 1) : none, note: t().commits(count(rate(before, last, 'citytwin_commits_total'))) },
    { label: t().commit, value: milliseconds(slow), note: half === null ? '' : t().half(milliseconds(half)) },
    { label: t().resident, value: count(value(last, 'citytwin_twins_resident')), note: t().activations(count(value(last, 'citytwin_activations_total')), count(value(last, 'citytwin_passivations_total'))) },
    { label: t().memory, value: bytes(value(last, 'process_working_set_bytes')), note: t().heap(bytes(value(last, 'dotnet_gc_heap_bytes'))) },
  ];
}

interface Series {
  readonly name: string;
  readonly of: (before: Sample, after: Sample) => number | null;
}

function Lines({ id, title, samples, series, unit }: { id: string; title: string; samples: readonly Sample[]; series: readonly Series[]; unit: string }) {
  const start = performance.timeOrigin;
  const options = useCallback((p: Palette) => ({
    grid: { left: 12, right: 18, top: 34, bottom: 10, containLabel: true },
    legend: { top: 6, right: 12, icon: 'roundRect', itemWidth: 14, itemHeight: 3, textStyle: { color: p.soft } },
    xAxis: axis(p, { type: 'time', splitLine: { show: false }, axisLabel: { color: p.soft, hideOverlap: true, formatter: (at: number) => written(at, 'clock') } }),
    yAxis: axis(p, { type: 'value', min: 0, axisLine: { show: false }, splitNumber: 4 }),
    tooltip: { trigger: 'axis', confine: true, backgroundColor: p.surface, borderColor: p.line, textStyle: { color: p.ink, fontSize: 13 }, valueFormatter: (v: unknown) => (v === null || v === undefined ? none : decimal(Number(v), unit ? 1 : 0) + unit) },
    series: series.map((s, i) => ({ name: s.name, type: 'line', showSymbol: false, connectNulls: true, lineStyle: { width: 2, color: p.series[i], type: i === 1 ? 'dashed' : 'solid' }, itemStyle: { color: p.series[i] }, data: samples.slice(1).map((after, j) => [start + after.at, s.of(samples[j]!, after)]) })),
  }), [samples]);
  return (
    <section class="card" aria-labelledby={id}>
      <div class="card-head"><h2 id={id}>{title}</h2><span class="soft">{unit.trim() || t().perSecond}</span></div>
      {samples.length < 3 ? <div style={{ height: '220px' }}><Empty title={t().gathering} /></div> : <Chart height={220} options={options} describe={t().describe(title)} />}
    </section>
  );
}

function CommandTable({ before, last }: { before: Sample | undefined; last: Sample }) {
  const rows = commandsOf(before, last);
  return (
    <section class="card" aria-labelledby="commands">
      <div class="card-head"><h2 id="commands">{t().commands}</h2></div>
      {rows.length === 0 ? <Empty title={t().none}><p>{t().noneBody}</p></Empty> : (
        <div class="table-scroll">
          <table class="list">
            <thead><tr><th scope="col">{t().command}</th><th scope="col" class="num">{t().perSecond}</th><th scope="col" class="num">{t().total}</th><th scope="col" class="num">{t().refused}</th><th scope="col" class="num">{t().failed}</th></tr></thead>
            <tbody>{rows.map((r) => <tr key={r.command}><td class="mono">{r.command}</td><td class="num">{decimal(r.perSecond, 1)}</td><td class="num">{count(r.total)}</td><td class="num">{count(r.refused)}</td><td class={`num ${r.failed > 0 ? 'bad' : ''}`}>{count(r.failed)}</td></tr>)}</tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Journal({ before, last, size, grown: growth }: { before: Sample | undefined; last: Sample; size: string; grown: string }) {
  const v = (name: string) => count(value(last, name));
  const collections = [0, 1, 2].map((g) => v(`dotnet_gc_collections_total{generation="${g}"}`)) as [string, string, string];
  return (
    <section class="card" aria-labelledby="journal">
      <div class="card-head"><h2 id="journal">{t().journal}</h2></div>
      <dl class="card-body facts numbers">
        <dt>{t().position}</dt><dd>{v('citytwin_journal_position')} <span class="soft">{t().growth(count(rate(before, last, 'citytwin_journal_position')))}</span></dd>
        {size !== '' && <><dt>{t().size}</dt><dd>{size} <span class="soft">{growth}</span></dd></>}
        <dt>{t().recoveries}</dt><dd>{v('citytwin_recoveries_total')}</dd>
        <dt>{t().faults}</dt><dd class={value(last, 'citytwin_faults_total') > 0 ? 'bad' : ''}>{v('citytwin_faults_total')}</dd>
        <dt>{t().messages}</dt><dd>{v('citytwin_messages_total')} <span class="soft">{t().refusedMessages} {v('citytwin_messages_refused_total')}</span></dd>
        <dt>{t().deadlines}</dt><dd>{v('citytwin_deadlines_total')}</dd>
        <dt>{t().repeats}</dt><dd>{v('citytwin_repeats_total')}</dd>
        <dt>{t().gc}</dt><dd>{decimal(value(last, 'dotnet_gc_pause_seconds_total'), 2)} s <span class="soft">{t().collections(...collections)}</span></dd>
      </dl>
    </section>
  );
}
