import { getRouteApi, Link } from '@tanstack/react-router';
import { Page } from '../../components/page.tsx';
import { EnvironmentLink, VersionLink } from '../../components/version-link.tsx';
import { useProject } from '../../shell/project-context.ts';
import { Stamp } from '../../time/moment.tsx';
import { SubjectLog } from '../log/subject-log.tsx';
import { isLive } from './phase.ts';
import { RolloutOutcome } from './rollout-outcome.tsx';
import { RolloutPanel } from './rollout-panel.tsx';
import { Steps } from './steps.tsx';
import { useRollout } from './use-rollout.ts';

const route = getRouteApi('/projects/$project/rollouts/$rollout');

export function RolloutPage() {
  const id = route.useParams().rollout;
  const { project } = useProject();
  const { rollout, error } = useRollout(id);
  if (rollout === undefined) return <Page title="Rollout" error={error} />;
  return (
    <Page title={`Rollout of ${rollout.version} into ${rollout.environment}`} error={error}>
      <div className="columns">
        <div className="stack">
          {isLive(rollout.state) ? <RolloutPanel rollout={rollout} /> : <RolloutOutcome rollout={rollout} />}
        </div>
        <div className="stack">
          <section className="panel">
            <h2>What it is part of</h2>
            <dl className="facts">
              <dt>Release</dt>
              <dd>
                <VersionLink version={rollout.version} />
              </dd>
              <dt>Into</dt>
              <dd>
                <EnvironmentLink name={rollout.environment} />
              </dd>
              <dt>Started</dt>
              <dd>
                <Stamp at={rollout.startedAt} />
              </dd>
              <dt>Promotion</dt>
              <dd>
                <Link
                  className="link"
                  to="/projects/$project/promotions/$promotion"
                  params={{ project, promotion: rollout.promotion }}
                >
                  Who asked, who approved
                </Link>
              </dd>
            </dl>
            {!isLive(rollout.state) && <Steps rollout={rollout} />}
          </section>
          <SubjectLog subject={`rollout/${id}`} />
        </div>
      </div>
    </Page>
  );
}
