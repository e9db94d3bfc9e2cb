import { useState } from 'preact/hooks';
import { go } from '../../app/location';
import { liveBoard } from '../../city/board';
import { isOver, type RunReading } from '../../city/runs';
import { DeleteButton, KeepButton } from '../../bench/actions';
import { rangeOf } from '../../bench/contract';
import { digitsFor, verdict, verdictTone, writeDifference, writeRange } from '../../bench/figures';
import { CancelButton, ProgressBar, progressWords, StatusChip } from '../../bench/RunProgress';
import { count, moment, none, relative } from '../../i18n/format';
import { named, texts } from '../../i18n/language';

const t = texts(
  { choose: (n: string) => `Chọn để so sánh: ${n}`, name: 'Câu hỏi', base: 'Từ', effect: 'Khác biệt tỷ lệ đúng hạn', when: 'Lúc', actions: 'Thao tác', live: (city: string, at: string) => `${city}, lúc ${at}`, chosen: (n: string) => `Đã chọn ${n}`, hint: 'Chọn từ 2 đến 6 lượt cùng nền để so sánh', compare: 'So sánh', clear: 'Bỏ chọn', other: 'Khác nền, khác thời điểm hoặc khác hạt ngẫu nhiên với lượt đã chọn: không ghép cặp được.', noChange: 'không có thay đổi', full: 'Nhiều nhất sáu lượt.' },
  { choose: (n: string) => `Choose for comparison: ${n}`, name: 'Question', base: 'From', effect: 'Difference in share on time', when: 'When', actions: 'Actions', live: (city: string, at: string) => `${city}, ${at}`, chosen: (n: string) => `${n} chosen`, hint: 'Choose 2 to 6 runs of one base to compare them', compare: 'Compare', clear: 'Clear', other: 'Its base, moment or seed differs from the chosen ones: the runs make no pairs.', noChange: 'no changes', full: 'Six runs at most.' },
  { choose: (n: string) => `Choisir pour comparer : ${n}`, name: 'Question', base: 'Depuis', effect: 'Écart de la part dans les délais', when: 'Quand', actions: 'Actions', live: (city: string, at: string) => `${city}, ${at}`, chosen: (n: string) => `${n} choisis`, hint: 'Choisissez 2 à 6 calculs d’une même base pour les comparer', compare: 'Comparer', clear: 'Effacer', other: 'Base, instant ou graine différents des calculs choisis : ils ne forment pas de paires.', noChange: 'aucun changement', full: 'Six calculs au plus.' },
);

const comparedMax = 6;

/** All runs with what they said; those of one base can be chosen and compared. */
export function RunTable({ runs }: { runs: readonly RunReading[] }) {
  const [chosen, setChosen] = useState<readonly number[]>([]);
  const there = chosen.filter((id) => runs.some((r) => r.id === id));
  const key = runs.find((r) => r.id === there[0])?.pairingKey;
  const whyNot = (run: RunReading) => (there.includes(run.id) ? undefined : key && run.pairingKey !== key ? t().other : there.length >= comparedMax ? t().full : undefined);
  const toggle = (id: number) => setChosen(there.includes(id) ? there.filter((c) => c !== id) : [...there, id]);
  return (
    <>
      <div class="table-scroll">
        <table class="list runs">
          <thead><tr><th scope="col"><span class="hidden">{t().compare}</span></th><th scope="col">{t().name}</th><th scope="col">{t().effect}</th><th scope="col" class="wide">{t().base}</th><th scope="col" class="wide">{t().when}</th><th scope="col" class="wide"><span class="hidden">{t().actions}</span></th></tr></thead>
          <tbody>
            {runs.map((r) => (
              <tr key={r.id} class={there.includes(r.id) ? 'chosen' : ''}>
                <td class="pick-run">{r.status === 'done' && r.pairingKey && <input type="checkbox" aria-label={t().choose(r.name)} checked={there.includes(r.id)} disabled={whyNot(r) !== undefined} title={whyNot(r)} onChange={() => toggle(r.id)} />}</td>
                <td class="name"><a href={`/whatif/runs/${r.id}`}>{r.name}</a></td>
                <td class="effect"><Effect run={r} /></td>
                <td class="wide">{baseWords(r)}</td>
                <td class="wide soft" title={moment(r.createdAt)}>{relative(Date.parse(r.createdAt) - Date.now())}</td>
                <td class="num wide">{isOver(r) && <><KeepButton run={r} /><DeleteButton run={r} small /></>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div class="compare-bar">
        <span class="soft" role="status">{there.length > 0 ? t().chosen(count(there.length)) : t().hint}</span>
        <span class="end actions">
          {there.length > 0 && <button class="button" onClick={() => setChosen([])}>{t().clear}</button>}
          <button class="button primary" disabled={there.length < 2} onClick={() => go(`/whatif/compare?runs=${there.join(',')}`)}>{t().compare}</button>
        </span>
      </div>
    </>
  );
}

function Effect({ run }: { run: RunReading }) {
  if (!isOver(run)) {
    return <><ProgressBar run={run} /><small class="soft">{progressWords(run)}</small><CancelButton run={run} small /></>;
  }
  if (run.status !== 'done') {
    return <StatusChip run={run} />;
  }
  const figure = run.figures?.[0];
  const difference = rangeOf(figure?.difference);
  if (!figure || !difference) {
    return <span class="soft">{figure ? t().noChange : none}</span>;
  }
  const tone = verdictTone[verdict(difference, figure.isHigherBetter)];
  return <><b class={tone}>{writeDifference(figure.key, difference.estimate, digitsFor(figure.key, difference))}</b><small>{writeRange(figure.key, difference)}</small></>;
}

export function baseWords(run: RunReading): string {
  return run.base === 'live' ? t().live(named(liveBoard.value, 'live'), moment(run.at, 'short')) : run.base === 'hcmc' ? 'Hồ Chí Minh' : run.base === 'hue' ? 'Huế' : run.base;
}
