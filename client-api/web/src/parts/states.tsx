// What a page shows while it has nothing to show: loading, empty, failed, old, and nothing at this address.
import type { ComponentChildren } from 'preact';
import { texts } from '../i18n/language';
import { explain } from '../i18n/refusals';
import { Icon } from './icon';

const t = texts(
  { loading: 'Đang tải…', retry: 'Thử lại', failed: 'Không tải được', notHere: 'Không có trang này', notHereBody: 'Địa chỉ không dẫn tới đâu.', home: 'Về bảng điều hành', old: 'Số liệu cũ: lần đọc mới nhất không thành công.' },
  { loading: 'Loading…', retry: 'Try again', failed: 'This could not be loaded', notHere: 'There is no such page', notHereBody: 'The address leads nowhere.', home: 'To the board', old: 'Old figures: the latest reading failed.' },
  { loading: 'Chargement…', retry: 'Réessayer', failed: 'Chargement impossible', notHere: 'Cette page n’existe pas', notHereBody: 'L’adresse ne mène nulle part.', home: 'Vers le pilotage', old: 'Chiffres anciens : la dernière lecture a échoué.' },
);

/** Grey lines in the place of what comes; told to screen readers as a status. */
export function Loading({ lines = 4 }: { lines?: number }) {
  return (
    <div class="loading" role="status">
      <span class="hidden">{t().loading}</span>
      {Array.from({ length: lines }, (_, i) => (
        <span key={i} class="bone" style={{ width: `${92 - ((i * 23) % 50)}%` }} />
      ))}
    </div>
  );
}

/** What a whole page shows until it knows what it is about: its figures, and the cards beneath. */
export function PageLoading() {
  return (
    <>
      <span class="bone title-bone" />
      <div class="card"><Loading lines={2} /></div>
      <div class="columns">
        <div class="card tall-bones"><Loading lines={6} /></div>
        <div class="card tall-bones"><Loading lines={4} /></div>
      </div>
    </>
  );
}

export function Empty({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <p class="empty-title">{title}</p>
      {children}
    </div>
  );
}

export function Failed({ error, retry }: { error: unknown; retry?: () => void }) {
  const { text, places } = explain(error);
  return (
    <div class="failed" role="alert">
      <Icon name="warning" />
      <div>
        <p class="empty-title">{t().failed}</p>
        <p>{text}</p>
        {places.length > 0 && <ul>{places.map((p) => <li key={p.path}><code>{p.path}</code> {p.reason}</li>)}</ul>}
        {retry && <button class="button" onClick={retry}>{t().retry}</button>}
      </div>
    </div>
  );
}

/** Above figures that could not be read anew. */
export function Old({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <div class="old" role="status">
      <Icon name="warning" />
      <span>{t().old} {explain(error).text}</span>
      <button class="button small" onClick={retry}>{t().retry}</button>
    </div>
  );
}

export function NotHere() {
  return (
    <div class="page">
      <section class="card empty">
        <h1>{t().notHere}</h1>
        <p>{t().notHereBody}</p>
        <p><a class="button" href="/">{t().home}</a></p>
      </section>
    </div>
  );
}
