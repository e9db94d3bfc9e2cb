import { rangeOf, type RunSoFar } from '../../../bench/contract';
import { digitsFor, headlines, nameOf, verdict, verdictTone, writeDifference, writeRange } from '../../../bench/figures';
import { IntervalPlot } from '../../../bench/IntervalPlot';
import { count, decimal, share } from '../../../i18n/format';
import { texts } from '../../../i18n/language';

const t = texts(
  {
    title: 'Tới lúc này', pairs: (n: string, c: string) => `${n} cặp mô phỏng, khoảng ${c}`, peek: 'Khoảng còn thay đổi khi chạy tiếp; kết quả cuối mới tính.', variant: 'Phương án', figure: 'Chỉ số', difference: 'Khác biệt', precision: 'Độ chính xác', reached: (have: string, want: string) => `Đúng hạn được biết tới ±${have} điểm %; muốn ±${want}.`, more: (n: string) => `Cần khoảng ${n} cặp.`, never: (n: string) => `Không tới được với nhiều nhất ${n} cặp.`, enough: 'Đã đủ chính xác.',
  },
  {
    title: 'So far', pairs: (n: string, c: string) => `${n} pairs of simulations, ${c} intervals`, peek: 'The intervals still move while it runs; only the result counts.', variant: 'Variant', figure: 'Figure', difference: 'Difference', precision: 'Precision', reached: (have: string, want: string) => `On time is known to ±${have} points; ±${want} is wanted.`, more: (n: string) => `That takes about ${n} pairs.`, never: (n: string) => `Not to be reached with ${n} pairs, the most there may be.`, enough: 'It is precise enough.',
  },
  {
    title: 'Jusqu’ici', pairs: (n: string, c: string) => `${n} paires de simulations, intervalles à ${c}`, peek: 'Les intervalles bougent encore pendant le calcul ; seul le résultat compte.', variant: 'Variante', figure: 'Chiffre', difference: 'Écart', precision: 'Précision', reached: (have: string, want: string) => `Les délais sont connus à ±${have} points ; on veut ±${want}.`, more: (n: string) => `Il faut environ ${n} paires.`, never: (n: string) => `Impossible avec ${n} paires, le plus permis.`, enough: 'C’est assez précis.',
  },
);

const first = headlines[0];

/** What a run has shown so far: differences with their intervals, and how far it is to the precision that was asked for. */
export function SoFar({ known, isOver }: { known: RunSoFar; isOver: boolean }) {
  const hasOne = known.variants.length === 1;
  const rows = hasOne
    ? headlines.map((key) => known.figures.find((f) => f.key === key)).flatMap((f) => { const range = rangeOf(f?.difference); return f && range ? [{ name: nameOf(f.key, f.name), key: f.key, range, isHigherBetter: f.isHigherBetter, scale: Math.abs(f.base.estimate ?? 0) || 1 }] : []; })
    : known.variants.flatMap((v) => { const range = rangeOf(v.difference); return range ? [{ name: v.name, key: first as string, range, isHigherBetter: true, scale: 1 }] : []; });
  // What more than doubles is drawn as an arrow, so that the rest can be seen.
  const widest = Math.max(hasOne ? 0.02 : 0.1, ...rows.map((r) => Math.max(Math.abs(r.range.low), Math.abs(r.range.high)) / r.scale)) * 1.1;
  const reach = hasOne ? Math.min(1, widest) : widest;
  return (
    <section class="card" aria-labelledby="so-far">
      <div class="card-head"><h2 id="so-far">{t().title}</h2><span class="soft">{t().pairs(count(known.replications), share(known.confidence, 0))}</span></div>
      {typeof known.halfWidthWanted === 'number' && <Precision known={known} wanted={known.halfWidthWanted} />}
      {rows.length > 0 && (
        <div class="table-scroll">
          <table class="list figure-table">
            <thead><tr><th scope="col">{hasOne ? t().figure : t().variant}</th><th scope="col" class="wide"><span class="hidden">{t().difference}</span></th><th scope="col" class="num">{hasOne ? t().difference : nameOf(first)}</th></tr></thead>
            <tbody>
              {rows.map((r) => {
                const says = verdict(r.range, r.isHigherBetter);
                const plot = { estimate: r.range.estimate / r.scale, low: r.range.low / r.scale, high: r.range.high / r.scale };
                return (
                  <tr key={r.name}>
                    <th scope="row" class="row-head">{r.name}</th>
                    <td class="plot wide"><IntervalPlot range={plot} scale={{ min: -reach, max: reach }} tone={says === 'better' ? 'good' : says === 'worse' ? 'bad' : 'even'} /></td>
                    <td class="num"><b class={verdictTone[says]}>{writeDifference(r.key, r.range.estimate, digitsFor(r.key, r.range))}</b><span class="range">{writeRange(r.key, r.range)}</span></td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
      {!isOver && <p class="card-foot">{t().peek}</p>}
    </section>
  );
}

/** The half-width falls with the root of the pairs: how many more it takes is told by that. */
function Precision({ known, wanted }: { known: RunSoFar; wanted: number }) {
  const needed = Math.ceil(known.replications * (known.halfWidth / wanted) ** 2);
  const reached = known.halfWidth <= wanted ? 1 : (wanted / known.halfWidth) ** 2;
  const digits = wanted < 0.1 ? 2 : wanted < 1 ? 2 : 1;
  const words = `${t().reached(decimal(known.halfWidth, digits), decimal(wanted, digits))} ${reached === 1 ? t().enough : needed > known.replicationsMax ? t().never(count(known.replicationsMax)) : t().more(count(needed))}`;
  return (
    <div class="card-body stack">
      <div class="progress" role="progressbar" aria-label={t().precision} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(reached * 100)} aria-valuetext={words}><span style={{ width: `${reached * 100}%` }} /></div>
      <p>{words}</p>
    </div>
  );
}
