import type { Blocker, GateView } from '../../api/views.ts';
import { Button } from '../../components/button.tsx';
import { offFor } from '../../components/whose.ts';
import type { Act } from '../../shell/act.ts';
import { useProject } from '../../shell/project-context.ts';
import { useAct } from '../../shell/use-act.ts';
import { useWayInto } from '../way/use-way.ts';
import { isOpen, offForWaiving, stillAnswers } from './gate-words.ts';

interface GateActsProps {
  readonly gate: GateView;
  readonly release: string;
  readonly to: string;
  readonly blocker: Blocker | undefined;
}

interface Offer {
  readonly act: Act;
  readonly words: string;
  /** The form says itself what who may do with it. */
  readonly isForAnybody?: true;
  /** Why nobody can now. */
  readonly off?: string | null;
}

/** What can be done about a gate. Who may not do it reads who may. */
export function GateActs({ gate, release, to, blocker }: GateActsProps) {
  const { board } = useProject();
  const { open } = useAct();
  const from = useWayInto(to)?.from ?? null;
  const offer = offerFor(gate, release, to, from);
  const isShut = !isOpen(gate);
  if (offer === null && !isShut) return null;
  return (
    <div className="acts gate-acts">
      {offer !== null && (
        <Button
          small
          off={offer.off ?? offFor(offer.isForAnybody === true ? undefined : blocker?.liftedBy, board.viewer)}
          onClick={() => open(offer.act)}
        >
          {offer.words}
        </Button>
      )}
      {isShut && (
        <Button
          small
          off={offForWaiving(gate, board.viewer)}
          label={`Waive ${gate.gate} of ${release} for ${to}`}
          onClick={() => open({ act: 'waive', release, to, gate: gate.gate })}
        >
          Waive…
        </Button>
      )}
    </div>
  );
}

function offerFor(
  { kind, gate, state }: GateView,
  release: string,
  to: string,
  from: string | null,
): Offer | null {
  switch (kind) {
    case 'tests':
    case 'coverage':
    case 'scan':
      return { act: { act: 'upload', release }, words: 'Hand over a file…' };
    case 'uat':
      return from === null ? null : { act: { act: 'uat', release, on: from }, words: 'Sign off…' };
    case 'checklist':
      return { act: { act: 'checklist', release, to, gate }, words: 'Tick off…' };
    case 'rollback-plan':
      return { act: { act: 'rollback-plan', release, to }, words: 'Read or write it…', isForAnybody: true };
    case 'validation':
      return from === null ? null : { act: { act: 'validate', on: from }, words: `Validate ${from}…` };
    case 'webhook':
      return state === 'passed'
        ? null
        : {
            act: { act: 'ask-gate', release, to, gate },
            words: state === 'missing' ? 'Ask it…' : 'Ask again…',
            off: state === 'waits' ? stillAnswers : null,
          };
    // Computed by Rung itself, said by a program, or, as a change request, with a list of its own.
    case 'soak':
    case 'smoke':
    case 'stability':
    case 'alarms':
    case 'review':
    case 'bugs':
    case 'rule':
    case 'change-request':
      return null;
  }
}
