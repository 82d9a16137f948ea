import { createContext, type ReactNode, use, useId, useState } from 'react';

/** Whether somebody tried to send the form that is around: then every field says what is wrong with it. */
export const FormTried = createContext(false);

interface FrameProps {
  readonly label: string;
  readonly hint?: string | undefined;
  /** What is wrong with what stands in the field; null where nothing is. */
  readonly wrong: string | null;
  readonly children: (control: Control) => ReactNode;
}

/** What the control of a field is given by its frame. */
export interface Control {
  readonly id: string;
  readonly className: 'input';
  readonly 'aria-invalid': true | undefined;
  readonly 'aria-describedby': string | undefined;
  readonly onBlur: () => void;
}

/** A label, a control, and below it what is wrong: once the field was left, or the form was to be sent. */
export function FieldFrame({ label, hint, wrong, children }: FrameProps) {
  const id = useId();
  const why = useId();
  const tried = use(FormTried);
  const [left, setLeft] = useState(false);
  const isShown = wrong !== null && (left || tried);
  return (
    <div className="field">
      <label htmlFor={id}>
        {label} {hint !== undefined && <small>{hint}</small>}
      </label>
      {children({
        id,
        className: 'input',
        'aria-invalid': isShown || undefined,
        'aria-describedby': isShown ? why : undefined,
        onBlur: () => setLeft(true),
      })}
      {isShown && (
        <span id={why} className="field-wrong">
          {wrong}
        </span>
      )}
    </div>
  );
}
