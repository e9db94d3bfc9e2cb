import { useState } from 'preact/hooks';
import { clock } from '../../city/clock';
import { decimal } from '../../i18n/format';
import { texts } from '../../i18n/language';
import { Icon, type IconName } from '../../parts/icon';

const t = texts(
  {
    title: 'Bạn đang xem gì', gotIt: 'Đã hiểu', played: (x: string, m: string) => `Đồng hồ thành phố chạy nhanh ${x} lần: một ngày qua trong ${m} phút.`,
    map: 'Mỗi ô là một xã, phường', mapBody: 'Màu càng đậm, hồ sơ đang mở càng nhiều. Bấm để xem quầy, rồi từng hồ sơ.', watch: 'Cần chú ý', watchBody: 'Nơi quá hạn nhiều nhất, quầy đông nhất, cảm biến đang báo động.', feed: 'Đang diễn ra', feedBody: 'Từng việc ngay khi xảy ra: tiếp nhận, giải quyết, quá hạn.', time: 'Kéo thanh thời gian', timeBody: 'Cả bảng trở về đúng lúc đó; bấm ▷ để phát lại.', ask: 'Hỏi và hoạch định', askBody: 'Hỏi: bất cứ điều gì về thành phố lúc này. Hoạch định: nếu đổi một điều thì sao.',
  },
  {
    title: 'What you see', gotIt: 'Got it', played: (x: string, m: string) => `The city’s clock runs ${x} times as fast: a day passes in ${m} minutes.`,
    map: 'Each shape is a commune', mapBody: 'The darker, the more open cases. Click for its desks, then each case.', watch: 'Needs a look', watchBody: 'Most overdue offices, busiest desks, sensors in alert.', feed: 'Happening now', feedBody: 'Every event as it happens: filed, resolved, overdue.', time: 'Drag the time bar', timeBody: 'The whole board goes back to that moment; ▷ plays on from there.', ask: 'Ask, and plan', askBody: 'Ask: anything about the city now. Planning: what would happen if one thing were different.',
  },
  {
    title: 'Ce que vous voyez', gotIt: 'Compris', played: (x: string, m: string) => `L’horloge de la ville va ${x} fois plus vite : un jour passe en ${m} minutes.`,
    map: 'Chaque forme est une commune', mapBody: 'Plus elle est foncée, plus de dossiers ouverts. Cliquer : ses guichets, puis chaque dossier.', watch: 'À surveiller', watchBody: 'Services les plus en retard, guichets chargés, capteurs en alerte.', feed: 'En ce moment', feedBody: 'Chaque événement dès qu’il survient : dépôt, résultat, retard.', time: 'Tirer la barre du temps', timeBody: 'Tout le tableau revient à ce moment ; ▷ rejoue la suite.', ask: 'Interroger, prévoir', askBody: 'Requêtes : tout sur la ville à présent. Prévision : que se passerait-il si une chose changeait.',
  },
);

const stored = 'citytwin.guide';

/** For whoever sees the board for the first time: what is what, until it is put away. */
export function Guide() {
  const [isShown, setShown] = useState(localStorage.getItem(stored) !== 'seen');
  if (!isShown) {
    return null;
  }
  const reading = clock.value;
  const points: readonly (readonly [IconName, string, string])[] = [['board', t().map, t().mapBody], ['warning', t().watch, t().watchBody], ['runtime', t().feed, t().feedBody], ['clock', t().time, t().timeBody], ['query', t().ask, t().askBody]];
  return (
    <section class="guide" aria-labelledby="guide">
      <div class="guide-head">
        <h2 id="guide">{t().title}</h2>
        {reading && reading.mode === 'accelerated' && <span class="soft">{t().played(decimal(reading.speed, 0), decimal(1440 / reading.speed, 0))}</span>}
        <button class="button small" onClick={() => { localStorage.setItem(stored, 'seen'); setShown(false); }}>{t().gotIt}</button>
      </div>
      <ul>{points.map(([icon, name, body]) => <li key={name}><Icon name={icon} /><span><b>{name}</b><small>{body}</small></span></li>)}</ul>
    </section>
  );
}
