import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { RolloutState, RolloutView } from '../../api/views.ts';
import { StateMark } from '../../components/state-mark.tsx';
import { VersionLink } from '../../components/version-link.tsx';
import { useProject } from '../../shell/project-context.ts';
import { spanText } from '../../time/format.ts';
import { Relative } from '../../time/moment.tsx';
import { useEnvironment } from '../environment/use-environment.ts';
import { Advances } from './advances.tsx';
import { fallback, phaseWords, takeBackText, takenBackBy } from './phase.ts';
import { RolloutCurves } from './rollout-curves.tsx';
import { ServiceTabs } from './service-tabs.tsx';
import './rollout.css';

/** How the last rollout into an environment ended; with its evidence when it was taken back. */
export function RolloutOutcome({ rollout }: { readonly rollout: RolloutView }) {
  const { project } = useProject();
  const { state } = rollout;
  const words = phaseWords(rollout);
  return (
    <section
      className="panel rollout"
      aria-label={`How ${rollout.version} into ${rollout.environment} ended`}
    >
      <div className="rollout-title">
        <h2>
          <Link to="/projects/$project/rollouts/$rollout" params={{ project, rollout: rollout.id }}>
            {rollout.version} into {rollout.environment}
          </Link>
        </h2>
        <StateMark tone={words.tone}>{words.text}</StateMark>
        <span className="soft">{'at' in state && <Relative at={state.at} />}</span>
      </div>
      <Advances advances={rollout.advances} />
      {(state.phase === 'rolled back' || state.phase === 'rollback failed') && (
        <TakenBack rollout={rollout} state={state} />
      )}
      {state.phase === 'succeeded' && <SinceThen rollout={rollout} />}
      {state.phase === 'succeeded' && <WentWell rollout={rollout} at={state.at} />}
    </section>
  );
}

/** What ended well may have been put back by hand since, and then serves no more. */
function SinceThen({ rollout: { environment: name, version } }: { readonly rollout: RolloutView }) {
  const { project } = useProject();
  const environment = useEnvironment(name);
  const release = environment?.release ?? null;
  if (release === null || release.version === version) return null;
  const promotion = environment?.deployments.findLast((one) => one.release === release.id)?.promotion;
  return (
    <p className="tinted">
      It serves no more: {name} runs {release.version} since <Relative at={release.since} />.{' '}
      {promotion !== undefined && (
        <Link className="link" to="/projects/$project/promotions/$promotion" params={{ project, promotion }}>
          Why
        </Link>
      )}
    </p>
  );
}

interface WentWellProps {
  readonly rollout: RolloutView;
  readonly at: number;
}

/** What it was judged by, for who comes later; there is no curve of what went in all at once. */
function WentWell({ rollout, at }: WentWellProps) {
  const [chosen, setChosen] = useState<string | null>(null);
  const service = rollout.services.find((one) => one.service === chosen) ?? rollout.services[0];
  const from = fallback(rollout);
  return (
    <>
      <p>
        <VersionLink version={rollout.version} />{' '}
        {from === null ? 'came into what was empty' : `took over from ${from}`}, in{' '}
        {spanText(at - rollout.startedAt)}.
        {rollout.reasonAllAtOnce !== null && ` All at once: ${rollout.reasonAllAtOnce}`}
      </p>
      {service !== undefined && rollout.curve.length > 1 && (
        <>
          <ServiceTabs rollout={rollout} chosen={service.service} isClosest={false} onChoose={setChosen} />
          <RolloutCurves rollout={rollout} service={service} />
        </>
      )}
    </>
  );
}

interface TakenBackProps {
  readonly rollout: RolloutView;
  readonly state: Extract<RolloutState, { phase: 'rolled back' | 'rollback failed' }>;
}

function TakenBack({ rollout, state }: TakenBackProps) {
  const back = fallback(rollout);
  const service = blamed(rollout, state);
  return (
    <>
      <p className="taken-back">
        <b>{takeBackText(state)}</b>
        <br />
        Taken back {takenBackBy(state)}.{' '}
        {state.phase === 'rollback failed'
          ? `It did not come to its end: ${state.detail}`
          : back !== null && `${back} serves 100 % again.`}{' '}
        <VersionLink version={rollout.version} /> is marked: automation leaves it alone until a person lifts
        the mark.
      </p>
      {service !== undefined && rollout.curve.length > 1 && (
        <RolloutCurves rollout={rollout} service={service} />
      )}
    </>
  );
}

/** The service whose figures are the evidence. */
function blamed(
  rollout: RolloutView,
  { reason }: TakenBackProps['state'],
): RolloutView['services'][number] | undefined {
  const { verdict } = rollout;
  const named = verdict?.action === 'take back' && reason.kind === 'rule' ? verdict.service : undefined;
  const worst = rollout.services.toSorted(
    (left, right) => errorRatio(rollout, right.service) - errorRatio(rollout, left.service),
  );
  return rollout.services.find((one) => one.service === named) ?? worst[0];
}

const errorRatio = (rollout: RolloutView, service: string): number =>
  rollout.figures[service]?.candidate.errorRatio ?? 0;
