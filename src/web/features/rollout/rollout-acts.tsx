import type { RolloutView } from '../../api/views.ts';
import { Button } from '../../components/button.tsx';
import { useProject } from '../../shell/project-context.ts';
import { useAct } from '../../shell/use-act.ts';
import { spanText } from '../../time/format.ts';
import { advanceOff } from './advance-off.ts';
import { fallback, isJudgeLost } from './phase.ts';

/** What a person can do about a live rollout, and what happens when nobody does anything. */
export function RolloutActs({ rollout }: { readonly rollout: RolloutView }) {
  const { open } = useAct();
  const { viewer } = useProject().board;
  const { id, state } = rollout;
  const back = fallback(rollout);
  const held = state.phase === 'held';
  return (
    <div className="acts">
      {held ? (
        <>
          <Button
            tone="main"
            off={rollout.resume?.off ?? null}
            onClick={() => open({ act: 'resume', rollout: id })}
          >
            Resume…
          </Button>
          <Button
            off={advanceOff(rollout, viewer.roles)}
            onClick={() => open({ act: 'advance', rollout: id })}
          >
            Promote with a reason…
          </Button>
        </>
      ) : (
        <Button off={pauseOff(rollout)} onClick={() => open({ act: 'pause', rollout: id })}>
          Pause…
        </Button>
      )}
      <Button
        tone="bad"
        off={state.phase === 'rolling back' ? 'it is on its way back' : null}
        onClick={() => open({ act: 'take-back', rollout: id })}
      >
        {back === null ? `Take back ${rollout.version}…` : `Roll back to ${back}…`}
      </Button>
      <span className="lease soft">{leaseText(rollout)}</span>
    </div>
  );
}

const pauseOff = ({ state }: RolloutView): string | null =>
  state.phase === 'rolling back' || state.phase === 'preflight' ? 'nothing to pause now' : null;

/** What keeps a rollout safe while nobody looks. */
export function leaseText(rollout: RolloutView): string {
  const { lease, leaseMs, environment, state } = rollout;
  const back = fallback(rollout);
  if (state.phase === 'watching') return 'The rules stay armed while it is watched; no lease is needed.';
  if (back === null || leaseMs === null || state.phase === 'rolling back' || isJudgeLost(rollout)) return '';
  if (lease === 'expired')
    return `Nobody judged for ${spanText(leaseMs)}: ${environment} is back on ${back}.`;
  if (state.phase === 'canary' || state.phase === 'promoting' || lease === 'held')
    return `If nobody judges for ${spanText(leaseMs)}, ${environment} goes back to ${back} by itself.`;
  return '';
}
