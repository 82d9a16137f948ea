import { type HTMLInputTypeAttribute, useId } from 'react';

interface TextFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly type?: HTMLInputTypeAttribute;
  readonly maxLength?: number;
}

/** One line that is typed. */
export function TextField({ label, hint, value, onChange, type = 'text', maxLength = 300 }: TextFieldProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>
        {label} {hint !== undefined && <small>{hint}</small>}
      </label>
      <input
        id={id}
        className="input"
        type={type}
        min={type === 'number' ? 0 : undefined}
        maxLength={maxLength}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}
