import { useState } from 'preact/hooks';
import { keyWanted, useKey } from '../api/client';
import { texts } from '../i18n/language';
import { Dialog } from '../parts/dialog';

const t = texts(
  { title: 'Cần khóa truy cập', body: 'Thành phố này chỉ mở cho người có khóa API. Khóa chỉ được giữ trong thẻ này.', key: 'Khóa API', use: 'Dùng khóa' },
  { title: 'A key is needed', body: 'This city is open to holders of an API key only. The key is kept for this tab alone.', key: 'API key', use: 'Use it' },
  { title: 'Une clé est requise', body: 'Cette ville n’est ouverte qu’aux détenteurs d’une clé d’API. La clé n’est gardée que pour cet onglet.', key: 'Clé d’API', use: 'Utiliser' },
);

/** Asks for the API key when the city does. */
export function KeyDialog() {
  const [value, setValue] = useState('');
  if (!keyWanted.value) {
    return null;
  }
  return (
    <Dialog title={t().title}>
      <form
        class="stack"
        onSubmit={(e) => {
          e.preventDefault();
          useKey(value.trim());
          window.location.reload();
        }}
      >
        <p>{t().body}</p>
        <label class="field">
          <span>{t().key}</span>
          <input type="password" autocomplete="off" required minLength={16} value={value} onInput={(e) => setValue(e.currentTarget.value)} />
        </label>
        <div class="actions">
          <button class="button primary">{t().use}</button>
        </div>
      </form>
    </Dialog>
  );
}
