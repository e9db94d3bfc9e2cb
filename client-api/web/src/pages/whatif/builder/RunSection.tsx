import { useId } from 'preact/hooks';
import { rangeIn } from '../../../bench/ranges';
import { texts } from '../../../i18n/language';
import { Member, NumberField, Wrong } from './fields';
import { edited } from '../../../bench/draft';
import { valueOf, wrongAt, type Form } from './form';

const t = texts(
  {
    title: 'Chạy', replications: 'Số lần lặp, theo cặp', replicationsHelp: 'Mỗi lần mô phỏng nền và kịch bản với cùng người dân.', stop: 'Dừng khi đủ chính xác', stopHelp: 'Chạy tiếp tới khi khác biệt đúng hạn được biết tới ngần này điểm %, nhiều nhất 400 lần.', until: 'Biết tới ± điểm %', tornado: 'Độ nhạy: thử mỗi giả định ít và nhiều hơn một phần năm', best: 'Chọn phương án tốt nhất trong các giá trị được thử', bestHelp: 'Chạy thêm cho những phương án còn có thể là tốt nhất, tới khi chắc chắn.', bestNone: 'Cần một con số được thử ở nhiều giá trị: bấm “Thử nhiều giá trị”.', indifference: 'Không phân biệt dưới điểm %', tornadoHelp: 'Cho biết câu trả lời dựa vào đâu nhất; lâu hơn khoảng bảy lần.', more: 'Thêm tùy chọn', seed: 'Hạt ngẫu nhiên', confidence: 'Độ tin cậy của khoảng',
    at: 'Thời điểm bắt đầu', now: 'Ngay lúc chạy', same: (when: string) => `Như lượt trước: ${when}, so sánh được với lượt đó`,
  },
  {
    title: 'The run', replications: 'Replications, in pairs', replicationsHelp: 'Each simulates the base and the scenario with the same citizens.', stop: 'Stop when precise enough', stopHelp: 'Goes on until the difference on time is known to so many points, at most 400 replications.', until: 'Known to ± points', tornado: 'Sensitivities: each assumption a fifth less and more', best: 'Choose the best of the values tried', bestHelp: 'Runs those that could still be the best on until it is sure.', bestNone: 'Needs a number that is tried at several values: press “Try several”.', indifference: 'Not to matter below points', tornadoHelp: 'Shows what the answer hangs on; takes about seven times as long.', more: 'More options', seed: 'Seed of chance', confidence: 'Level of the intervals',
    at: 'Where it begins', now: 'At the moment of running', same: (when: string) => `As the run before: ${when}, so the two can be compared`,
  },
  {
    title: 'Le calcul', replications: 'Répétitions, par paires', replicationsHelp: 'Chacune simule la base et le scénario avec les mêmes usagers.', stop: 'Arrêter dès que précis', stopHelp: 'Continue jusqu’à connaître l’écart dans les délais à tant de points près, 400 répétitions au plus.', until: 'Connu à ± points', tornado: 'Sensibilités : chaque hypothèse d’un cinquième en moins et en plus', best: 'Choisir la meilleure des valeurs essayées', bestHelp: 'Continue pour celles qui peuvent encore être la meilleure, jusqu’à en être sûr.', bestNone: 'Il faut un nombre essayé à plusieurs valeurs : « En essayer plusieurs ».', indifference: 'Négligeable sous (points)', tornadoHelp: 'Montre de quoi dépend la réponse ; environ sept fois plus long.', more: 'Plus d’options', seed: 'Graine du hasard', confidence: 'Niveau des intervalles',
    at: 'Point de départ', now: 'Au moment du calcul', same: (when: string) => `Comme le calcul précédent : ${when}, pour pouvoir comparer`,
  },
);

export interface RunWish {
  readonly hasTornado: boolean;
  /** Choose the best of the values tried, where differences of so many points do not matter. */
  readonly bestPoints?: number | undefined;
  /** The moment of an earlier run from the live state, to begin where that one did. */
  readonly at?: string;
}

/** How precisely it is run. What belongs to the scenario stands in its text, what belongs to this run alone does not. */
export function RunSection({ form, wish, onWish, before, beforeWords }: { form: Form; wish: RunWish; onWish: (wish: RunWish) => void; before: string | undefined; beforeWords: string }) {
  const id = useId();
  const precision = valueOf(form, ['run', 'precision']);
  const points = typeof precision === 'number' ? precision * 100 : typeof precision === 'string' ? Number(precision.replace('%', '')) : undefined;
  const wrong = wrongAt(form, ['run', 'precision']);
  const setPrecision = (value: number | undefined) => form.put(edited(form.draft, (d) => {
    if (value === undefined) {
      d.deleteIn(['run', 'precision']);
    } else {
      d.setIn(['run', 'precision'], Math.round(value * 1e4) / 1e6);
    }
  }));
  return (
    <fieldset class="card section">
      <legend><h2>{t().title}</h2></legend>
      <div class="form-row">
        <div>
          <Member form={form} path={['run', 'replications']} within={['run', 'replications']} label={t().replications} step={1} />
          <p class="soft small">{t().replicationsHelp}</p>
        </div>
        <div>
          <label class="check"><input type="checkbox" checked={precision !== undefined} onChange={(e) => setPrecision(e.currentTarget.checked ? 0.5 : undefined)} /> {t().stop}</label>
          {precision !== undefined && (
            <div class="field">
              <label class="hidden" for={id}>{t().until}</label>
              <div class="with-unit"><input id={id} type="number" min={0.01} max={50} step={0.05} value={points === undefined || Number.isNaN(points) ? '' : String(Math.round(points * 1e4) / 1e4)} aria-invalid={wrong.length > 0} aria-describedby={`${id}w`} onInput={(e) => Number(e.currentTarget.value) > 0 && setPrecision(Number(e.currentTarget.value))} /><span>{t().until}</span></div>
              <Wrong id={`${id}w`} reasons={wrong} />
            </div>
          )}
          <p class="soft small">{t().stopHelp}</p>
        </div>
      </div>
      {before !== undefined && (
        <div class="field" role="radiogroup" aria-label={t().at}>
          <label class="check"><input type="radio" name="at" checked={wish.at !== undefined} onChange={() => onWish({ ...wish, at: before })} /> {t().same(beforeWords)}</label>
          <label class="check"><input type="radio" name="at" checked={wish.at === undefined} onChange={() => { const { at: _, ...rest } = wish; onWish(rest); }} /> {t().now}</label>
        </div>
      )}
      <div>
        <label class="check"><input type="checkbox" checked={wish.hasTornado} onChange={(e) => onWish({ ...wish, hasTornado: e.currentTarget.checked })} /> {t().tornado}</label>
        <p class="soft small">{t().tornadoHelp}</p>
      </div>
      <Best isSwept={isSwept(form)} wish={wish} onWish={onWish} />
      <details class="inner">
        <summary>{t().more}</summary>
        <div class="form-row">
          <Member form={form} path={['run', 'seed']} within={['run', 'seed']} label={t().seed} step={1} />
          <NumberField form={form} path={['run', 'confidence']} range={rangeIn(form.schema, 'run', 'confidence')} label={t().confidence} isPercent step={1} />
        </div>
      </details>
    </fieldset>
  );
}

const indifferent = 1;

function isSwept(form: Form): boolean {
  const sweep = valueOf(form, ['sweep']);
  return typeof sweep === 'object' && sweep !== null && Object.keys(sweep).length > 0;
}

/** Whether the best of several plans is wanted, and how much of a difference is worth finding. */
function Best({ isSwept, wish, onWish }: { isSwept: boolean; wish: RunWish; onWish: (wish: RunWish) => void }) {
  const id = useId();
  const isWanted = isSwept && wish.bestPoints !== undefined;
  return (
    <div>
      <label class="check"><input type="checkbox" disabled={!isSwept} checked={isWanted} aria-describedby={`${id}h`} onChange={(e) => onWish({ ...wish, bestPoints: e.currentTarget.checked ? indifferent : undefined })} /> {t().best}</label>
      {isWanted && (
        <div class="field">
          <label class="hidden" for={id}>{t().indifference}</label>
          <div class="with-unit"><input id={id} type="number" min={0.01} max={50} step={0.05} value={String(wish.bestPoints)} onInput={(e) => Number(e.currentTarget.value) > 0 && onWish({ ...wish, bestPoints: Number(e.currentTarget.value) })} /><span>{t().indifference}</span></div>
        </div>
      )}
      <p id={`${id}h`} class="soft small">{isSwept ? t().bestHelp : t().bestNone}</p>
    </div>
  );
}
