import type { CalibrationReading } from '../../../bench/contract';
import { count, decimal, share } from '../../../i18n/format';
import { texts } from '../../../i18n/language';

const among = (all: Record<string, string>) => (activity: string) => all[activity] ?? activity;

const t = texts(
  { title: 'Điều nhật ký cho biết', handling: 'Thời gian xử lý, giờ', activity: 'Việc', seen: 'Lần', fit: 'Phân bố khớp nhất', p: 'p của độ khớp', routing: 'Đi đâu tiếp', from: 'Sau', to: 'Thì', share: 'Tỷ lệ', low: 'hình dạng bị bác bỏ', median: 'trung vị', activityOf: among({ '(arrival)': 'hồ sơ đến', '(end)': 'kết thúc', filed: 'tiếp nhận', queued: 'vào hàng chờ', handled: 'xử lý', asked: 'hỏi công dân', answered: 'công dân bổ sung', resolved: 'giải quyết', rejected: 'từ chối', escalated: 'chuyển lên', returned: 'trả về', reopened: 'mở lại', withdrawn: 'rút' }) },
  { title: 'What the journal says', handling: 'Handling times, hours', activity: 'Activity', seen: 'Seen', fit: 'Best fit', p: 'Fit’s p-value', routing: 'What follows what', from: 'After', to: 'Comes', share: 'Share', low: 'shape rejected', median: 'median', activityOf: among({ '(arrival)': 'arrival', '(end)': 'the end' }) },
  { title: 'Ce que dit le journal', handling: 'Temps de traitement, heures', activity: 'Activité', seen: 'Vus', fit: 'Meilleur ajustement', p: 'p de l’ajustement', routing: 'Ce qui suit', from: 'Après', to: 'Vient', share: 'Part', low: 'forme rejetée', median: 'médiane', activityOf: among({ '(arrival)': 'arrivée', '(end)': 'fin', filed: 'dépôt', queued: 'mise en file', handled: 'traitement', asked: 'question à l’usager', answered: 'réponse de l’usager', resolved: 'résolu', rejected: 'rejeté', escalated: 'transmis', returned: 'renvoyé', reopened: 'rouvert', withdrawn: 'retiré' }) },
);

const routesShown = 10;

/** Handling times and routing as fitted, for who wants to know what the model is made of. */
export function Details({ found }: { found: CalibrationReading }) {
  return (
    <section class="card" aria-labelledby="details">
      <div class="card-head"><h2 id="details">{t().title}</h2></div>
      <div class="table-scroll">
        <table class="list figure-table">
          <caption class="caption">{t().handling}</caption>
          <thead><tr><th scope="col">{t().activity}</th><th scope="col" class="num">{t().seen}</th><th scope="col">{t().fit}</th><th scope="col" class="num wide">{t().p}</th></tr></thead>
          <tbody>{found.handling.map((h) => <tr key={h.activity}><td>{t().activityOf(h.activity)}</td><td class="num">{count(h.count)}</td><td>{h.fit.words.replace('median', t().median)}</td><td class="num wide">{decimal(h.fit.ksPValue, 2)}{h.fit.ksPValue < 0.05 && <small class="warn">{t().low}</small>}</td></tr>)}</tbody>
        </table>
      </div>
      <div class="table-scroll">
        <table class="list figure-table">
          <caption class="caption">{t().routing}</caption>
          <thead><tr><th scope="col">{t().from}</th><th scope="col">{t().to}</th><th scope="col" class="num">{t().share}</th></tr></thead>
          <tbody>{found.routing.slice(0, routesShown).map((r) => <tr key={`${r.from} ${r.to}`}><td>{t().activityOf(r.from)}</td><td>{t().activityOf(r.to)}</td><td class="num">{share(r.share, 1)}</td></tr>)}</tbody>
        </table>
      </div>
    </section>
  );
}
