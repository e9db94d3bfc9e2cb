import { go, withQuery } from '../app/location';
import { moment } from '../city/board';
import { moment as written } from '../i18n/format';
import { texts } from '../i18n/language';

const t = texts(
  { past: (at: string) => `Bạn đang xem lúc ${at}, không phải hiện tại.`, back: 'Về hiện tại' },
  { past: (at: string) => `You see ${at}, not now.`, back: 'Back to now' },
  { past: (at: string) => `Vous voyez ${at}, pas le présent.`, back: 'Retour au présent' },
);

/** Says that a page shows the past, and leads back. */
export function PastNote() {
  if (moment.value === null) {
    return null;
  }
  return (
    <p class="note past actions" role="status">
      {t().past(written(moment.value))}
      <button class="button small" onClick={() => go(withQuery({ at: undefined }))}>{t().back}</button>
    </p>
  );
}
