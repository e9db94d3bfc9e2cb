import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { texts } from '../i18n/language';
import { Icon } from './icon';

const t = texts({ close: 'Đóng' }, { close: 'Close' }, { close: 'Fermer' });

/** A question above the page, which begins in its first field. The browser keeps the focus inside and gives it back; Escape closes, where it can be closed. */
export function Dialog({ title, onClose, children }: { title: string; onClose?: () => void; children: ComponentChildren }) {
  const box = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const shown = box.current;
    shown?.showModal();
    shown?.querySelector<HTMLElement>('input, select, textarea')?.focus();
    return () => shown?.close();
  }, []);
  return (
    <dialog ref={box} class="dialog" aria-labelledby={heading} onCancel={(e) => { e.preventDefault(); onClose?.(); }}>
      <div class="dialog-head">
        <h2 id={heading}>{title}</h2>
        {onClose && <button class="button quiet square" aria-label={t().close} onClick={onClose}><Icon name="close" /></button>}
      </div>
      {children}
    </dialog>
  );
}
