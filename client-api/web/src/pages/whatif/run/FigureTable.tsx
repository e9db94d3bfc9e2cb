import { rangeOf, type Range, type VariantCharts } from '../../../bench/contract';
import { digitsFor, nameOf, verdict, verdictTone, verdictWord, write, writeDifference, writeRange } from '../../../bench/figures';
import { IntervalPlot } from '../../../bench/IntervalPlot';
import { share } from '../../../i18n/format';
import { texts } from '../../../i18n/language';

const t = texts(
  { title: 'Khác biệt theo cặp', figure: 'Chỉ số', base: 'Không đổi', value: 'Có thay đổi', difference: 'Khác biệt', change: (r: string) => `So với nền, ±${r}`, verdict: 'Nghĩa là', values: 'Chỉ số', interval: (c: string) => `Khoảng ${c}` },
  { title: 'Paired differences', figure: 'Figure', base: 'Without', value: 'With the changes', difference: 'Difference', change: (r: string) => `Against the base, ±${r}`, verdict: 'Meaning', values: 'Figures', interval: (c: string) => `${c} interval` },
  { title: 'Écarts par paires', figure: 'Chiffre', base: 'Sans', value: 'Avec les changements', difference: 'Écart', change: (r: string) => `Par rapport à la base, ±${r}`, verdict: 'Lecture', values: 'Chiffres', interval: (c: string) => `Intervalle à ${c}` },
);

const reachMin = 0.02;

/** Every figure without and with the changes, and the paired difference with its interval. */
export function FigureTable({ variant, confidence }: { variant: VariantCharts; confidence: number }) {
  const rows = variant.figures.filter((f) => rangeOf(f.base) !== undefined && !(f.key === 'overtime' && f.base.estimate === 0 && (f.value?.estimate ?? 0) === 0));
  const hasChanges = rows.some((f) => f.difference);
  const relative = rows.map((f) => relativeOf(rangeOf(f.difference), f.base.estimate));
  const reach = reachOf(relative.flatMap((r) => (r ? [Math.max(Math.abs(r.low), Math.abs(r.high))] : [])));
  return (
    <section class="card" aria-labelledby="figures">
      <div class="card-head"><h2 id="figures">{hasChanges ? t().title : t().values}</h2><span class="soft">{t().interval(share(confidence, 0))}</span></div>
      <div class="table-scroll">
        <table class="list figure-table">
          <thead>
            <tr>
              <th scope="col">{t().figure}</th><th scope="col" class={`num ${hasChanges ? 'wide' : ''}`}>{t().base}</th>
              {hasChanges && <><th scope="col" class="num wide">{t().value}</th><th scope="col" class="num">{t().difference}</th><th scope="col" class="wide">{t().change(share(reach, reach < 0.1 ? 1 : 0))}</th><th scope="col" class="wide">{t().verdict}</th></>}
            </tr>
          </thead>
          <tbody>
            {rows.map((f, i) => {
              const difference = rangeOf(f.difference);
              const base = rangeOf(f.base)!;
              const says = difference && verdict(difference, f.isHigherBetter);
              return (
                <tr key={f.key}>
                  <th scope="row" class="row-head">{nameOf(f.key, f.name)}{hasChanges && <span class="range narrow-only">{write(f.key, f.base.estimate)} → {write(f.key, f.value?.estimate)}</span>}</th>
                  <td class={`num ${hasChanges ? 'wide' : ''}`}>{write(f.key, f.base.estimate)}{!hasChanges && <span class="range">{write(f.key, base.low)} … {write(f.key, base.high)}</span>}</td>
                  {hasChanges && (
                    <>
                      <td class="num wide">{write(f.key, f.value?.estimate)}</td>
                      <td class="num">{difference && <><b class={says && verdictTone[says]}>{writeDifference(f.key, difference.estimate, digitsFor(f.key, difference))}</b><span class="range">{writeRange(f.key, difference)}</span></>}</td>
                      <td class="plot wide">{relative[i] && <IntervalPlot range={relative[i]} scale={{ min: -reach, max: reach }} tone={says === 'better' ? 'good' : says === 'worse' ? 'bad' : 'even'} />}</td>
                      <td class="wide">{says && <span class={`chip ${verdictTone[says]}`}>{verdictWord(says)}</span>}</td>
                    </>
                  )}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}

// One figure that changes many times as much as the others would press these into the middle: it is drawn as an arrow at the edge.
function reachOf(sizes: readonly number[]): number {
  const sorted = [...sizes].sort((a, b) => a - b);
  const most = sorted.at(-1) ?? 0;
  const next = sorted.at(-2) ?? most;
  return Math.min(1, Math.max(reachMin, most > 4 * next ? next : most) * 1.1);
}

function relativeOf(difference: Range | undefined, base: number | null | undefined): Range | undefined {
  return difference && base ? { estimate: difference.estimate / Math.abs(base), low: difference.low / Math.abs(base), high: difference.high / Math.abs(base) } : undefined;
}
