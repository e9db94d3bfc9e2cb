import { begun, isShare, rangeOfKey, said } from '../../../bench/book';
import type { ScenarioBaseLine } from '../../../bench/contract';
import { rangeIn } from '../../../bench/ranges';
import { withChange } from '../../../bench/draft';
import { cityDate, count } from '../../../i18n/format';
import { cityNow } from '../../../city/clock';
import { named, texts } from '../../../i18n/language';
import { ChangeCard } from './ChangeCard';
import { ChoiceField, DateField, Member, NumberField, TextField, Wrong } from './fields';
import { set, textOf, valueOf, wrongAt, type Form } from './form';

const t = texts(
  {
    question: 'Câu hỏi', name: 'Tên', about: 'Mô tả', base: 'Nền', city: 'Thành phố', live: (n: string) => `${n} ngay lúc này`, empty: (n: string, c: string) => `${n}, bắt đầu trống (${c} xã, phường)`, liveHelp: 'Bắt đầu với mọi hồ sơ đang mở và mọi quầy như hiện trạng. Không có gì được ghi vào thành phố.', emptyHelp: 'Thành phố trống lúc đầu; những ngày chạy đà không được tính.', start: 'Ngày đầu', days: 'Số ngày', warmUp: 'Ngày chạy đà, không tính', assume: 'Giả định', given: (n: string) => `đã đặt ${n}`, assumeHelp: 'Những điều thư mục thành phố không nói. Để trống là dùng giá trị thường.', end: 'Cuối ngày', coupling: 'Hồ sơ chuyển nơi',
    changes: 'Những thay đổi', changesHelp: 'Áp dụng lần lượt. Không có thay đổi nào thì chỉ mô phỏng nền.', add: 'Thêm thay đổi', usual: 'Như thường lệ',
  },
  {
    question: 'The question', name: 'Name', about: 'Description', base: 'The base', city: 'City', live: (n: string) => `${n} as it stands now`, empty: (n: string, c: string) => `${n}, from empty (${c} communes)`, liveHelp: 'Begins with every open case and every desk as they are. Nothing is written to the city.', emptyHelp: 'The city is empty at first; warm-up days are simulated but not counted.', start: 'First day', days: 'Days', warmUp: 'Warm-up days, not counted', assume: 'Assumptions', given: (n: string) => `${n} given`, assumeHelp: 'What the city folder does not say. Left empty, the usual value holds.', end: 'At day’s end', coupling: 'Cases change offices',
    changes: 'The changes', changesHelp: 'Applied in order. With none, only the base is simulated.', add: 'Add a change', usual: 'As usual',
  },
  {
    question: 'La question', name: 'Nom', about: 'Description', base: 'La base', city: 'Ville', live: (n: string) => `${n} telle qu’elle est`, empty: (n: string, c: string) => `${n}, vide au départ (${c} communes)`, liveHelp: 'Commence avec tous les dossiers ouverts et tous les guichets tels qu’ils sont. Rien n’est écrit dans la ville.', emptyHelp: 'La ville est vide au départ ; les jours de rodage ne comptent pas.', start: 'Premier jour', days: 'Jours', warmUp: 'Jours de rodage, non comptés', assume: 'Hypothèses', given: (n: string) => (n === '1' ? '1 posée' : `${n} posées`), assumeHelp: 'Ce que le dossier de la ville ne dit pas. Vide : la valeur habituelle.', end: 'En fin de journée', coupling: 'Un dossier change de service',
    changes: 'Les changements', changesHelp: 'Appliqués dans l’ordre. Sans changement, seule la base est simulée.', add: 'Ajouter un changement', usual: 'Comme d’habitude',
  },
);

export function QuestionSection({ form }: { form: Form }) {
  return (
    <fieldset class="card section">
      <legend><h2>{t().question}</h2></legend>
      <TextField form={form} path={['name']} label={t().name} />
      <TextField form={form} path={['description']} label={t().about} rows={2} />
    </fieldset>
  );
}

export function BaseSection({ form, bases }: { form: Form; bases: readonly ScenarioBaseLine[] }) {
  const city = textOf(form, ['base', 'city']);
  const isLive = city === 'live';
  const wrong = wrongAt(form, ['base'], ['city', 'start', 'days', 'warm_up_days', 'assume', 'end_of_shift', 'coupling']);
  const wrongCity = wrongAt(form, ['base', 'city']);
  const given = Object.keys((valueOf(form, ['base', 'assume']) ?? {}) as object).length;
  return (
    <fieldset class="card section">
      <legend><h2>{t().base}</h2></legend>
      <div class="field">
        <label class="field-label" for="base-city">{t().city}</label>
        <select id="base-city" value={city} aria-invalid={wrongCity.length > 0} aria-describedby="base-h base-w" onChange={(e) => set(form, ['base', 'city'], e.currentTarget.value)}>
          {!bases.some((b) => b.city === city) && <option value={city}>{city || '–'}</option>}
          {bases.map((b) => <option key={b.city} value={b.city}>{b.city === 'live' ? t().live(named(b)) : t().empty(named(b), count(b.communes))}</option>)}
        </select>
        <small id="base-h">{isLive ? t().liveHelp : t().emptyHelp}</small>
      </div>
      <Wrong id="base-w" reasons={[...wrongCity, ...wrong]} />
      <div class="form-row">
        {!isLive && <DateField form={form} path={['base', 'start']} label={t().start} />}
        <Member form={form} path={['base', 'days']} within={['base', 'days']} label={t().days} step={1} />
        {!isLive && <Member form={form} path={['base', 'warm_up_days']} within={['base', 'warm_up_days']} label={t().warmUp} step={1} />}
      </div>
      <details class="inner" open={wrongAt(form, ['base', 'assume']).length > 0}>
        <summary>{t().assume}{given > 0 && ` (${t().given(count(given))})`}</summary>
        <p class="soft small">{t().assumeHelp}</p>
        <div class="form-row">
          {form.book.assumptions.map((a) => <NumberField key={a.key} form={form} path={['base', 'assume', a.key]} range={rangeOfKey(a)} label={said(a.name)} isPercent={isShare(a.key)} step={isShare(a.key) ? 0.5 : a.key === 'dossiers_per_day' ? 10 : 0.01} />)}
          <ChoiceField form={form} path={['base', 'end_of_shift']} label={t().end} choices={rangeIn(form.schema, 'base', 'end_of_shift').choices} none={t().usual} />
          <ChoiceField form={form} path={['base', 'coupling']} label={t().coupling} choices={rangeIn(form.schema, 'base', 'coupling').choices} none={t().usual} />
        </div>
      </details>
    </fieldset>
  );
}

export function ChangesSection({ form }: { form: Form }) {
  const changes = valueOf(form, ['changes']);
  const start = textOf(form, ['base', 'city']) === 'live' ? cityDate(cityNow.peek() + 7 * 86_400_000) : textOf(form, ['base', 'start']);
  const list = Array.isArray(changes) ? changes : [];
  return (
    <fieldset class="card section">
      <legend><h2>{t().changes}</h2></legend>
      <p class="soft small">{t().changesHelp}</p>
      {!Array.isArray(changes) && <Wrong id="changes-w" reasons={wrongAt(form, ['changes'])} />}
      <ol class="changes">{list.map((_, i) => <ChangeCard key={i} form={form} place={i} firstDay={start} />)}</ol>
      <button type="button" class="button" onClick={() => form.put(withChange(form.draft, begun(form.book.levers[0]!, form.names)))}>{t().add}</button>
    </fieldset>
  );
}
