import { type HTMLInputTypeAttribute, useId } from 'react';
import { FieldFrame } from './field-frame.tsx';

interface TextFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly type?: HTMLInputTypeAttribute;
  readonly maxLength?: number;
  /** What is wrong with the value; null where nothing is. */
  readonly wrong?: string | null;
  /** Offered while one types; anything else can be typed, too. */
  readonly offers?: readonly string[];
}

/** One line that is typed. */
export function TextField({
  label,
  hint,
  value,
  onChange,
  type = 'text',
  maxLength = 300,
  wrong = null,
  offers = [],
}: TextFieldProps) {
  const list = useId();
  return (
    <FieldFrame label={label} hint={hint} wrong={wrong}>
      {(control) => (
        <>
          <input
            {...control}
            type={type}
            min={type === 'number' ? 0 : undefined}
            maxLength={maxLength}
            list={offers.length === 0 ? undefined : list}
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
          {offers.length > 0 && (
            <datalist id={list}>
              {offers.map((one) => (
                <option key={one} value={one} />
              ))}
            </datalist>
          )}
        </>
      )}
    </FieldFrame>
  );
}
