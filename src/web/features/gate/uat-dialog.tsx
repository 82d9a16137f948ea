import { useState } from 'react';
import { sayEvidence } from '../../api/gate-calls.ts';
import { ActForm } from '../../components/act-form.tsx';
import { Button } from '../../components/button.tsx';
import { ReasonField } from '../../components/reason-field.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useProject } from '../../shell/project-context.ts';

interface UatDialogProps {
  readonly release: string;
  /** Where users tried it. */
  readonly environment: string;
  readonly onClose: () => void;
}

interface Scenario {
  readonly key: number;
  readonly title: string;
  readonly passed: boolean;
  readonly note: string;
}

type Verdict = 'accepted' | 'rejected';

/** Signs off, or refuses to, in one's own name: what was tried, by whom, how it went. */
export function UatDialog({ release, environment, onClose }: UatDialogProps) {
  const { project, commands } = useProject();
  const [scenarios, setScenarios] = useState<readonly Scenario[]>([blank(0)]);
  const [testers, setTesters] = useState('');
  const [note, setNote] = useState('');
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const tried = scenarios.filter(({ title }) => title.trim() !== '');
  const named = testers
    .split(/[,\n]/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
  const accepted = verdict === 'accepted';
  return (
    <ActForm
      title={`Sign off ${release} in ${environment}`}
      effect={`Your word about ${release} as users found it in ${environment}. It is kept with your name; what you say later speaks instead.`}
      command={commands.uat(release, environment, {
        accepted: verdict === null ? null : accepted,
        scenarios: tried,
        testers: named,
        note,
      })}
      submit={verdict === null ? 'Sign off' : `${accepted ? 'Accept' : 'Reject'} ${release}`}
      tone={verdict === 'rejected' ? 'bad' : 'main'}
      off={offOf(verdict, tried)}
      run={() =>
        sayEvidence(project, {
          release,
          environment,
          facts: {
            kind: 'uat',
            verdict: verdict ?? 'rejected',
            testers: named,
            scenarios: tried.map((one) => ({
              title: one.title.trim(),
              passed: one.passed,
              note: one.note.trim(),
            })),
            note: note.trim(),
          },
        })
      }
      outcome={`You ${verdict} ${release} in ${environment}.`}
      onClose={onClose}
      wide
    >
      <Scenarios scenarios={scenarios} onChange={setScenarios} />
      <TextField label="Who tried it" hint="with commas between" value={testers} onChange={setTesters} />
      <ReasonField label="Note" hint="if you like" value={note} onChange={setNote} />
      <fieldset>
        <legend>Your word</legend>
        <div className="choices">
          {(['accepted', 'rejected'] as const).map((one) => (
            <label key={one} className="choice">
              <input type="radio" name="verdict" checked={verdict === one} onChange={() => setVerdict(one)} />
              {one === 'accepted' ? 'Accept: users can work with it' : 'Reject: they cannot'}
            </label>
          ))}
        </div>
      </fieldset>
    </ActForm>
  );
}

const blank = (key: number): Scenario => ({ key, title: '', passed: true, note: '' });

function offOf(verdict: Verdict | null, tried: readonly Scenario[]): string | null {
  if (verdict === null) return 'Accept or reject first';
  if (verdict === 'accepted' && tried.some(({ passed }) => !passed))
    return 'A scenario did not pass: reject it, or say that it passed';
  return null;
}

interface ScenariosProps {
  readonly scenarios: readonly Scenario[];
  readonly onChange: (scenarios: readonly Scenario[]) => void;
}

function Scenarios({ scenarios, onChange }: ScenariosProps) {
  const put = (next: Scenario): void => onChange(scenarios.map((one) => (one.key === next.key ? next : one)));
  return (
    <fieldset>
      <legend>Scenarios</legend>
      {scenarios.map((one, index) => (
        <ScenarioFields
          key={one.key}
          scenario={one}
          number={index + 1}
          onChange={put}
          onRemove={
            scenarios.length === 1 ? null : () => onChange(scenarios.filter(({ key }) => key !== one.key))
          }
        />
      ))}
      <div>
        <Button
          small
          onClick={() => onChange([...scenarios, blank(Math.max(...scenarios.map(({ key }) => key)) + 1)])}
        >
          Add a scenario
        </Button>
      </div>
    </fieldset>
  );
}

interface ScenarioFieldsProps {
  readonly scenario: Scenario;
  readonly number: number;
  readonly onChange: (scenario: Scenario) => void;
  readonly onRemove: (() => void) | null;
}

const ScenarioFields = ({ scenario, number, onChange, onRemove }: ScenarioFieldsProps) => (
  <div className="scenario" role="group" aria-label={`Scenario ${number}`}>
    <input
      className="input"
      aria-label={`What was tried, scenario ${number}`}
      placeholder="Pay by card"
      maxLength={300}
      value={scenario.title}
      onChange={(event) => onChange({ ...scenario, title: event.target.value })}
    />
    <select
      className="input"
      aria-label={`How scenario ${number} went`}
      value={scenario.passed ? 'passed' : 'failed'}
      onChange={(event) => onChange({ ...scenario, passed: event.target.value === 'passed' })}
    >
      <option value="passed">✓ passed</option>
      <option value="failed">✗ failed</option>
    </select>
    <input
      className="input"
      aria-label={`Note on scenario ${number}`}
      placeholder="Note"
      maxLength={300}
      value={scenario.note}
      onChange={(event) => onChange({ ...scenario, note: event.target.value })}
    />
    {onRemove !== null && (
      <button
        type="button"
        className="button quiet small"
        aria-label={`Remove scenario ${number}`}
        onClick={onRemove}
      >
        ✕
      </button>
    )}
  </div>
);
