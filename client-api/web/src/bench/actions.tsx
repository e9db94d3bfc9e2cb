import { useState } from 'preact/hooks';
import { post, remove } from '../api/client';
import { dropRun, takeRun, type RunReading } from '../city/runs';
import { texts } from '../i18n/language';
import { explain } from '../i18n/refusals';
import { Dialog } from '../parts/dialog';

const t = texts(
  { keep: 'Giữ lại: không bị xóa khi hết chỗ', kept: 'Được giữ; bấm để thôi giữ', rename: 'Đổi tên', name: 'Tên', save: 'Lưu', close: 'Thôi', remove: 'Xóa', sure: (n: string) => `Xóa “${n}” cùng kết quả? Không lấy lại được.`, copy: 'Chép liên kết', copied: 'Đã chép' },
  { keep: 'Keep: never removed to make room', kept: 'Kept; press to let go', rename: 'Rename', name: 'Name', save: 'Save', close: 'Cancel', remove: 'Delete', sure: (n: string) => `Delete “${n}” with its results? They cannot be brought back.`, copy: 'Copy link', copied: 'Copied' },
  { keep: 'Garder : jamais supprimé pour faire place', kept: 'Gardé ; appuyer pour relâcher', rename: 'Renommer', name: 'Nom', save: 'Enregistrer', close: 'Annuler', remove: 'Supprimer', sure: (n: string) => `Supprimer « ${n} » et ses résultats ? C’est définitif.`, copy: 'Copier le lien', copied: 'Copié' },
);

/** A star: a run that is kept is never removed to make room. */
export function KeepButton({ run }: { run: RunReading }) {
  const keep = () => void post('/whatif/runs/{id}/keep', { kept: !run.kept }, { path: { id: String(run.id) } }).then(takeRun, () => undefined);
  return (
    <button class="icon-button" aria-pressed={run.kept} aria-label={run.kept ? t().kept : t().keep} title={run.kept ? t().kept : t().keep} onClick={keep}>
      <svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><path d="M10 2.8l2.2 4.6 5 .7-3.6 3.5.9 5-4.5-2.4-4.5 2.4.9-5L2.8 8.1l5-.7z" /></svg>
    </button>
  );
}

export function RenameButton({ run }: { run: RunReading }) {
  const [name, setName] = useState<string>();
  const [error, setError] = useState<unknown>();
  const save = (event: Event) => {
    event.preventDefault();
    post('/whatif/runs/{id}/keep', { name: name ?? '', kept: true }, { path: { id: String(run.id) } }).then((r) => { takeRun(r); setName(undefined); }, setError);
  };
  return (
    <>
      <button class="button" onClick={() => setName(run.name)}>{t().rename}</button>
      {name !== undefined && (
        <Dialog title={t().rename} onClose={() => setName(undefined)}>
          <form class="stack" onSubmit={save}>
            <label class="field"><span>{t().name}</span><input required maxLength={200} value={name} onInput={(e) => setName(e.currentTarget.value)} /></label>
            {error !== undefined && <p class="note bad" role="alert">{explain(error).text}</p>}
            <div class="actions end"><button type="button" class="button" onClick={() => setName(undefined)}>{t().close}</button><button class="button primary">{t().save}</button></div>
          </form>
        </Dialog>
      )}
    </>
  );
}

export function DeleteButton({ run, onGone, small }: { run: RunReading; onGone?: () => void; small?: boolean }) {
  const [isAsking, setAsking] = useState(false);
  const [error, setError] = useState<unknown>();
  const gone = () => remove('/whatif/runs/{id}', { id: String(run.id) }).then(() => { setAsking(false); dropRun(run.id); onGone?.(); }, setError);
  return (
    <>
      {small
        ? <button class="icon-button" aria-label={`${t().remove}: ${run.name}`} title={t().remove} onClick={() => setAsking(true)}><svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><path d="M4 6h12M8 6V4h4v2M6 6l.7 10.5h6.6L14 6M8.7 9v5M11.3 9v5" /></svg></button>
        : <button class="button" onClick={() => setAsking(true)}>{t().remove}</button>}
      {isAsking && (
        <Dialog title={t().remove} onClose={() => setAsking(false)}>
          <div class="stack">
            <p>{t().sure(run.name)}</p>
            {error !== undefined && <p class="note bad" role="alert">{explain(error).text}</p>}
            <div class="actions end"><button class="button" onClick={() => setAsking(false)}>{t().close}</button><button class="button danger" onClick={() => void gone()}>{t().remove}</button></div>
          </div>
        </Dialog>
      )}
    </>
  );
}

/** Copies an address; says so. */
export function CopyLink({ address }: { address: () => string | Promise<string> }) {
  const [isDone, setDone] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(new URL(await address(), window.location.href).href);
    setDone(true);
    setTimeout(() => setDone(false), 2000);
  };
  return (
    <>
      <button class="button" onClick={() => void copy()}>{isDone ? t().copied : t().copy}</button>
      <span class="hidden" role="status">{isDone ? t().copied : ''}</span>
    </>
  );
}
