import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { sayEvidence } from '../../api/gate-calls.ts';
import { whyQuery } from '../../api/queries.ts';
import type { GateView } from '../../api/views.ts';
import { ActForm } from '../../components/act-form.tsx';
import { FailureNote } from '../../components/failure-note.tsx';
import { countText } from '../../components/names.ts';
import { ActorName } from '../../components/person.tsx';
import { offFor } from '../../components/whose.ts';
import { useProject } from '../../shell/project-context.ts';
import { Relative } from '../../time/moment.tsx';

interface ChecklistDialogProps {
  readonly release: string;
  readonly to: string;
  readonly gate: string;
  readonly onClose: () => void;
}

type Item = NonNullable<GateView['items']>[number];
type Changed = Readonly<Record<string, { readonly done: boolean; readonly note: string }>>;

/** Ticks off what was done, in one's own name. Only what one changed is said. */
export function ChecklistDialog({ release, to, gate, onClose }: ChecklistDialogProps) {
  const { project, board, commands } = useProject();
  const { data: why, error } = useQuery(whyQuery(project, release, to));
  const [changed, setChanged] = useState<Changed>({});
  const items = why?.admission.gates.find((one) => one.gate === gate)?.items;
  const blocker = why?.admission.blockers.find((one) => one.gate === gate);
  const said = saidOf(items ?? [], changed);
  const change = (item: string, value: Changed[string]): void => setChanged({ ...changed, [item]: value });
  return (
    <ActForm
      title={`Checklist ${gate} for ${release} into ${to}`}
      effect="What you tick off is said in your name, and counts for the source of this release."
      command={commands.tick(gate, release, {
        done: said.filter(({ done }) => done).map(({ item }) => item),
        undone: said.filter(({ done }) => !done).map(({ item }) => item),
      })}
      submit={said.length === 0 ? 'Say so' : `Say so of ${countText(said.length, 'item')}`}
      off={offFor(blocker?.liftedBy, board.viewer) ?? (said.length === 0 ? 'Nothing is changed yet' : null)}
      run={() => sayEvidence(project, { release, name: gate, facts: { kind: 'checklist', items: said } })}
      outcome={`You ticked off ${countText(said.length, 'item')} of ${gate}.`}
      onClose={onClose}
      wide
    >
      {error !== null && <FailureNote error={error} />}
      <fieldset>
        <legend className="sr-only">Items</legend>
        {items?.map((item) => (
          <Tick
            key={item.item}
            item={item}
            value={changed[item.item] ?? item}
            onChange={(value) => change(item.item, value)}
          />
        ))}
      </fieldset>
    </ActForm>
  );
}

const saidOf = (items: readonly Item[], changed: Changed) =>
  items.flatMap(({ item, done, note }) => {
    const now = changed[item];
    return now === undefined || (now.done === done && now.note.trim() === note)
      ? []
      : [{ item, done: now.done, note: now.note.trim() }];
  });

interface TickProps {
  readonly item: Item;
  readonly value: Changed[string];
  readonly onChange: (value: Changed[string]) => void;
}

const Tick = ({ item: { item, by, at }, value: { done, note }, onChange }: TickProps) => (
  <div className="tick">
    <label className="choice">
      <input
        type="checkbox"
        checked={done}
        onChange={(event) => onChange({ done: event.target.checked, note })}
      />
      <span>{item}</span>
    </label>
    {by !== null && at !== null && (
      <span className="soft">
        <ActorName actor={by} /> <Relative at={at} />
      </span>
    )}
    <input
      className="input"
      aria-label={`Note on ${item}`}
      placeholder="Note, if you like"
      maxLength={300}
      value={note}
      onChange={(event) => onChange({ done, note: event.target.value })}
    />
  </div>
);
