import type { ChangeRequestView } from '../../api/views.ts';
import { ReasonField } from '../../components/reason-field.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useZone } from '../../time/moment.tsx';
import { fromField, inField } from '../../time/moment-field.ts';

/** A change request as it is typed. */
export interface ChangeDraft {
  readonly reference: string;
  readonly type: ChangeRequestView['form']['type'];
  readonly risk: ChangeRequestView['form']['risk'];
  readonly from: string;
  readonly to: string;
  readonly rollbackMinutes: string;
  readonly testing: string;
  readonly communication: string;
  readonly description: string;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** A form to begin with: for an hour from when it could go in, so that nothing waits for a time that nobody chose. */
export function freshDraft(opens: number, zone: 'local' | 'utc'): ChangeDraft {
  const from = Math.floor(opens / minuteMs) * minuteMs;
  return {
    reference: '',
    type: 'normal',
    risk: 'medium',
    from: inField(from, zone),
    to: inField(from + hourMs, zone),
    rollbackMinutes: '5',
    testing: '',
    communication: '',
    description: '',
  };
}

export const draftOf = ({ form }: ChangeRequestView, zone: 'local' | 'utc'): ChangeDraft => ({
  ...form,
  reference: form.reference ?? '',
  from: inField(form.window.from, zone),
  to: inField(form.window.to, zone),
  rollbackMinutes: String(form.rollbackMinutes),
});

/** What is sent of it. `before` is what it was filled with: a field tells no seconds, and no hour from its twin when clocks go back. */
export const formOf = (
  draft: ChangeDraft,
  zone: 'local' | 'utc',
  before?: ChangeRequestView['form']['window'],
) => ({
  reference: draft.reference.trim() === '' ? null : draft.reference.trim(),
  type: draft.type,
  risk: draft.risk,
  window: {
    from: momentIn(draft.from, zone, before?.from),
    to: momentIn(draft.to, zone, before?.to),
  },
  rollbackMinutes: Number(draft.rollbackMinutes),
  testing: draft.testing.trim(),
  communication: draft.communication.trim(),
  description: draft.description.trim(),
});

const momentIn = (text: string, zone: 'local' | 'utc', before: number | undefined): number =>
  before !== undefined && inField(before, zone) === text ? before : (fromField(text, zone) ?? 0);

/** What is to be filled in first; null where nothing is missing. */
export function draftOff(draft: ChangeDraft, zone: 'local' | 'utc'): string | null {
  const from = fromField(draft.from, zone);
  const to = fromField(draft.to, zone);
  if (from === null || to === null) return 'Say when its window begins and ends';
  if (to <= from) return 'Its window ends before it begins';
  if (!/^\d{1,5}$/.test(draft.rollbackMinutes))
    return 'Say in whole minutes how long taking it back may take';
  if (draft.testing.trim() === '') return 'Say how it is seen that it works';
  return draft.communication.trim() === '' ? 'Say who is told, when and where' : null;
}

interface ChangeFieldsProps {
  readonly draft: ChangeDraft;
  readonly onChange: (draft: ChangeDraft) => void;
}

const longestProse = 10_000;

/** Every field of a change request (REL-7). */
export function ChangeFields({ draft, onChange }: ChangeFieldsProps) {
  const put = (field: keyof ChangeDraft) => (value: string) => onChange({ ...draft, [field]: value });
  const zone = useZone() === 'utc' ? 'UTC' : 'your own time';
  return (
    <>
      <div className="two-fields">
        <Choice
          label="Type"
          of={['standard', 'normal', 'emergency']}
          value={draft.type}
          onChange={put('type')}
        />
        <Choice label="Risk" of={['low', 'medium', 'high']} value={draft.risk} onChange={put('risk')} />
      </div>
      <div className="two-fields">
        <TextField
          label="Window from"
          hint={zone}
          type="datetime-local"
          value={draft.from}
          onChange={put('from')}
        />
        <TextField label="until" hint={zone} type="datetime-local" value={draft.to} onChange={put('to')} />
      </div>
      <div className="two-fields">
        <TextField
          label="Minutes to take it back"
          type="number"
          value={draft.rollbackMinutes}
          onChange={put('rollbackMinutes')}
        />
        <TextField
          label="Reference"
          hint="at your own desk, if any"
          value={draft.reference}
          onChange={put('reference')}
          maxLength={100}
        />
      </div>
      <ReasonField
        label="Testing"
        hint="how it is seen that it works"
        value={draft.testing}
        onChange={put('testing')}
        longest={longestProse}
      />
      <ReasonField
        label="Communication"
        hint="who is told, when and where"
        value={draft.communication}
        onChange={put('communication')}
        longest={longestProse}
      />
      <ReasonField
        label="Description"
        hint="anything else"
        value={draft.description}
        onChange={put('description')}
        longest={longestProse}
      />
    </>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly of: readonly string[];
  readonly value: string;
  readonly onChange: (value: string) => void;
}

const Choice = ({ label, of, value, onChange }: ChoiceProps) => (
  <label className="field">
    <span>{label}</span>
    <select className="input" value={value} onChange={(event) => onChange(event.target.value)}>
      {of.map((one) => (
        <option key={one}>{one}</option>
      ))}
    </select>
  </label>
);
