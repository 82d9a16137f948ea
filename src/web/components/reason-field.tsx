import { useId } from 'react';

interface ReasonFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly rows?: number;
  /** In characters. */
  readonly longest?: number;
}

/** The API takes no longer one. */
const longestReason = 1000;

/** Prose that is typed: a reason, a note, a plan. */
export function ReasonField({
  label,
  hint,
  value,
  onChange,
  rows = 2,
  longest = longestReason,
}: ReasonFieldProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>
        {label} {hint !== undefined && <small>{hint}</small>}
      </label>
      <textarea
        id={id}
        className="input"
        rows={rows}
        maxLength={longest}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}
