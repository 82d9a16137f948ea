import { useEffect, useId, useState } from 'react';
import { useProject } from '../../shell/project-context.ts';
import { isWhole } from '../board/whole.ts';
import { useEnvironments } from './use-environments.ts';

interface ChoiceProps {
  readonly label: string;
  readonly hint?: string;
  /** What is chosen where no environment is. */
  readonly none: string;
  readonly value: string;
  readonly onChange: (name: string) => void;
}

/** One environment, or none: from a list where there are few, by letters of its name where there are many. */
export function EnvironmentChoice({ label, hint, ...choice }: ChoiceProps) {
  const { board } = useProject();
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>
        {label} {hint !== undefined && <small>{hint}</small>}
      </label>
      {isWhole(board) ? <FromList id={id} {...choice} /> : <ByLetters id={id} {...choice} />}
    </div>
  );
}

type ControlProps = Omit<ChoiceProps, 'label' | 'hint'> & { readonly id: string };

function FromList({ id, none, value, onChange }: ControlProps) {
  const { board } = useProject();
  return (
    <select id={id} className="input" value={value} onChange={(event) => onChange(event.target.value)}>
      <option value="">{none}</option>
      {board.environments.map((one) => (
        <option key={one.id}>{one.name}</option>
      ))}
    </select>
  );
}

/** Chosen as soon as it is a whole name that there is; emptied, it is none again. */
function ByLetters({ id, none, value, onChange }: ControlProps) {
  const [letters, setLetters] = useState(value);
  const [chosen, setChosen] = useState(value);
  // The address can say another one, as when one goes back.
  if (chosen !== value) {
    setChosen(value);
    setLetters(value);
  }
  const { environments } = useEnvironments(letters);
  const list = useId();
  const isName = environments.some(({ name }) => name === letters);
  useEffect(() => {
    if (letters !== value && (isName || letters === '')) onChange(letters);
  }, [letters, value, isName, onChange]);
  return (
    <>
      <input
        id={id}
        className="input"
        type="search"
        list={list}
        maxLength={40}
        placeholder={none}
        value={letters}
        onChange={(event) => setLetters(event.target.value)}
        onBlur={() => setLetters(value)}
      />
      <datalist id={list}>
        {environments.map((one) => (
          <option key={one.id} value={one.name} />
        ))}
      </datalist>
    </>
  );
}
