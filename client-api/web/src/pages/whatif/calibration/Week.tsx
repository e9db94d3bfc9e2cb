import { decimal } from '../../../i18n/format';
import { language, texts } from '../../../i18n/language';

const t = texts(
  { title: 'Khi nào hồ sơ đến', sub: 'theo giờ trong tuần; 1 là trung bình', describe: (d: string, h: string, v: string) => `Bản đồ nhiệt 168 giờ trong tuần. Đông nhất: ${d} lúc ${h}, gấp ${v} lần trung bình.`, quiet: 'ít', busy: 'nhiều' },
  { title: 'When cases come', sub: 'by hour of the week; 1 is the mean', describe: (d: string, h: string, v: string) => `Heat map of the 168 hours of a week. Busiest: ${d} at ${h}, ${v} times the mean.`, quiet: 'few', busy: 'many' },
  { title: 'Quand les dossiers arrivent', sub: 'par heure de la semaine ; 1 est la moyenne', describe: (d: string, h: string, v: string) => `Carte de chaleur des 168 heures d’une semaine. La plus chargée : ${d} à ${h}, ${v} fois la moyenne.`, quiet: 'peu', busy: 'beaucoup' },
);

const locales = { vi: 'vi-VN', en: 'en-GB', fr: 'fr-FR' } as const;

/** The 168 hours of a week as the journal has them. */
export function Week({ weights }: { weights: readonly number[] }) {
  const top = Math.max(...weights, 1e-9);
  const busiest = weights.indexOf(top);
  // 5 January 2026 is a Monday.
  const day = (i: number, weekday: 'short' | 'long') => new Intl.DateTimeFormat(locales[language.value], { weekday, timeZone: 'UTC' }).format(Date.UTC(2026, 0, 5 + i));
  const hours = Array.from({ length: 24 }, (_, h) => h);
  return (
    <section class="card" aria-labelledby="week">
      <div class="card-head"><h2 id="week">{t().title}</h2><span class="soft">{t().sub}</span></div>
      <div class="card-body">
        <div class="week" role="img" aria-label={t().describe(day(Math.floor(busiest / 24), 'long'), `${busiest % 24}:00`, decimal(top, 1))}>
          {[0, 1, 2, 3, 4, 5, 6].map((d) => (
            <div key={d} class="week-row">
              <span class="week-day">{day(d, 'short')}</span>
              {hours.map((h) => { const w = weights[d * 24 + h] ?? 0; return <span key={h} class="week-hour" style={{ background: `var(--seq-${w <= 0.005 ? 0 : Math.min(5, 1 + Math.floor(w / top * 4.999))})` }} title={`${day(d, 'long')} ${h}:00 · ${decimal(w, 2)}`} />; })}
            </div>
          ))}
          <div class="week-row week-axis"><span class="week-day" />{hours.map((h) => <span key={h}>{h % 6 === 0 ? h : ''}</span>)}</div>
        </div>
        <p class="keys"><span>{t().quiet}</span><span class="week-legend">{[0, 1, 2, 3, 4, 5].map((i) => <span key={i} style={{ background: `var(--seq-${i})` }} />)}</span><span>{t().busy}</span></p>
      </div>
    </section>
  );
}
