import { useId, useState } from 'preact/hooks';
import { rangeIn, type MemberRange } from '../../../bench/ranges';
import type { Path } from '../../../bench/draft';
import { choiceName } from '../../../bench/choices';
import { count, decimal } from '../../../i18n/format';
import { texts } from '../../../i18n/language';
import { set, sweep, sweptBy, textOf, unsweep, valueOf, wrongAt, type Form } from './form';

const t = texts(
  { range: (a: string, b: string) => `${a} đến ${b}`, from: (a: string) => `từ ${a}`, several: 'Thử nhiều giá trị', one: 'Một giá trị', values: 'như 1..6, hoặc 0.1..0.5 step 0.1, hoặc 2, 4, 8', usual: (v: string) => `thường ${v}`, severalOf: (n: string) => `Thử nhiều giá trị: ${n}`, oneOf: (n: string) => `Một giá trị: ${n}` },
  { range: (a: string, b: string) => `${a} to ${b}`, from: (a: string) => `${a} and more`, several: 'Try several', one: 'One value', values: 'as 1..6, or 0.1..0.5 step 0.1, or 2, 4, 8', usual: (v: string) => `usually ${v}`, severalOf: (n: string) => `Try several: ${n}`, oneOf: (n: string) => `One value: ${n}` },
  { range: (a: string, b: string) => `${a} à ${b}`, from: (a: string) => `${a} et plus`, several: 'En essayer plusieurs', one: 'Une valeur', values: 'comme 1..6, ou 0.1..0.5 step 0.1, ou 2, 4, 8', usual: (v: string) => `d’ordinaire ${v}`, severalOf: (n: string) => `En essayer plusieurs : ${n}`, oneOf: (n: string) => `Une valeur : ${n}` },
);

export function Wrong({ id, reasons }: { id: string; reasons: readonly string[] }) {
  return reasons.length > 0 ? <span class="wrong" id={id}>{reasons.join(' · ')}</span> : null;
}

interface NumberProps {
  readonly form: Form;
  readonly path: Path;
  readonly label: string;
  readonly help?: string;
  readonly range: MemberRange;
  readonly step?: number;
  readonly isPercent?: boolean;
  readonly canSweep?: boolean;
  readonly isNeeded?: boolean;
}

/** A number within its range; shares are asked for in percent and written as 10%. */
export function NumberField({ form, path, label, help, range, step, isPercent, canSweep, isNeeded }: NumberProps) {
  const id = useId();
  const value = valueOf(form, path);
  const swept = sweptBy(value);
  const wrong = wrongAt(form, path);
  const wrongSweep = swept ? wrongAt(form, ['sweep', swept]) : [];
  const scale = isPercent ? 100 : 1;
  const hint = swept ? t().values : rangeWords(range, scale, isPercent);
  const give = (text: string) => {
    const number = Number(text);
    if (text.trim() === '') {
      set(form, path, undefined);
    } else if (Number.isFinite(number)) {
      set(form, path, isPercent ? `${number}%` : number);
    }
  };
  return (
    <div class="field">
      <div class="field-top">
        <label for={id}>{label}</label>
        {canSweep && (swept
          ? <button type="button" class="link" aria-label={t().oneOf(label)} onClick={() => unsweep(form, path, swept, first(textOf(form, ['sweep', swept]), isPercent))}>{t().one}</button>
          : <button type="button" class="link" aria-label={t().severalOf(label)} onClick={() => sweep(form, path, around(shown(value, isPercent), range, step ?? 1, scale))}>{t().several}</button>)}
      </div>
      {swept
        ? <input id={id} class="mono" value={listed(valueOf(form, ['sweep', swept]))} aria-invalid={wrongSweep.length + wrong.length > 0} aria-describedby={`${id}h ${id}w`} onInput={(e) => set(form, ['sweep', swept], e.currentTarget.value)} />
        : (
          <div class={isPercent ? 'with-unit' : ''}>
            <NumberInput id={id} value={shown(value, isPercent)} give={give} range={range} scale={scale} step={step} placeholder={range.usual === undefined ? undefined : t().usual(decimalPlain(round(range.usual * scale)))} isNeeded={isNeeded} isWrong={wrong.length > 0} />
            {isPercent && <span aria-hidden="true">%</span>}
          </div>
        )}
      <small id={`${id}h`}>{[help, hint].filter(Boolean).join(' · ')}</small>
      <Wrong id={`${id}w`} reasons={[...wrong, ...wrongSweep]} />
    </div>
  );
}

// While somebody types, what is typed stays as it is: "0." is on the way to "0.5".
function NumberInput({ id, value, give, range, scale, step, placeholder, isNeeded, isWrong }: { id: string; value: string; give: (text: string) => void; range: MemberRange; scale: number; step?: number | undefined; placeholder?: string | undefined; isNeeded?: boolean | undefined; isWrong: boolean }) {
  const [typed, setTyped] = useState<string>();
  return (
    <input
      id={id}
      type="number"
      inputMode="decimal"
      value={typed !== undefined && Number(typed) === Number(value) ? typed : value}
      min={range.min === undefined ? undefined : round(range.min * scale)}
      max={range.max === undefined ? undefined : round(range.max * scale)}
      step={step ?? (range.isWhole ? 1 : 'any')}
      placeholder={placeholder}
      required={isNeeded}
      aria-invalid={isWrong}
      aria-describedby={`${id}h ${id}w`}
      onInput={(e) => { setTyped(e.currentTarget.value); give(e.currentTarget.value); }}
      onBlur={() => setTyped(undefined)}
    />
  );
}

const round = (v: number) => Math.round(v * 1e6) / 1e6;

function shown(value: unknown, isPercent?: boolean): string {
  if (typeof value === 'string' && value.endsWith('%')) {
    const percent = Number(value.slice(0, -1));
    return Number.isFinite(percent) ? String(isPercent ? percent : round(percent / 100)) : '';
  }
  return typeof value === 'number' ? String(isPercent ? round(value * 100) : value) : typeof value === 'string' && value !== '' && Number.isFinite(Number(value)) ? value : '';
}

function listed(value: unknown): string {
  return Array.isArray(value) ? value.join(', ') : value === undefined || value === null ? '' : String(value);
}

function rangeWords(range: MemberRange, scale: number, isPercent?: boolean): string {
  const write = (v: number) => (Math.abs(v * scale) >= 1000 || Number.isInteger(v * scale) ? count(v * scale) : decimalPlain(v * scale)) + (isPercent ? ' %' : '');
  return range.min === undefined ? '' : range.max === undefined ? t().from(write(range.min)) : t().range(write(range.min), write(range.max));
}

function decimalPlain(value: number): string {
  const digits = value === 0 ? 0 : Math.max(0, Math.min(3, Math.ceil(-Math.log10(Math.abs(value))) + 1));
  return Number.isInteger(value) ? count(value) : decimal(value, digits);
}

// Values around the present one, to begin with.
function around(value: string, range: MemberRange, step: number, scale: number): string {
  const middle = Number(value || 1) / scale;
  const by = step / scale;
  const low = Math.max(range.min ?? -Infinity, round(middle - by));
  const high = Math.min(range.max ?? Infinity, round(middle + 2 * by));
  return by === 1 ? `${low}..${high}` : `${low}..${high} step ${round(by)}`;
}

function first(values: string, isPercent?: boolean): number | string | undefined {
  const number = Number(/-?\d+(\.\d+)?/.exec(values)?.[0] ?? NaN);
  return Number.isNaN(number) ? undefined : isPercent ? `${round(number * 100)}%` : number;
}

export function ChoiceField({ form, path, label, choices, none, help }: { form: Form; path: Path; label: string; choices: readonly string[]; none?: string; help?: string }) {
  const id = useId();
  const wrong = wrongAt(form, path);
  const value = textOf(form, path);
  return (
    <div class="field">
      <label class="field-label" for={id}>{label}</label>
      <select id={id} value={value} aria-invalid={wrong.length > 0} aria-describedby={`${id}w`} onChange={(e) => set(form, path, e.currentTarget.value === '' ? undefined : e.currentTarget.value)}>
        {none !== undefined && <option value="">{none}</option>}
        {!choices.includes(value) && value !== '' && <option value={value}>{value}</option>}
        {choices.map((c) => <option key={c} value={c}>{choiceName(c)}</option>)}
      </select>
      {help && <small>{help}</small>}
      <Wrong id={`${id}w`} reasons={wrong} />
    </div>
  );
}

export function DateField({ form, path, label, help }: { form: Form; path: Path; label: string; help?: string }) {
  const id = useId();
  const wrong = wrongAt(form, path);
  return (
    <div class="field">
      <label class="field-label" for={id}>{label}</label>
      <input id={id} type="date" value={textOf(form, path)} aria-invalid={wrong.length > 0} aria-describedby={`${id}h ${id}w`} onInput={(e) => set(form, path, e.currentTarget.value === '' ? undefined : e.currentTarget.value)} />
      {help && <small id={`${id}h`}>{help}</small>}
      <Wrong id={`${id}w`} reasons={wrong} />
    </div>
  );
}

export function TextField({ form, path, label, rows, help }: { form: Form; path: Path; label: string; rows?: number; help?: string }) {
  const id = useId();
  const wrong = wrongAt(form, path);
  const shared = { id, value: textOf(form, path), 'aria-invalid': wrong.length > 0, 'aria-describedby': `${id}h ${id}w` };
  const give = (e: Event) => {
    const text = (e.currentTarget as HTMLInputElement).value;
    set(form, path, text === '' && rows ? undefined : text);
  };
  return (
    <div class="field">
      <label class="field-label" for={id}>{label}</label>
      {rows ? <textarea {...shared} rows={rows} onInput={give} /> : <input {...shared} maxLength={200} onInput={give} />}
      {help && <small id={`${id}h`}>{help}</small>}
      <Wrong id={`${id}w`} reasons={wrong} />
    </div>
  );
}

/** Yes or no; no is not written. */
export function FlagField({ form, path, label, help }: { form: Form; path: Path; label: string; help: string }) {
  const id = useId();
  return (
    <div class="field">
      <label class="check"><input type="checkbox" checked={valueOf(form, path) === true} aria-describedby={`${id}h ${id}w`} onChange={(e) => set(form, path, e.currentTarget.checked ? true : undefined)} /> {label}</label>
      <small id={`${id}h`}>{help}</small>
      <Wrong id={`${id}w`} reasons={wrongAt(form, path)} />
    </div>
  );
}

/** Words separated by commas, as hours of a shift. */
export function ListField({ form, path, label, help }: { form: Form; path: Path; label: string; help: string }) {
  const id = useId();
  const [typed, setTyped] = useState<string>();
  const wrong = wrongAt(form, path);
  const give = (text: string) => {
    const words = text.split(',').map((w) => w.trim()).filter((w) => w !== '');
    set(form, path, words.length === 0 ? undefined : words.length === 1 ? words[0] : words);
  };
  return (
    <div class="field">
      <label class="field-label" for={id}>{label}</label>
      <input id={id} class="mono" value={typed ?? listed(valueOf(form, path))} aria-invalid={wrong.length > 0} aria-describedby={`${id}h ${id}w`} onInput={(e) => { setTyped(e.currentTarget.value); give(e.currentTarget.value); }} onBlur={() => setTyped(undefined)} />
      <small id={`${id}h`}>{help}</small>
      <Wrong id={`${id}w`} reasons={wrong} />
    </div>
  );
}

/** A number of a member with its range out of the schema. */
export function Member({ form, path, within, ...more }: Omit<NumberProps, 'range'> & { within: readonly string[] }) {
  return <NumberField form={form} path={path} range={rangeIn(form.schema, ...within)} {...more} />;
}
