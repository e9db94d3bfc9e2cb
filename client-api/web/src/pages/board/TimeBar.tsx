import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { get } from '../../api/client';
import { go, withQuery } from '../../app/location';
import { isTravelling, moment } from '../../city/board';
import { calendar, readCalendar } from '../../city/calendar';
import { cityNow, nowMs } from '../../city/clock';
import { moment as written } from '../../i18n/format';
import { texts } from '../../i18n/language';
import { Icon } from '../../parts/icon';

const t = texts(
  { bar: 'Thời gian', drag: 'Kéo về quá khứ', now: 'Bây giờ', back: 'Về hiện tại', play: 'Phát nhanh 60 lần', pause: 'Dừng', hourBack: 'Lùi một giờ', hourOn: 'Tiến một giờ', past: 'Đang xem quá khứ', loading: 'đang đọc…' },
  { bar: 'Time', drag: 'Drag into the past', now: 'Now', back: 'Back to live', play: 'Play at 60 times', pause: 'Stop', hourBack: 'An hour back', hourOn: 'An hour on', past: 'You see the past', loading: 'reading…' },
  { bar: 'Temps', drag: 'Tirer vers le passé', now: 'Maintenant', back: 'Retour au direct', play: 'Lecture 60 fois plus vite', pause: 'Arrêter', hourBack: 'Une heure avant', hourOn: 'Une heure après', past: 'Vous voyez le passé', loading: 'lecture…' },
);

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const windowMs = 14 * dayMs;
const stepMs = 1000;

/** The moment of the city's founding, once known. */
function useFounding(): number | undefined {
  const [founded, setFounded] = useState<number>();
  useEffect(() => {
    readCalendar().catch(() => undefined);
    get('/city/history', { query: { limit: 1 } }).then((h) => setFounded(Date.parse(h.items[0]?.at ?? '')), () => undefined);
  }, []);
  return founded;
}

/** Drag to any past moment, and the whole board shows it; play it forward; or come back to now. */
export function TimeBar() {
  const founded = useFounding();
  const [isPlaying, setPlaying] = useState(false);
  const [dragged, setDragged] = useState<number>();
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const now = cityNow.value;
  const first = Math.max(founded ?? now - dayMs, now - windowMs);
  const shown = dragged ?? (moment.value ? Date.parse(moment.value) : now);

  const show = (at: number) => {
    const isNow = at >= nowMs() - minuteMs;
    go(withQuery({ at: isNow ? undefined : new Date(at).toISOString() }), { replace: moment.peek() !== null });
    if (isNow) {
      setPlaying(false);
    }
  };
  const drag = (at: number) => {
    setDragged(at);
    setPlaying(false);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => { show(at); setDragged(undefined); }, 120);
  };
  useEffect(() => {
    if (!isPlaying) {
      return undefined;
    }
    // A minute each second; while a board is still on its way, time waits for it.
    const playing = setInterval(() => {
      const at = moment.peek();
      if (at !== null && !isTravelling.peek()) {
        show(Date.parse(at) + 60 * stepMs);
      }
    }, stepMs);
    return () => clearInterval(playing);
  }, [isPlaying]);

  const isPast = moment.value !== null || dragged !== undefined;
  return (
    <section class={`time-bar ${isPast ? 'is-past' : ''}`} aria-label={t().bar}>
      <div class="time-buttons">
        <button class="button small square" aria-label={t().hourBack} title={t().hourBack} disabled={shown - hourMs < first} onClick={() => show(shown - hourMs)}><Icon name="back" /></button>
        <button class="button small square" aria-label={isPlaying ? t().pause : t().play} title={isPlaying ? t().pause : t().play} disabled={!isPast} onClick={() => setPlaying(!isPlaying)}><Icon name={isPlaying ? 'pause' : 'play'} /></button>
        <button class="button small square" aria-label={t().hourOn} title={t().hourOn} disabled={!isPast} onClick={() => show(shown + hourMs)}><Icon name="next" /></button>
      </div>
      <output class="time-shown"><b>{written(shown, 'near')}</b><small>{isPast ? `${t().past}${isTravelling.value ? ` · ${t().loading}` : ''}` : t().drag}</small></output>
      <div class="time-track">
        <OfficeHours from={first} to={now} />
        <input type="range" aria-label={t().drag} aria-valuetext={written(shown)} min={first} max={now} step={minuteMs} value={shown} onInput={(e) => drag(Number(e.currentTarget.value))} />
      </div>
      <button class={`button small ${isPast ? 'primary' : ''}`} disabled={!isPast} onClick={() => { setDragged(undefined); clearTimeout(timer.current); setPlaying(false); go(withQuery({ at: undefined })); }}>
        <Icon name="live" />{isPast ? t().back : t().now}
      </button>
    </section>
  );
}

/** The working days behind the slider: where the offices were open, and where a day begins. Drawn anew every half hour of the city. */
function OfficeHours({ from, to }: { from: number; to: number }) {
  const open = calendar.value;
  const half = Math.floor(to / (30 * minuteMs));
  return useMemo(() => {
    const span = to - from;
    if (!open || span <= 0) {
      return null;
    }
    const zone = 7 * hourMs;
    const x = (at: number) => (((at - from) / span) * 1000).toFixed(1);
    let days = '';
    for (let day = Math.ceil((from + zone) / dayMs) * dayMs - zone, n = 0; day < to && n < 40; day += dayMs, n++) {
      days += `M${x(day)},0V1`;
    }
    const step = Math.max(30 * minuteMs, span / 400);
    let hours = '';
    for (let at = from; at < to; at += step) {
      hours += open.isOpen(at) ? `M${x(at)},0H${x(at + step * 1.02)}V1H${x(at)}Z` : '';
    }
    return (
      <svg class="time-hours" viewBox="0 0 1000 1" aria-hidden="true" preserveAspectRatio="none">
        <path class="hours" d={hours} />
        <path class="days" d={days} vector-effect="non-scaling-stroke" />
      </svg>
    );
  }, [open, half, Math.floor(from / (30 * minuteMs))]);
}
