import { useMemo, useRef, useState } from 'preact/hooks';
import type { OfficeProfile } from '../../../api/contract';
import { isDark } from '../../../app/theme';
import { nearest } from '../../../map/CityMap';
import { labelled } from '../../../map/labels';
import { useShapes } from '../../../map/useShapes';
import { classOf } from '../../../city/measures';
import { rangeOf, type OfficeCharts, type VariantCharts } from '../../../bench/contract';
import { withMinus } from '../../../bench/figures';
import { decimal, none, share, signed } from '../../../i18n/format';
import { named, texts } from '../../../i18n/language';
import { Loading } from '../../../parts/states';
import '../../../map/map.css';

const t = texts(
  { title: 'Đúng hạn theo xã, phường', show: 'Tô màu theo', difference: 'Khác biệt', changed: 'Có thay đổi', base: 'Không đổi', map: 'Bản đồ các xã, phường. Dùng phím mũi tên để đi.', approximate: 'Ranh giới gần đúng.', points: 'điểm %', unsure: 'chưa phân biệt được với ngẫu nhiên', noValue: 'không có kết quả', below: (v: string) => `dưới ${v}`, from: (v: string) => `từ ${v}`, days: 'Ngày làm việc trung bình' },
  { title: 'On time by commune', show: 'Colour by', difference: 'Difference', changed: 'With the changes', base: 'Without', map: 'Map of the communes. Arrow keys move.', approximate: 'Approximate borders.', points: 'points', unsure: 'cannot be told from chance', noValue: 'no results', below: (v: string) => `below ${v}`, from: (v: string) => `${v} and more`, days: 'Mean working days' },
  { title: 'Délais par commune', show: 'Couleur selon', difference: 'Écart', changed: 'Avec les changements', base: 'Sans', map: 'Carte des communes. Les flèches déplacent.', approximate: 'Limites approximatives.', points: 'points', unsure: 'indiscernable du hasard', noValue: 'aucun résultat', below: (v: string) => `moins de ${v}`, from: (v: string) => `${v} et plus`, days: 'Jours ouvrés moyens' },
);

type View = 'difference' | 'changed' | 'base';
const shareBorders = [50, 70, 80, 90, 97];

/** The share on time of each commune: without the changes, with them, or the difference; what chance alone may have made is hatched. */
export function ResultMap({ profiles, isServed, base, changed }: { profiles: readonly OfficeProfile[]; isServed: boolean; base: VariantCharts; changed: VariantCharts | undefined }) {
  const hasChanges = changed !== undefined && changed.offices.length > 0;
  const [view, setView] = useState<View>(hasChanges ? 'difference' : 'base');
  const shown: View = hasChanges ? view : 'base';
  const rows = useMemo(() => new Map((hasChanges ? changed : base).offices.map((o) => [o.office, o])), [base, changed]);
  const before = useMemo(() => new Map(base.offices.map((o) => [o.office, o])), [base]);
  const communes = useMemo(() => profiles.filter((p) => p.kind !== 'department' && before.has(p.id)), [profiles, before]);
  const borders = shown === 'difference' ? differenceBorders([...rows.values()]) : shareBorders;
  return (
    <section class="card" aria-labelledby="result-map">
      <div class="card-head">
        <h2 id="result-map">{t().title}</h2>
        {hasChanges && <div class="end"><div class="tabs" role="group" aria-label={t().show}>{(['difference', 'changed', 'base'] as const).map((v) => <button key={v} aria-pressed={view === v} onClick={() => setView(v)}>{t()[v]}</button>)}</div></div>}
      </div>
      <div class="result-map">
        <Box profiles={communes} isServed={isServed} paint={(id) => paintOf(shown, borders, before.get(id), rows.get(id))} tell={(p) => <Tell profile={p} before={before.get(p.id)} after={hasChanges ? rows.get(p.id) : undefined} />} words={(p) => wordsOf(p, before.get(p.id), hasChanges ? rows.get(p.id) : undefined)}>
          <ul class="legend">
            {[0, 1, 2, 3, 4, 5].map((i) => <li key={i}><span class="swatch" style={{ background: `var(--div-${i})` }} />{borderWords(i, borders, shown)}</li>)}
            {shown === 'difference' && <li><svg class="swatch" viewBox="0 0 14 14" aria-hidden="true"><path class="legend-hatch" d="M-2 6L6-2M-2 13L13-2M2 16L16 2M9 16L16 9" /></svg>{t().unsure}</li>}
          </ul>
        </Box>
      </div>
    </section>
  );
}

interface Paint {
  readonly fill: string;
  readonly isUnsure: boolean;
}

function paintOf(view: View, borders: readonly number[], before: OfficeCharts | undefined, after: OfficeCharts | undefined): Paint {
  const value = view === 'difference' ? after?.onTimeDifference?.estimate : (view === 'base' ? before : after)?.onTime?.estimate;
  if (value === null || value === undefined) {
    return { fill: 'var(--no-value)', isUnsure: false };
  }
  const range = rangeOf(after?.onTimeDifference);
  return { fill: `var(--div-${classOf(value, borders)})`, isUnsure: view === 'difference' && (!range || (range.low <= 0 && range.high >= 0)) };
}

// Round borders on both sides of nought, so wide that the largest sure difference has a colour of its own.
function differenceBorders(offices: readonly OfficeCharts[]): readonly number[] {
  const top = Math.max(0.2, ...offices.map((o) => Math.abs(o.onTimeDifference?.estimate ?? 0)));
  const step = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50].find((s) => s * 4 >= top) ?? 50;
  return [-2 * step, -step / 2, 0, step / 2, 2 * step];
}

function borderWords(i: number, borders: readonly number[], view: View): string {
  const write = (v: number) => (view === 'difference' ? withMinus(signed(v, Math.abs(v) < 1 && v !== 0 ? (Math.abs(v) < 0.1 ? 2 : 1) : 0)) : share(v / 100, 0));
  return i === 0 ? t().below(write(borders[0]!)) : i === 5 ? t().from(write(borders[4]!)) : `${write(borders[i - 1]!)} … ${write(borders[i]!)}`;
}

function wordsOf(profile: OfficeProfile, before: OfficeCharts | undefined, after: OfficeCharts | undefined): string {
  const parts = [named(profile), `${t().base}: ${percent(before)}`];
  if (after) {
    parts.push(`${t().changed}: ${percent(after)}`, `${t().difference}: ${differenceWords(after)}`);
  }
  return parts.join(', ');
}

const percent = (office: OfficeCharts | undefined): string => (office?.onTime ? share((office.onTime.estimate ?? 0) / 100, 1) : t().noValue);

export function differenceWords(office: OfficeCharts): string {
  const d = rangeOf(office.onTimeDifference);
  return d ? `${withMinus(signed(d.estimate, 1))} (${withMinus(signed(d.low, 1))} … ${withMinus(signed(d.high, 1))}) ${t().points}` : none;
}

function Tell({ profile, before, after }: { profile: OfficeProfile; before: OfficeCharts | undefined; after: OfficeCharts | undefined }) {
  return (
    <>
      <b>{named(profile)}</b>
      <dl>
        <dt>{t().base}</dt><dd>{percent(before)}</dd>
        {after && <><dt>{t().changed}</dt><dd>{percent(after)}</dd></>}
        <dt>{t().days}</dt><dd>{decimal((after ?? before)?.daysMean?.estimate, 2)}</dd>
      </dl>
      {after && <small>{differenceWords(after)}</small>}
    </>
  );
}

interface BoxProps {
  readonly profiles: readonly OfficeProfile[];
  readonly isServed: boolean;
  readonly paint: (id: string) => Paint;
  readonly tell: (profile: OfficeProfile) => preact.ComponentChildren;
  readonly words: (profile: OfficeProfile) => string;
  readonly children: preact.ComponentChildren;
}

function Box({ profiles, isServed, paint, tell, words, children }: BoxProps) {
  const box = useRef<HTMLDivElement>(null);
  const drawing = useRef<SVGSVGElement>(null);
  const { shapes, size } = useShapes(box, profiles, isServed);
  const [current, setCurrent] = useState(0);
  const [pointed, setPointed] = useState<string>();
  void isDark.value;
  const byId = useMemo(() => new Map(profiles.map((p) => [p.id, p])), [profiles]);
  const labels = useMemo(() => (shapes ? labelled(shapes.cells) : []), [shapes]);
  const tipped = shapes?.cells.find((c) => c.id === pointed);
  const move = (event: KeyboardEvent) => {
    const direction = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (direction && shapes) {
      event.preventDefault();
      const next = nearest(shapes.cells, current, direction[0]!, direction[1]!);
      setCurrent(next);
      drawing.current!.querySelectorAll<SVGGElement>('g[role="img"]')[next]?.focus();
    }
  };
  return (
    <div class="map">
      <div class="map-box" ref={box}>
        {shapes && size ? (
          <>
            <svg ref={drawing} class={shapes.cells.length > 100 ? 'dense' : ''} width={size[0]} height={size[1]} viewBox={`0 0 ${size[0]} ${size[1]}`} role="group" aria-label={t().map} onKeyDown={move} onPointerLeave={() => setPointed(undefined)}>
              <defs><pattern id="few-result" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line x1="0" y1="0" x2="0" y2="6" class="hatch" /></pattern></defs>
              {shapes.cells.map((cell, i) => {
                const { fill, isUnsure } = paint(cell.id);
                return (
                  <g key={cell.id} class="result-cell" role="img" aria-label={words(byId.get(cell.id)!)} tabIndex={i === current ? 0 : -1} onPointerEnter={() => setPointed(cell.id)} onFocus={() => { setCurrent(i); setPointed(cell.id); }} onBlur={() => setPointed(undefined)}>
                    <path class="cell" d={cell.path} style={{ fill }} />
                    {isUnsure && <path d={cell.path} fill="url(#few-result)" pointer-events="none" />}
                  </g>
                );
              })}
              {shapes.insets.map(([x, y, width, height]) => <rect key={x} class="inset" x={x} y={y} width={width} height={height} rx="6" />)}
              {labels.map((l) => <text key={l.id} class="cell-name" x={l.centre[0]} y={l.centre[1]}>{l.text}</text>)}
            </svg>
            {tipped && <div class={`tip ${tipped.centre[0] > size[0] / 2 ? 'left' : 'right'}`} style={{ left: `${tipped.centre[0]}px`, top: `${tipped.centre[1]}px` }} aria-hidden="true">{tell(byId.get(tipped.id)!)}</div>}
          </>
        ) : <Loading />}
      </div>
      <div class="map-foot">{children}{shapes?.isApproximate && <p>{t().approximate}</p>}</div>
    </div>
  );
}
