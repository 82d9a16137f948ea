import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { RolloutView } from '../../api/views.ts';
import { ActorName } from '../../components/person.tsx';
import { StateMark } from '../../components/state-mark.tsx';
import { useProject } from '../../shell/project-context.ts';
import { ClockTime } from '../../time/moment.tsx';
import { Advances } from './advances.tsx';
import { HeldNote } from './held-note.tsx';
import { phaseWords, verdictWords } from './phase.ts';
import { RolloutActs } from './rollout-acts.tsx';
import { RolloutCurves } from './rollout-curves.tsx';
import { closestService } from './rules.ts';
import { RuleTable } from './rule-table.tsx';
import { ServiceTabs } from './service-tabs.tsx';
import { SplitBar } from './split-bar.tsx';
import { Steps } from './steps.tsx';
import './rollout.css';

/** A rollout while it is live: where it is, what both versions do, what decides, and what a person can do. */
export function RolloutPanel({ rollout }: { readonly rollout: RolloutView }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const closest = closestService(rollout);
  const [opened, setOpened] = useState(closest);
  // What was opened by itself stays open when its rule eases off, until a rule comes closer at another.
  if (closest !== null && closest !== opened) setOpened(closest);
  const service = rollout.services.find((one) => one.service === (chosen ?? opened)) ?? rollout.services[0];
  const isMeasured = isMeasuredAgainst(rollout);
  return (
    <section
      className="panel rollout"
      aria-label={`Rollout of ${rollout.version} into ${rollout.environment}`}
    >
      <RolloutTitle rollout={rollout} />
      <Steps rollout={rollout} />
      <Advances advances={rollout.advances} />
      {rollout.state.phase === 'held' && <HeldNote rollout={rollout} state={rollout.state} />}
      {rollout.reasonAllAtOnce !== null && <p className="soft">All at once: {rollout.reasonAllAtOnce}</p>}
      {service !== undefined && (
        <>
          {isMeasured && (
            <ServiceTabs
              rollout={rollout}
              chosen={service.service}
              isClosest={chosen === null && closest === service.service}
              onChoose={setChosen}
            />
          )}
          <SplitBar rollout={rollout} service={service} />
          {isMeasured && <RolloutCurves rollout={rollout} service={service} />}
          <RuleTable rollout={rollout} service={service.service} />
        </>
      )}
      <RolloutActs rollout={rollout} />
    </section>
  );
}

/** What goes in all at once is not measured against anything: there is nothing to draw. */
const isMeasuredAgainst = ({ errorLimit, curve }: RolloutView): boolean =>
  errorLimit !== null || curve.length > 1;

function RolloutTitle({ rollout }: { readonly rollout: RolloutView }) {
  const { project } = useProject();
  const words = verdictWords(rollout) ?? phaseWords(rollout);
  return (
    <div className="rollout-title">
      <h2>
        <Link to="/projects/$project/rollouts/$rollout" params={{ project, rollout: rollout.id }}>
          {rollout.version} into {rollout.environment}
        </Link>
      </h2>
      <StateMark tone={words.tone}>{words.text}</StateMark>
      <span className="soft">
        started <ClockTime at={rollout.startedAt} /> by <ActorName actor={rollout.startedBy} />
      </span>
    </div>
  );
}
