import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import './dialog.css';

interface DialogProps {
  readonly title: ReactNode;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly wide?: boolean;
  /** Without a head: what is inside says itself what it is, and the title is for a screen reader alone. */
  readonly bare?: boolean;
}

/**
 * The browser's own modal dialog: it keeps the keyboard inside, Escape closes it, and the focus goes back to where it
 * was. A click beside it does nothing, so that a reason half written is not lost.
 */
export function Dialog({ title, onClose, children, wide = false, bare = false }: DialogProps) {
  const place = useRef<HTMLDialogElement>(null);
  const name = useId();
  useLayoutEffect(() => {
    const dialog = place.current;
    dialog?.showModal();
    // Not on the button that closes it; and a dialog that is to be read first is not scrolled to its first field.
    const field = dialog?.querySelector<HTMLElement>('input, textarea');
    (wide ? dialog : (field ?? dialog))?.focus();
    return () => dialog?.close();
  }, [wide]);
  return (
    <dialog
      ref={place}
      tabIndex={-1}
      className={`dialog${wide ? ' wide' : ''}${bare ? ' bare' : ''}`}
      aria-labelledby={name}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <header className={bare ? 'sr-only' : 'dialog-head'}>
        <h1 id={name}>{title}</h1>
        <button type="button" className="button quiet small" aria-label="Close" onClick={onClose}>
          ✕
        </button>
      </header>
      {children}
    </dialog>
  );
}
