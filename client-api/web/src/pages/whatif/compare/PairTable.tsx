import { rangeOf, type ComparedFigure, type ComparisonAnswer, type Range } from '../../../bench/contract';
import { digitsFor, nameOf, verdict, verdictTone, writeDifference, writeRange } from '../../../bench/figures';
import { texts } from '../../../i18n/language';

const t = texts(
  { title: 'Từng đôi một', sub: (m: string) => `${m}: hàng trừ cột`, row: 'Trừ cho', self: '' },
  { title: 'Each against each', sub: (m: string) => `${m}: the row less the column`, row: 'Less', self: '' },
  { title: 'Deux à deux', sub: (m: string) => `${m} : la ligne moins la colonne`, row: 'Moins', self: '' },
);

/** Every two runs against each other: the paired difference of the row less the column. */
export function PairTable({ answer, figure }: { answer: ComparisonAnswer; figure: ComparedFigure }) {
  const between = (row: number, column: number): Range | undefined => {
    const forward = rangeOf(figure.between.find((b) => b.run === row && b.less === column)?.difference);
    const backward = rangeOf(figure.between.find((b) => b.run === column && b.less === row)?.difference);
    return forward ?? (backward && { estimate: -backward.estimate, low: -backward.high, high: -backward.low });
  };
  return (
    <section class="card" aria-labelledby="pairs">
      <div class="card-head"><h2 id="pairs">{t().title}</h2><span class="soft">{t().sub(nameOf(figure.key, figure.name))}</span></div>
      <div class="table-scroll" tabIndex={0}>
        <table class="list figure-table pinned">
          <thead><tr><th scope="col">{t().row}</th>{answer.runs.map((r) => <th key={r.id} scope="col" class="num run-name">{r.name}</th>)}</tr></thead>
          <tbody>
            {answer.runs.map((row) => (
              <tr key={row.id}>
                <th scope="row" class="row-head">{row.name}</th>
                {answer.runs.map((column) => {
                  const d = row.id === column.id ? undefined : between(row.id, column.id);
                  return <td key={column.id} class="num">{d ? <><b class={verdictTone[verdict(d, figure.isHigherBetter)]}>{writeDifference(figure.key, d.estimate, digitsFor(figure.key, d))}</b><span class="range">{writeRange(figure.key, d)}</span></> : <span class="soft">·</span>}</td>;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
