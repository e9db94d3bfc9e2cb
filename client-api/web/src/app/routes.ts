// Every page: its address, the module that draws it (loaded when it is first opened), and its place in the menu.
// A new page is a folder in src/pages and a line here; docs/pages.md says what its module exports.
import { texts } from '../i18n/language';
import type { IconName } from '../parts/icon';
import type { PageModule } from './page';

export interface Route {
  /** As /cases/:id. */
  readonly pattern: string;
  readonly load: () => Promise<PageModule>;
  /** In the menu; without it the page is reached from other pages. */
  readonly menu?: { readonly label: () => string; readonly icon: IconName };
}

const t = texts(
  { board: 'Điều hành', cases: 'Hồ sơ', intake: 'Tiếp nhận', query: 'Hỏi', runtime: 'Vận hành', sensors: 'Cảm biến', whatif: 'Hoạch định' },
  { board: 'Board', cases: 'Cases', intake: 'Intake', query: 'Ask', runtime: 'Runtime', sensors: 'Sensors', whatif: 'Planning' },
  { board: 'Pilotage', cases: 'Dossiers', intake: 'Accueil', query: 'Requêtes', runtime: 'Exécution', sensors: 'Capteurs', whatif: 'Prévision' },
);

export const routes: readonly Route[] = [
  { pattern: '/', load: () => import('../pages/board'), menu: { label: () => t().board, icon: 'board' } },
  { pattern: '/board', load: () => import('../pages/board') },
  { pattern: '/cases', load: () => import('../pages/cases'), menu: { label: () => t().cases, icon: 'case' } },
  { pattern: '/cases/:id', load: () => import('../pages/case') },
  { pattern: '/intake', load: () => import('../pages/intake'), menu: { label: () => t().intake, icon: 'intake' } },
  { pattern: '/query', load: () => import('../pages/query'), menu: { label: () => t().query, icon: 'query' } },
  { pattern: '/sensors', load: () => import('../pages/sensors'), menu: { label: () => t().sensors, icon: 'sensor' } },
  { pattern: '/sensors/:id', load: () => import('../pages/sensor') },
  { pattern: '/whatif', load: () => import('../pages/whatif'), menu: { label: () => t().whatif, icon: 'bench' } },
  { pattern: '/whatif/new', load: () => import('../pages/whatif/builder') },
  { pattern: '/whatif/compare', load: () => import('../pages/whatif/compare') },
  { pattern: '/whatif/calibration', load: () => import('../pages/whatif/calibration') },
  { pattern: '/whatif/runs/:id', load: () => import('../pages/whatif/run') },
  { pattern: '/runtime', load: () => import('../pages/runtime'), menu: { label: () => t().runtime, icon: 'runtime' } },
  { pattern: '/desks/:id', load: () => import('../pages/desk') },
  { pattern: '/communes/:id', load: () => import('../pages/office') },
  { pattern: '/departments/:id', load: () => import('../pages/office') },
];

/** The route of a path, and the members of its address. */
export function match(path: string): { route: Route; params: Record<string, string> } | undefined {
  const parts = path.split('/').filter(Boolean);
  for (const route of routes) {
    const wanted = route.pattern.split('/').filter(Boolean);
    if (wanted.length !== parts.length) {
      continue;
    }
    const params: Record<string, string> = {};
    const fits = wanted.every((name, i) => {
      const part = decodeURIComponent(parts[i] ?? '');
      if (name.startsWith(':')) {
        params[name.slice(1)] = part;
        return true;
      }
      return name === part;
    });
    if (fits) {
      return { route, params };
    }
  }
  return undefined;
}
