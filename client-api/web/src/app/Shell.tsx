import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { heardAt, connection, listen } from '../city/live';
import { clock, cityNow } from '../city/clock';
import { cityNameEn, cityNameVi } from '../city/board';
import { readCatalogue } from '../city/catalogue';
import { moment as written, none, relative, decimal } from '../i18n/format';
import { language, languages, named, speak, texts, type Language } from '../i18n/language';
import { Icon, type IconName } from '../parts/icon';
import { routes, type Route } from './routes';
import { theme, themes, wear, type Theme } from './theme';

const t = texts(
  {
    skip: 'Tới nội dung chính', menu: 'Trang', language: 'Ngôn ngữ', live: 'Trực tuyến', connecting: 'Đang kết nối', lost: 'Mất kết nối',
    stale: (ago: string) => `Mất kết nối với thành phố. Số liệu bạn thấy là của ${ago}; đang tự kết nối lại.`, never: 'Không kết nối được với thành phố; đang thử lại.',
    theme: (name: string) => `Giao diện: ${name}. Bấm để đổi.`, system: 'theo hệ thống', light: 'sáng', dark: 'tối', speed: (x: string) => `nhanh ${x} lần`, still: 'đồng hồ đứng yên', time: 'Giờ của thành phố',
  },
  {
    skip: 'To the content', menu: 'Pages', language: 'Language', live: 'Live', connecting: 'Connecting', lost: 'No connection',
    stale: (ago: string) => `The connection to the city is lost. What you see is from ${ago}; connecting again.`, never: 'The city cannot be reached; trying again.',
    theme: (name: string) => `Colours: ${name}. Press to change.`, system: 'as the system', light: 'light', dark: 'dark', speed: (x: string) => `${x} times as fast`, still: 'the clock stands still', time: 'The city’s time',
  },
  {
    skip: 'Aller au contenu', menu: 'Pages', language: 'Langue', live: 'En direct', connecting: 'Connexion', lost: 'Hors connexion',
    stale: (ago: string) => `La connexion à la ville est perdue. Ce que vous voyez date d’${ago} ; reconnexion en cours.`, never: 'La ville est injoignable ; nouvel essai en cours.',
    theme: (name: string) => `Couleurs : ${name}. Appuyer pour changer.`, system: 'comme le système', light: 'claires', dark: 'sombres', speed: (x: string) => `${x} fois plus vite`, still: 'l’horloge est arrêtée', time: 'Heure de la ville',
  },
);

const themeIcons: Record<Theme, IconName> = { system: 'system', light: 'sun', dark: 'moon' };

/** The frame of every page: menu, the city's time, how fresh what you see is, language and colours. */
export function Shell({ route, children }: { route: Route | undefined; children: ComponentChildren }) {
  useEffect(() => {
    listen();
    readCatalogue().catch(() => undefined);
  }, []);
  const city = cityNameVi.value ? named({ nameVi: cityNameVi.value, nameEn: cityNameEn.value ?? '' }) : '';
  const page = routes.find((r) => r === route)?.menu?.label();
  useEffect(() => {
    document.title = [page, city, 'CityTwin'].filter(Boolean).join(' · ');
  });
  // On a narrow screen the menu scrolls: the page that one is on stays in sight.
  useEffect(() => {
    const menu = document.querySelector('.menu');
    const current = menu?.querySelector<HTMLElement>('[aria-current]');
    menu?.scrollTo({ left: (current?.offsetLeft ?? 0) - 24 });
  }, [route]);
  return (
    <>
      <a class="skip" href="#main">{t().skip}</a>
      <header class="bar">
        <a class="brand" href="/" aria-label="CityTwin">
          <svg viewBox="0 0 16 16" aria-hidden="true"><rect width="16" height="16" rx="4" fill="var(--accent)" /><path d="M3 13V7l3-2v8m1 0V3l4 2v8m1 0V8h1v5" fill="none" stroke="var(--accent-ink)" /></svg>
          <span>CityTwin</span>
        </a>
        <nav class="menu" aria-label={t().menu}>
          {routes.map((r) => r.menu && (
            <a key={r.pattern} href={r.pattern} aria-current={isWithin(r, route) ? 'page' : undefined}>
              <Icon name={r.menu.icon} />{r.menu.label()}
            </a>
          ))}
        </nav>
        <div class="bar-end">
          <CityTime />
          <Heart />
          <label>
            <span class="hidden">{t().language}</span>
            <select class="pick" value={language.value} onChange={(e) => speak(e.currentTarget.value as Language)}>
              {languages.map((l) => <option key={l} value={l}>{l.toUpperCase()}</option>)}
            </select>
          </label>
          <button class="button quiet square" aria-label={t().theme(t()[theme.value])} title={t().theme(t()[theme.value])} onClick={() => wear(themes[(themes.indexOf(theme.value) + 1) % themes.length]!)}>
            <Icon name={themeIcons[theme.value]} />
          </button>
        </div>
      </header>
      <Freshness />
      <main id="main" tabIndex={-1}>{children}</main>
    </>
  );
}

function isWithin(candidate: Route, route: Route | undefined): boolean {
  return candidate === route || (route !== undefined && (candidate.load.toString() === route.load.toString() || route.pattern.startsWith(`${candidate.pattern}/`)));
}

function CityTime() {
  const reading = clock.value;
  return (
    <div class="city-time" title={t().time}>
      <b>{reading ? written(cityNow.value, 'minute') : none}</b>
      <small>{reading ? written(cityNow.value, 'day') : '\u00a0'}{reading && reading.mode !== 'wall' && <span class="wide"> · {reading.mode === 'driven' ? t().still : t().speed(decimal(reading.speed, 0))}</span>}</small>
    </div>
  );
}

function Heart() {
  return <span class={`heart ${connection.value}`} role="status"><span class="wide">{t()[connection.value]}</span><span class="hidden">{t()[connection.value]}</span></span>;
}

/** When the connection is lost: how old what you see is. */
function Freshness() {
  void cityNow.value;
  if (connection.value !== 'lost') {
    return null;
  }
  return (
    <div class="banner" role="alert">
      <Icon name="warning" />
      {heardAt.value > 0 ? t().stale(relative(heardAt.value - Date.now())) : t().never}
    </div>
  );
}
