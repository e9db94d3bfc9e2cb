import { rangeOf, type RunCharts } from '../../../bench/contract';
import { write } from '../../../bench/figures';
import { count, decimal, share } from '../../../i18n/format';
import { texts } from '../../../i18n/language';

const t = texts(
  {
    title: 'Phương án nào tốt nhất', sub: 'theo tỷ lệ đúng hạn, trong các phương án đã chạy', plan: 'Phương án', onTime: 'Đúng hạn', chance: 'Khả năng là tốt nhất', chosen: 'được chọn', given: 'Lần chạy', more: (n: string) => `và ${n} phương án nữa`,
    decided: (name: string, c: string, points: string) => `Tốt nhất: ${name}. Chọn đúng với xác suất ít nhất ${c}, nếu khác biệt dưới ${points} điểm % không đáng kể.`, undecided: (name: string) => `Chưa phân định được trong số lần chạy cho phép; có vẻ tốt nhất: ${name}.`, likely: (name: string, p: string) => `Nhiều khả năng tốt nhất: ${name} (${p}).`, note: 'Khả năng: tỷ lệ lần đứng đầu khi rút lại các cặp mô phỏng. Ít cặp thì con số này quá tự tin.',
  },
  {
    title: 'Which plan is the best', sub: 'by the share on time, among the plans that were run', plan: 'Plan', onTime: 'On time', chance: 'Probability of being best', chosen: 'chosen', given: 'Replications', more: (n: string) => `and ${n} more plans`,
    decided: (name: string, c: string, points: string) => `The best: ${name}. The choice is right with a probability of ${c} or more, where ${points === '1' ? 'one point does' : `${points} points do`} not matter.`, undecided: (name: string) => `Undecided within the replications allowed; what looks best: ${name}.`, likely: (name: string, p: string) => `Likeliest the best: ${name} (${p}).`, note: 'The probability: how often it comes first when the pairs of simulations are drawn anew. With few pairs it is too sure of itself.',
  },
  {
    title: 'Quelle variante est la meilleure', sub: 'par la part dans les délais, parmi celles calculées', plan: 'Variante', onTime: 'Dans les délais', chance: 'Probabilité d’être la meilleure', chosen: 'choisie', given: 'Répétitions', more: (n: string) => `et ${n} autres`,
    decided: (name: string, c: string, points: string) => `La meilleure : ${name}. Choix juste avec une probabilité d’au moins ${c}, si ${points === '1' ? 'un point ne compte' : `${points} points ne comptent`} pas.`, undecided: (name: string) => `Indécis avec les répétitions permises ; la meilleure semble ${name}.`, likely: (name: string, p: string) => `Probablement la meilleure : ${name} (${p}).`, note: 'La probabilité : combien de fois elle arrive première quand on retire les paires de simulations. Avec peu de paires elle est trop sûre d’elle.',
  },
);

const shownMax = 12;
const key = 'on_time_share';

/** The variants after the base, the likeliest best first, and the choice where one was asked for. */
export function Ranking({ charts, chosen }: { charts: RunCharts; chosen: number }) {
  // A run that an earlier version made has no ranking.
  const ranking = (charts.ranking as RunCharts['ranking'] | undefined) ?? [];
  const choice = charts.choice;
  const nameOf = (variant: number) => charts.variants[variant]?.name ?? String(variant);
  if (ranking.length === 0) {
    return null;
  }
  const lead = ranking[0]!;
  const words = !choice ? t().likely(nameOf(lead.variant), chance(lead.bestProbability))
    : choice.decided ? t().decided(nameOf(choice.variant), share(choice.confidence, 0), decimal(choice.indifferencePoints, choice.indifferencePoints % 1 === 0 ? 0 : 2)) : t().undecided(nameOf(choice.variant));
  return (
    <section class="card" aria-labelledby="ranking">
      <div class="card-head"><h2 id="ranking">{t().title}</h2><span class="soft">{t().sub}</span></div>
      <p class="card-body lead-words">{words}</p>
      <div class="table-scroll">
        <table class="list">
          <thead><tr><th scope="col">{t().plan}</th><th scope="col" class="num">{t().onTime}</th><th scope="col">{t().chance}</th>{choice && <th scope="col" class="num wide">{t().given}</th>}</tr></thead>
          <tbody>
            {ranking.slice(0, shownMax).map((r) => {
              const range = rangeOf(r.onTime);
              return (
                <tr key={r.variant} class={r.variant === chosen ? 'chosen' : ''}>
                  <th scope="row" class="row-head">{nameOf(r.variant)} {choice?.variant === r.variant && <span class="chip good">{t().chosen}</span>}</th>
                  <td class="num">{write(key, r.onTime.estimate)}{range && <small>{write(key, range.low)} … {write(key, range.high)}</small>}</td>
                  <td><span class="chance"><i aria-hidden="true"><i style={{ width: `${100 * r.bestProbability}%` }} /></i><b>{chance(r.bestProbability)}</b></span></td>
                  {choice && <td class="num wide">{count(choice.replications[r.variant - 1])}</td>}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <p class="card-foot">{ranking.length > shownMax && `${t().more(count(ranking.length - shownMax))}. `}{t().note}</p>
    </section>
  );
}

/** Nothing that was estimated by chance is told as certain. */
function chance(probability: number): string {
  return probability > 0.995 ? `> ${share(0.99, 0)}` : probability < 0.005 ? `< ${share(0.01, 0)}` : share(probability, 0);
}
