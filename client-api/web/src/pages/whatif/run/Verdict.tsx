import { rangeOf, type VariantCharts } from '../../../bench/contract';
import { headlines, sentence, verdict } from '../../../bench/figures';
import { count } from '../../../i18n/format';
import { texts } from '../../../i18n/language';

const t = texts(
  { title: 'Câu trả lời', pairs: (n: string) => `Từ ${n} cặp mô phỏng với cùng người dân ở cả hai bên; khoảng tin cậy cho biết ngẫu nhiên có thể làm lệch bao nhiêu, không nói mô hình đúng tới đâu.`, trust: 'Tin mô hình tới đâu?' },
  { title: 'The answer', pairs: (n: string) => `From ${n} pairs of simulations with the same citizens on both sides. The intervals tell what chance may do, not how right the model is.`, trust: 'How far to trust the model?' },
  { title: 'La réponse', pairs: (n: string) => `De ${n} paires de simulations avec les mêmes usagers des deux côtés. Les intervalles disent l’effet du hasard, pas la justesse du modèle.`, trust: 'Quelle confiance dans le modèle ?' },
);

/** What the run says, in sentences: the share on time first, then whatever else surely changed. */
export function Verdict({ variant, replications, confidence }: { variant: VariantCharts; replications: number; confidence: number }) {
  const lead = variant.figures.find((f) => f.key === headlines[0]);
  if (!lead) {
    return null;
  }
  const difference = rangeOf(lead.difference);
  const rest = headlines.slice(1).map((key) => variant.figures.find((f) => f.key === key)).filter((f) => f !== undefined);
  const told = rest.filter((f) => {
    const d = rangeOf(f.difference);
    return d === undefined ? f.difference === undefined || f.difference === null : ['better', 'worse'].includes(verdict(d, f.isHigherBetter));
  });
  return (
    <section class={`card verdict ${difference ? verdict(difference, lead.isHigherBetter) : ''}`} aria-labelledby="answer">
      <h2 id="answer" class="hidden">{t().title}</h2>
      <div class="card-body verdict">
        <p class="lead">{sentence(lead, confidence)}</p>
        {told.length > 0 && <ul>{told.map((f) => <li key={f.key}>{sentence(f, confidence)}</li>)}</ul>}
        <p class="soft small">{t().pairs(count(replications))} <a href="/whatif/calibration">{t().trust}</a></p>
      </div>
    </section>
  );
}
