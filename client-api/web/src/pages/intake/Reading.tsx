import { useEffect, useState } from 'preact/hooks';
import { post } from '../../api/client';
import type { PostAnswer } from '../../api/contract';
import { serviceName } from '../../city/catalogue';
import { numberOf, pageOf } from '../../city/names';
import { share } from '../../i18n/format';
import type { Draft } from './draft';
import { placeOf } from './place';
import { t } from './texts';

const pauseMs = 350;
const lettersMin = 8;
const shownMax = 3;
const shownMin = 0.005;

/** What the model reads in the report while it is typed: a suggestion with its probability and its reasons, and possible duplicates. The person decides. */
export function Reading({ draft: d, onUse }: { draft: Draft; onUse: (service: string) => void }) {
  const [read, setRead] = useState<PostAnswer<'/feedback/classify'>>();
  const [isOff, setOff] = useState(false);
  const text = d.description.trim();
  useEffect(() => {
    if (text.length < lettersMin) {
      setRead(undefined);
      return undefined;
    }
    let isWanted = true;
    const timer = setTimeout(() => {
      const place = placeOf(d.place);
      post('/feedback/classify', { text, ...(d.commune && { commune: d.commune }), ...(place && { place }) }).then(
        (answer) => { if (isWanted) { setRead(answer); setOff(false); } },
        () => { if (isWanted) { setRead(undefined); setOff(true); } },
      );
    }, pauseMs);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [text, d.commune, d.place]);
  const category = read?.heads.find((h) => h.head === 'category');
  return (
    <section class="card" aria-labelledby="reading">
      <div class="card-head"><h2 id="reading">{t().reading}</h2></div>
      <div class="card-body stack" aria-live="polite">
        {isOff ? <p class="soft">{t().readingOff}</p> : !read || !category ? <p class="soft">{t().readingHint}</p> : (
          <>
            {category.abstains && <p class="note">{t().unsure}</p>}
            <ul class="guesses">
              {category.probabilities.slice(0, shownMax).filter((p, i) => i === 0 || p.probability >= shownMin).map((p) => (
                <li key={p.label}>
                  <span>{serviceName(p.label)}</span>
                  <span class="guess-bar" aria-hidden="true"><span style={{ width: `${Math.round(100 * p.probability)}%` }} /></span>
                  <b>{share(p.probability, 0)}</b>
                  <button type="button" class="button small" aria-pressed={d.service === p.label} aria-label={`${t().use}: ${serviceName(p.label)}`} onClick={() => onUse(p.label)}>{t().use}</button>
                </li>
              ))}
            </ul>
            {category.because.some((w) => w.weight > 0) && <p class="soft">{t().because}: {category.because.filter((w) => w.weight > 0).slice(0, 5).map((w) => `“${w.words}”`).join(', ')}</p>}
            {read.duplicates.length > 0 && <div><h3>{t().duplicates}</h3><ul class="alike">{read.duplicates.map((a) => <li key={a.case}><a class="mono" href={pageOf(a.case)} target="_blank" rel="noopener">{numberOf(a.case)}</a><span>{share(a.likeness, 0)}</span></li>)}</ul></div>}
          </>
        )}
      </div>
    </section>
  );
}
