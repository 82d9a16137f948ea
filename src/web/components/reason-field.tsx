import { useId } from 'react';

interface ReasonFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** The API takes no longer one. */
const longest = 1000;

export function ReasonField({ label, hint, value, onChange }: ReasonFieldProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>
        {label} {hint !== undefined && <small>{hint}</small>}
      </label>
      <textarea
        id={id}
        className="input"
        rows={2}
        maxLength={longest}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}
