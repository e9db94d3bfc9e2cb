import { unitOrWords } from './values';
import { attributesOf } from '../../parts/query/knowledge';
import { attributeName } from '../../parts/query/attributes';
import { Loading } from '../../parts/states';
import { t } from './texts';

/** What can be asked about one kind of twin, as the city itself tells it. */
export function Reference({ type, onUse }: { type: string; onUse: (attribute: string) => void }) {
  const attributes = attributesOf(type);
  return (
    <section class="card" aria-labelledby="reference">
      <div class="card-head"><h2 id="reference">{t().reference(t().typeOf(type))}</h2><span class="soft">{t().referenceBody}</span></div>
      {attributes.length === 0 ? <Loading lines={6} /> : (
        <div class="table-scroll">
          <table class="list">
            <thead><tr><th scope="col">{t().attribute}</th><th scope="col">{t().means}</th><th scope="col" class="wide">{t().values}</th></tr></thead>
            <tbody>
              {attributes.map((a) => (
                <tr key={a.name}>
                  <td><button class="link mono" onClick={() => onUse(a.name)}>{a.name}</button></td>
                  <td title={a.description}>{attributeName(a.name, type) ?? a.description}</td>
                  <td class="wide soft">{unitOrWords(a)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
