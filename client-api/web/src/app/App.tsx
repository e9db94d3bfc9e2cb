import { useEffect, useState } from 'preact/hooks';
import { Failed, NotHere, PageLoading } from '../parts/states';
import { KeyDialog } from './KeyDialog';
import { place } from './location';
import type { PageModule } from './page';
import { match, type Route } from './routes';
import { Shell } from './Shell';

const loaded = new Map<Route, PageModule>();

/** The page that the address names, within the frame that all pages share. */
export function App() {
  const found = match(place.value.path);
  return (
    <Shell route={found?.route}>
      {found ? <Page key={place.value.path} route={found.route} params={found.params} /> : <NotHere />}
      <KeyDialog />
    </Shell>
  );
}

function Page({ route, params }: { route: Route; params: Record<string, string> }) {
  const [module_, setModule] = useState(loaded.get(route));
  const [error, setError] = useState<unknown>();
  useEffect(() => {
    let isWanted = true;
    route.load().then(
      (m) => {
        loaded.set(route, m);
        if (isWanted) {
          setModule(m);
        }
      },
      (reason: unknown) => isWanted && setError(reason),
    );
    return () => {
      isWanted = false;
    };
  }, [route]);
  if (error) {
    return <Failed error={error} retry={() => window.location.reload()} />;
  }
  if (!module_) {
    return <div class="page"><PageLoading /></div>;
  }
  const Drawn = module_.default;
  return <Drawn params={params} />;
}
