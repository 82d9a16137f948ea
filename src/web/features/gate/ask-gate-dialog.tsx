import { useQuery } from '@tanstack/react-query';
import { askGate } from '../../api/gate-calls.ts';
import { whyQuery } from '../../api/queries.ts';
import { ActForm } from '../../components/act-form.tsx';
import { Sentence } from '../../components/sentence.tsx';
import { offFor } from '../../components/whose.ts';
import { useProject } from '../../shell/project-context.ts';
import { stillAnswers } from './gate-words.ts';

interface AskGateDialogProps {
  readonly release: string;
  readonly to: string;
  readonly gate: string;
  readonly onClose: () => void;
}

/** Asks the program behind a webhook gate again: its new answer counts instead of the one before. */
export function AskGateDialog({ release, to, gate, onClose }: AskGateDialogProps) {
  const { project, board, commands } = useProject();
  const { data: why } = useQuery(whyQuery(project, release, to));
  const now = why?.admission.gates.find((one) => one.gate === gate);
  return (
    <ActForm
      title={`Ask ${gate} again about ${release} for ${to}?`}
      effect="The program is asked anew, and only its next answer counts: until it comes, the gate waits."
      command={commands.askGate(gate, release, to)}
      submit={`Ask ${gate} again`}
      off={now?.state === 'waits' ? stillAnswers : offFor(undefined, board.viewer)}
      run={() => askGate(project, release, { to, gate })}
      outcome={`${gate} is asked again about ${release} for ${to}.`}
      onClose={onClose}
    >
      {now !== undefined && (
        <p className="gate-form-now">
          <b>Now</b> <Sentence text={now.says} />
        </p>
      )}
    </ActForm>
  );
}
