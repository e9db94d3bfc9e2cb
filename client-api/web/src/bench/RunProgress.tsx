import { useState } from 'preact/hooks';
import { post } from '../api/client';
import { isOver, runs, takeRun, type RunReading } from '../city/runs';
import { count, decimal, share } from '../i18n/format';
import { texts } from '../i18n/language';
import { explain } from '../i18n/refusals';

const t = texts(
  {
    queued: 'Đang chờ', running: 'Đang chạy', done: 'Xong', failed: 'Không thành', cancelled: 'Đã dừng', progress: 'Tiến độ', of: (a: string, b: string) => `${a} / ${b} lượt mô phỏng`, left: (s: string) => `còn khoảng ${s}`, seconds: (n: string) => `${n} giây`, minutes: (n: string) => `${n} phút`, hours: (n: string) => `${n} giờ`,
    before: (n: string) => `chờ ${n} lượt chạy trước`, next: 'sắp bắt đầu', reading: 'đang đọc trạng thái thành phố', reading_: 'đang đọc nhật ký', simulating: 'đang mô phỏng', sensitivities: 'đang thử từng giả định', choosing: 'đang chọn phương án tốt nhất', fitting: 'đang học từ nhật ký', foretelling: 'đang dự đoán phần sau và so sánh', writing: 'đang ghi kết quả', part: (what: string, share: string) => `${what}, ${share}`, more: 'đang thêm lượt cho tới khi đủ chính xác', cancel: 'Dừng', cancelling: 'Đang dừng…',
  },
  {
    queued: 'Waiting', running: 'Running', done: 'Done', failed: 'Failed', cancelled: 'Stopped', progress: 'Progress', of: (a: string, b: string) => `${a} of ${b} simulations`, left: (s: string) => `about ${s} left`, seconds: (n: string) => `${n} s`, minutes: (n: string) => `${n} min`, hours: (n: string) => `${n} h`,
    before: (n: string) => (n === '1' ? 'after one other run' : `after ${n} other runs`), next: 'begins next', reading: 'reading the city’s state', reading_: 'reading the journal', simulating: 'simulating', sensitivities: 'trying each assumption', choosing: 'choosing the best', fitting: 'learning from the journal', foretelling: 'foretelling the later part and comparing', writing: 'writing the result', part: (what: string, share: string) => `${what}, ${share}`, more: 'going on until it is precise enough', cancel: 'Stop', cancelling: 'Stopping…',
  },
  {
    queued: 'En attente', running: 'En cours', done: 'Terminé', failed: 'Échec', cancelled: 'Arrêté', progress: 'Avancement', of: (a: string, b: string) => `${a} sur ${b} simulations`, left: (s: string) => `encore ${s} environ`, seconds: (n: string) => `${n} s`, minutes: (n: string) => `${n} min`, hours: (n: string) => `${n} h`,
    before: (n: string) => (n === '1' ? 'après un autre calcul' : `après ${n} autres calculs`), next: 'commence bientôt', reading: 'lecture de l’état de la ville', reading_: 'lecture du journal', simulating: 'simulation', sensitivities: 'essai de chaque hypothèse', choosing: 'choix de la meilleure', fitting: 'apprentissage du journal', foretelling: 'prédiction de la suite et comparaison', writing: 'écriture du résultat', part: (what: string, share: string) => `${what}, ${share}`, more: 'continue jusqu’à la précision voulue', cancel: 'Arrêter', cancelling: 'Arrêt…',
  },
);

const tones: Record<RunReading['status'], string> = { queued: '', running: 'accent', done: 'good', failed: 'bad', cancelled: 'warn' };

export function StatusChip({ run }: { run: RunReading }) {
  return <span class={`chip ${tones[run.status]}`}>{t()[run.status]}</span>;
}

/** How far a run is, said in words. */
export function progressWords(run: RunReading): string {
  if (run.status === 'queued') {
    const before = [...runs.value.values()].filter((r) => !isOver(r) && r.id < run.id).length;
    return before > 0 ? t().before(count(before)) : t().next;
  }
  const isCheck = run.kind === 'calibration';
  const stage = run.stage ?? 'reading';
  if (run.total === 0) {
    return isCheck && stage === 'reading' ? t().reading_ : stage === 'reading' ? t().reading : t()[stage];
  }
  const seconds = run.secondsLeft ?? null;
  const left = seconds === null || run.done === 0 || run.done >= run.total ? '' : `, ${t().left(seconds < 90 ? t().seconds(count(Math.max(1, seconds))) : seconds < 5400 ? t().minutes(decimal(seconds / 60, 0)) : t().hours(decimal(seconds / 3600, 1)))}`;
  // A check's work is not made of simulations alone: its share is told.
  if (isCheck) {
    return t().part(stage === 'reading' ? t().reading_ : t()[stage], share(run.done / run.total, 0)) + left;
  }
  if (stage === 'writing') {
    return t().writing;
  }
  const reached = t().of(count(run.done), count(run.total));
  const what = stage === 'simulating' || stage === 'reading' ? '' : `, ${t()[stage]}`;
  return run.done >= run.total && stage === 'simulating' ? `${reached}, ${t().more}` : reached + what + left;
}

export function ProgressBar({ run }: { run: RunReading }) {
  const isUnknown = run.total === 0;
  const reached = isUnknown ? 0 : Math.min(1, run.done / run.total);
  return (
    <div class={`progress ${isUnknown ? 'unknown' : ''}`} role="progressbar" aria-label={t().progress} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(reached * 100)} aria-valuetext={progressWords(run)}>
      <span style={{ width: `${reached * 100}%` }} />
    </div>
  );
}

/** Stops a run; told at once that it is being stopped. */
export function CancelButton({ run, small }: { run: RunReading; small?: boolean }) {
  const [state, setState] = useState<{ isAsked: boolean; error?: unknown }>({ isAsked: false });
  const cancel = () => {
    setState({ isAsked: true });
    post('/whatif/runs/{id}/cancel', {} as never, { path: { id: String(run.id) } }).then(takeRun, (error: unknown) => setState({ isAsked: false, error }));
  };
  return (
    <>
      <button class={`button ${small ? 'small' : ''}`} disabled={state.isAsked} onClick={cancel}>{state.isAsked ? t().cancelling : t().cancel}</button>
      {state.error !== undefined && <span class="bad small" role="alert">{explain(state.error).text}</span>}
    </>
  );
}
