import { rangeOf, type RunCharts } from '../../../bench/contract';
import { writeDifference, writeRange } from '../../../bench/figures';
import { BarsPlot } from '../../../bench/IntervalPlot';
import { count, decimal } from '../../../i18n/format';
import { texts } from '../../../i18n/language';

const t = texts(
  { title: 'Câu trả lời dựa vào đâu', sub: 'tỷ lệ đúng hạn đổi bao nhiêu khi một giả định ít hoặc nhiều hơn một phần năm', assumption: 'Giả định', less: 'ít hơn 20%', more: 'nhiều hơn 20%', Demand: 'Số hồ sơ', 'Handling time': 'Công xử lý', 'Process days': 'Ngày không ai xử lý', Escalations: 'Chuyển cấp', 'Questions to citizens': 'Hỏi lại công dân', 'Filed online': 'Nộp trực tuyến', savings: 'Ngày tiết kiệm mỗi năm', service: 'Thủ tục', daysOff: 'Bớt ngày', cases: 'Hồ sơ mỗi năm', perYear: 'Ngày chờ bớt mỗi năm', sum: 'Cộng' },
  { title: 'What the answer hangs on', sub: 'the share on time when one assumption is a fifth less or more', assumption: 'Assumption', less: '20% less', more: '20% more', Demand: 'Demand', 'Handling time': 'Handling time', 'Process days': 'Days in which nobody handles a case', Escalations: 'Escalations', 'Questions to citizens': 'Questions to citizens', 'Filed online': 'Filed online', savings: 'Days saved a year', service: 'Procedure', daysOff: 'Days off', cases: 'Cases a year', perYear: 'Days of waiting saved', sum: 'Sum' },
  { title: 'De quoi dépend la réponse', sub: 'la part dans les délais quand une hypothèse varie d’un cinquième', assumption: 'Hypothèse', less: '20 % de moins', more: '20 % de plus', Demand: 'Demande', 'Handling time': 'Temps de traitement', 'Process days': 'Jours sans traitement', Escalations: 'Transmissions', 'Questions to citizens': 'Questions aux usagers', 'Filed online': 'Dépôt en ligne', savings: 'Jours gagnés par an', service: 'Démarche', daysOff: 'Jours en moins', cases: 'Dossiers par an', perYear: 'Jours d’attente gagnés', sum: 'Somme' },
);

const key = 'on_time_share';

/** Each assumption a fifth less and more, the most telling first. */
export function Tornado({ charts }: { charts: RunCharts }) {
  const rows = charts.sensitivities.map((s) => ({ name: nameOf(s.name), less: rangeOf(s.less), more: rangeOf(s.more) })).filter((r) => r.less && r.more);
  const reach = Math.max(0.1, ...rows.map((r) => Math.max(Math.abs(r.less!.estimate), Math.abs(r.more!.estimate)))) * 1.05;
  return (
    <section class="card" aria-labelledby="tornado">
      <div class="card-head"><h2 id="tornado">{t().title}</h2><span class="soft">{t().sub}</span><ul class="keys end"><li><span class="swatch" style={{ background: 'var(--chart-1)' }} />{t().less}</li><li><span class="swatch" style={{ background: 'var(--chart-2)' }} />{t().more}</li></ul></div>
      <div class="table-scroll">
        <table class="list figure-table">
          <thead><tr><th scope="col">{t().assumption}</th><th scope="col" class="wide"><span class="hidden">{t().title}</span></th><th scope="col" class="num">{t().less}</th><th scope="col" class="num">{t().more}</th></tr></thead>
          <tbody>{rows.map((r) => <tr key={r.name}><th scope="row" class="row-head">{r.name}</th><td class="plot wide"><BarsPlot less={r.less!} more={r.more!} reach={reach} /></td>{[r.less!, r.more!].map((v, i) => <td key={i} class="num">{writeDifference(key, v.estimate, 2)}<span class="range">{writeRange(key, v)}</span></td>)}</tr>)}</tbody>
        </table>
      </div>
    </section>
  );
}

function nameOf(name: string): string {
  const plain = name.replace(/ ±20 %$/, '');
  return (t() as unknown as Record<string, string | undefined>)[plain] ?? plain;
}

/** What simpler procedures save, as the city counts it. */
export function Savings({ charts }: { charts: RunCharts }) {
  const rows = [...charts.savings].sort((a, b) => b.daysPerYear - a.daysPerYear);
  const sum = (of: (s: (typeof rows)[number]) => number) => rows.reduce((total, s) => total + of(s), 0);
  return (
    <section class="card" aria-labelledby="savings">
      <div class="card-head"><h2 id="savings">{t().savings}</h2></div>
      <div class="table-scroll scroll-y" tabIndex={0}>
        <table class="list">
          <thead><tr><th scope="col">{t().service}</th><th scope="col" class="num">{t().daysOff}</th><th scope="col" class="num wide">{t().cases}</th><th scope="col" class="num">{t().perYear}</th></tr></thead>
          <tbody>
            <tr class="chosen"><td><b>{t().sum}</b></td><td class="num"><b>{decimal(sum((s) => s.daysOff), 1)}</b></td><td class="num wide"><b>{count(sum((s) => s.casesPerYear))}</b></td><td class="num"><b>{count(sum((s) => s.daysPerYear))}</b></td></tr>
            {rows.map((s) => <tr key={s.service}><td>{s.service}</td><td class="num">{decimal(s.daysOff, 2)}</td><td class="num wide">{count(s.casesPerYear)}</td><td class="num">{count(s.daysPerYear)}</td></tr>)}
          </tbody>
        </table>
      </div>
    </section>
  );
}
