import { FieldFrame } from './field-frame.tsx';

interface ReasonFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly rows?: number;
  /** In characters. */
  readonly longest?: number;
  /** There has to be one. */
  readonly needed?: boolean;
}

/** The API takes no longer one. */
const longestReason = 1000;

/** What is wrong with a reason that there has to be; null where nothing is. */
export const needReason = (reason: string): string | null => (reason.trim() === '' ? 'Say why first' : null);

/** Prose that is typed: a reason, a note, a plan. */
export const ReasonField = ({
  label,
  hint,
  value,
  onChange,
  rows = 2,
  longest = longestReason,
  needed = false,
}: ReasonFieldProps) => (
  <FieldFrame label={label} hint={hint} wrong={needed ? needReason(value) : null}>
    {(control) => (
      <textarea
        {...control}
        rows={rows}
        maxLength={longest}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    )}
  </FieldFrame>
);
