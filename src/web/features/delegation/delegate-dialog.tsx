import { useState } from 'react';
import { delegate } from '../../api/people-calls.ts';
import type { ViewerView } from '../../api/views.ts';
import { ActForm } from '../../components/act-form.tsx';
import { personName, roleName } from '../../components/names.ts';
import { needReason, ReasonField } from '../../components/reason-field.tsx';
import { TextField } from '../../components/text-field.tsx';
import { actingId, offFor } from '../../components/whose.ts';
import { useProject } from '../../shell/project-context.ts';
import { fromField, inField } from '../../time/moment-field.ts';
import { useZone } from '../../time/moment.tsx';
import { serverNow } from '../../time/now.ts';
import { endWrong, standInWrong } from './delegation-words.ts';

const weekMs = 7 * 24 * 3_600_000;

/** Lets somebody approve in one's name while one is away. */
export function DelegateDialog({ onClose }: { readonly onClose: () => void }) {
  const { project, board, commands } = useProject();
  const { viewer } = board;
  const zone = useZone();
  const [to, setTo] = useState('');
  const [end, setEnd] = useState(() => inField(serverNow() + weekMs, zone));
  const [roles, setRoles] = useState<readonly string[]>(viewer.roles);
  const [reason, setReason] = useState('');
  const person = to.trim().toLowerCase();
  const until = fromField(end, zone);
  const wrong = { to: standInWrong(person, viewer), end: endWrong(until, serverNow()) };
  const chosen = roles.length === viewer.roles.length ? [] : roles;
  return (
    <ActForm
      title="Let somebody stand in for you"
      effect="From now on they approve in your name, in roles that you hold yourself. Each such approval names both of you, and the two of you never count as two. It does not count in an emergency."
      command={commands.delegate({ to: person, until, roles: chosen, reason })}
      submit={person === '' ? 'Let them stand in' : `Let ${personName(person)} stand in`}
      off={
        offFor(undefined, viewer) ??
        wrong.to ??
        wrong.end ??
        (roles.length === 0 ? 'Choose a role' : needReason(reason))
      }
      run={() =>
        delegate(project, {
          to: person,
          until: until ?? 0,
          ...(chosen.length === 0 ? {} : { roles: chosen }),
          reason: reason.trim(),
        })
      }
      outcome={`${personName(person)} stands in for you.`}
      onClose={onClose}
    >
      <TextField
        label="Who"
        hint="a member of the project, as rung.yaml names them"
        value={to}
        onChange={setTo}
        maxLength={320}
        wrong={wrong.to}
        offers={viewer.mayActAs.map(({ id }) => id).filter((id) => id !== actingId(viewer))}
      />
      <TextField
        label="Until"
        hint={zone === 'utc' ? 'UTC' : 'your own time'}
        type="datetime-local"
        value={end}
        onChange={setEnd}
        wrong={wrong.end}
      />
      <RoleChoice viewer={viewer} chosen={roles} onChange={setRoles} />
      <ReasonField needed label="Why" hint="it goes into the log" value={reason} onChange={setReason} />
    </ActForm>
  );
}

interface RoleChoiceProps {
  readonly viewer: ViewerView;
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}

/** Who has one role alone has nothing to choose. */
function RoleChoice({ viewer, chosen, onChange }: RoleChoiceProps) {
  if (viewer.roles.length < 2) return null;
  const toggle = (role: string): void =>
    onChange(viewer.roles.filter((one) => (one === role ? !chosen.includes(one) : chosen.includes(one))));
  return (
    <fieldset>
      <legend>As</legend>
      <div className="choices">
        {viewer.roles.map((role) => (
          <label className="choice" key={role}>
            <input type="checkbox" checked={chosen.includes(role)} onChange={() => toggle(role)} />
            {roleName(role)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
