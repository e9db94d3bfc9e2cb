import type { CalibrationReading } from '../../../bench/contract';
import { count, decimal, share } from '../../../i18n/format';
import { texts } from '../../../i18n/language';

const t = texts(
  { title: 'Điều nhật ký cho biết', handling: 'Thời gian xử lý, giờ', activity: 'Việc', seen: 'Lần', fit: 'Phân bố khớp nhất', p: 'p của độ khớp', routing: 'Đi đâu tiếp', from: 'Sau', to: 'Thì', share: 'Tỷ lệ', low: 'hình dạng bị bác bỏ' },
  { title: 'What the journal says', handling: 'Handling times, hours', activity: 'Activity', seen: 'Seen', fit: 'Best fit', p: 'Fit’s p-value', routing: 'What follows what', from: 'After', to: 'Comes', share: 'Share', low: 'shape rejected' },
  { title: 'Ce que dit le journal', handling: 'Temps de traitement, heures', activity: 'Activité', seen: 'Vus', fit: 'Meilleur ajustement', p: 'p de l’ajustement', routing: 'Ce qui suit', from: 'Après', to: 'Vient', share: 'Part', low: 'forme rejetée' },
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
          <tbody>{found.handling.map((h) => <tr key={h.activity}><td lang="en">{h.activity}</td><td class="num">{count(h.count)}</td><td lang="en">{h.fit.words}</td><td class="num wide">{decimal(h.fit.ksPValue, 2)}{h.fit.ksPValue < 0.05 && <small class="warn">{t().low}</small>}</td></tr>)}</tbody>
        </table>
      </div>
      <div class="table-scroll">
        <table class="list figure-table">
          <caption class="caption">{t().routing}</caption>
          <thead><tr><th scope="col">{t().from}</th><th scope="col">{t().to}</th><th scope="col" class="num">{t().share}</th></tr></thead>
          <tbody>{found.routing.slice(0, routesShown).map((r) => <tr key={`${r.from} ${r.to}`}><td lang="en">{r.from}</td><td lang="en">{r.to}</td><td class="num">{share(r.share, 1)}</td></tr>)}</tbody>
        </table>
      </div>
    </section>
  );
}
