import type { RolloutView } from '../../api/views.ts';
import { Until } from '../../time/moment.tsx';

/** The way through a rollout: what is done, where it is and how far, what comes. */
export function Steps({ rollout }: { readonly rollout: RolloutView }) {
  const { state } = rollout;
  const now = rollout.steps.findIndex((step) => step.state === 'now');
  return (
    <>
      <ol className="steps" aria-label="Steps">
        {rollout.steps.map((step) => (
          <li key={step.name} className={step.state} aria-current={step.state === 'now' ? 'step' : undefined}>
            <span className="steps-bar" aria-hidden="true">
              <i style={{ width: `${shareOf(step) * 100}%` }} />
            </span>
            <span className="steps-name">
              {step.state === 'done' && <span aria-hidden="true">✓ </span>}
              {step.name}
              {step.state === 'now' && state.phase === 'watching' && (
                <span className="soft">
                  {' '}
                  <Until at={state.until} /> left
                </span>
              )}
              <span className="sr-only">: {step.state}</span>
            </span>
          </li>
        ))}
      </ol>
      {now >= 0 && (
        <p className="steps-now" aria-hidden="true">
          <b>{rollout.steps[now]?.name}</b>, step {now + 1} of {rollout.steps.length}
        </p>
      )}
    </>
  );
}

const shareOf = ({ state, share }: RolloutView['steps'][number]): number =>
  state === 'done' ? 1 : state === 'now' ? Math.min(1, Math.max(0.02, share)) : 0;
