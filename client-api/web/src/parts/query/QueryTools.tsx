import { useState } from 'preact/hooks';
import { go, place } from '../../app/location';
import { Dialog } from '../dialog';
import { Icon } from '../icon';
import { drop, keep, saved } from './saved';
import { t } from './texts';

/** Share a query by its address, keep it under a name, ask a kept one, follow what changes. What is asked is the address itself. */
export function QueryTools({ q, isFollowing, onFollow }: { q: string; isFollowing?: boolean; onFollow?: (follow: boolean) => void }) {
  const [isSaving, setSaving] = useState(false);
  const [isListed, setListed] = useState(false);
  const [told, setTold] = useState('');
  const here = () => place.value.path + (place.value.query.size > 0 ? `?${place.value.query}` : '');
  const share = async () => {
    const link = window.location.origin + here();
    try {
      await navigator.clipboard.writeText(link);
      setTold(t().copied);
    } catch {
      // Browsers keep the clipboard from pages that are not served safely: then the link is shown.
      setTold(link);
    }
  };
  return (
    <div class="query-tools">
      {onFollow && q !== '' && <button class="button" aria-pressed={isFollowing} onClick={() => onFollow(!isFollowing)}><Icon name="live" />{isFollowing ? t().stop : t().follow}</button>}
      {q !== '' && <button class="button" onClick={() => void share()}>{t().share}</button>}
      {q !== '' && <button class="button" onClick={() => setSaving(true)}>{t().save}</button>}
      {saved.value.length > 0 && <button class="button" onClick={() => setListed(true)}>{t().saved}</button>}
      <span role="status" class="soft small">{told}</span>
      {isSaving && <SaveDialog q={q} address={here()} onClose={() => setSaving(false)} />}
      {isListed && <SavedDialog onClose={() => setListed(false)} />}
    </div>
  );
}

function SaveDialog({ q, address, onClose }: { q: string; address: string; onClose: () => void }) {
  const [name, setName] = useState('');
  return (
    <Dialog title={t().saveTitle} onClose={onClose}>
      <form class="stack" onSubmit={(e) => { e.preventDefault(); keep({ name: name.trim(), address }); onClose(); }}>
        <p class="mono">{q}</p>
        <label class="field"><span>{t().name}</span><input required maxLength={80} value={name} onInput={(e) => setName(e.currentTarget.value)} /></label>
        <div class="actions end"><button type="button" class="button" onClick={onClose}>{t().cancel}</button><button class="button primary">{t().save}</button></div>
      </form>
    </Dialog>
  );
}

function SavedDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={t().saved} onClose={onClose}>
      {saved.value.length === 0 ? <p class="soft">{t().noneSaved}</p> : (
        <ul class="papers">
          {saved.value.map((s) => (
            <li key={s.name}>
              <a href={s.address} onClick={(e) => { e.preventDefault(); onClose(); go(s.address); }}>{s.name}</a>
              <button class="button quiet square small" aria-label={t().forget(s.name)} title={t().forget(s.name)} onClick={() => drop(s.name)}><Icon name="close" /></button>
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}
