import { useEffect, useState } from 'preact/hooks';
import { serviceName } from '../../city/catalogue';
import { numberOf, officeName, pageOf } from '../../city/names';
import { count, moment as written } from '../../i18n/format';
import { t } from './texts';
import { watch, type Change } from './watch';

const kept = 100;
const tones = { entered: 'good', changed: '', left: 'warn' } as const;

/** What entered, changed and left a condition since one began to follow it, the newest first. `onNews` is called after each. */
export function Follow({ type, q, onNews }: { type: string; q: string; onNews?: () => void }) {
  const [changes, setChanges] = useState<readonly Change[]>([]);
  const [total, setTotal] = useState(0);
  const [isConnected, setConnected] = useState(true);
  const [hasBegun, setBegun] = useState(false);
  const [refusal, setRefusal] = useState('');
  useEffect(() => {
    setChanges([]);
    setTotal(0);
    setRefusal('');
    setBegun(false);
    let waiting: Change[] = [];
    let came = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    // Read at a reading pace, however much happens.
    const show = () => {
      timer = undefined;
      const fresh = waiting.slice(-kept).reverse();
      const more = came;
      waiting = [];
      came = 0;
      setChanges((c) => [...fresh, ...c].slice(0, kept));
      setTotal((n) => n + more);
      onNews?.();
    };
    const stop = watch(type, q, {
      onChange: (change) => {
        came++;
        waiting.push(change);
        // A hidden tab shows once a minute: what will not be shown is not kept.
        if (waiting.length > 2 * kept) {
          waiting = waiting.slice(-kept);
        }
        timer ??= setTimeout(show, 250);
      },
      onBegun: () => setBegun(true),
      onState: setConnected,
      onRefused: setRefusal,
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [type, q]);
  return (
    <section class="card" aria-labelledby="follow">
      <div class="card-head"><h2 id="follow">{t().following}</h2><span class="soft">{t().followBody}</span><span class="end chip accent">{t().of(count(total))}</span></div>
      {refusal !== '' && <p class="note bad" role="alert">{refusal}</p>}
      {!isConnected && <p class="old" role="status">{t().lost}</p>}
      {changes.length === 0 ? refusal === '' && <p class="card-body soft">{hasBegun ? t().quiet : t().beginning}</p> : (
        <div class="follow-scroll" tabIndex={0} role="log" aria-label={t().following}>
          <ol class="follow-list">
            {changes.map((c) => (
              <li key={`${c.position} ${c.twin}`}>
                <time dateTime={c.at}>{written(c.at, 'clock')}</time>
                <span><span class={`chip ${tones[c.change]}`}>{t()[c.change]}</span></span>
                <span><a href={pageOf(c.twin)}>{nameOf(c)}</a> <span class="soft">{typeof c.values['office'] === 'string' ? officeName(c.values['office']) : ''}</span></span>
              </li>
            ))}
          </ol>
        </div>
      )}
    </section>
  );
}

function nameOf(c: Change): string {
  const service = c.values['service'];
  const name = c.values['name'] ?? c.values['nameVi'];
  return typeof service === 'string' ? `${serviceName(service)} · ${numberOf(c.twin)}` : typeof name === 'string' ? name : officeName(c.twin);
}
