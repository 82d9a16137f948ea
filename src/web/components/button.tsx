import { type ReactNode, useId } from 'react';
import './button.css';

interface ButtonProps {
  readonly children: ReactNode;
  readonly onClick?: () => void;
  readonly tone?: 'plain' | 'main' | 'go' | 'bad' | 'quiet';
  readonly small?: boolean;
  readonly type?: 'button' | 'submit';
  /** Why it cannot be used now. It stands beside the button, and a screen reader says it with the button. */
  readonly off?: string | null;
  /** It is pressed although it is off. */
  readonly onOff?: () => void;
  readonly label?: string;
}

/** A button that names its effect. One that is off keeps its place, can be reached by the keyboard, and says why. */
export function Button({
  children,
  onClick,
  tone = 'plain',
  small = false,
  type = 'button',
  off = null,
  onOff,
  label,
}: ButtonProps) {
  const why = useId();
  return (
    <>
      <button
        type={type}
        className={`button ${tone}${small ? ' small' : ''}`}
        aria-disabled={off !== null || undefined}
        aria-describedby={off === null ? undefined : why}
        aria-label={label}
        onClick={(event) => {
          if (off === null) return onClick?.();
          event.preventDefault();
          onOff?.();
        }}
      >
        {children}
      </button>
      {off !== null && (
        <span id={why} className="off-why">
          {off}
        </span>
      )}
    </>
  );
}
