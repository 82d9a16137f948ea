import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { environmentQuery } from '../../api/queries.ts';
import type { EnvironmentView } from '../../api/views.ts';
import { Button } from '../../components/button.tsx';
import { Page } from '../../components/page.tsx';
import { StateMark } from '../../components/state-mark.tsx';
import { useProject } from '../../shell/project-context.ts';
import { useAct } from '../../shell/use-act.ts';
import { AlarmPanel } from './alarm-panel.tsx';
import { DeploymentHistory } from './deployment-history.tsx';
import { EnvironmentFacts } from './environment-facts.tsx';
import { healthWords } from './health.ts';
import { RulesWaiting } from './rules-waiting.tsx';
import { ServiceTable } from './service-table.tsx';
import { TrafficPanel } from './traffic-panel.tsx';
import { TroubleList } from './trouble-list.tsx';

const route = getRouteApi('/projects/$project/environments/$environment');

export function EnvironmentPage() {
  const name = route.useParams().environment;
  const { project, board } = useProject();
  const { data: environment, error } = useQuery({
    ...environmentQuery(project, name),
    placeholderData: () => board.environments.find((one) => one.name === name),
  });
  if (environment === undefined) return <Page title={name} error={error} />;
  const words = healthWords(environment);
  return (
    <Page
      title={environment.name}
      beside={
        <>
          <span className="soft">{environment.tier}</span>
          <StateMark tone={words.tone}>{words.text}</StateMark>
        </>
      }
      acts={<EnvironmentActs environment={environment} />}
      error={error}
    >
      {environment.rollout !== null && (
        <p className="tinted">
          A rollout is live here.{' '}
          <Link
            className="link"
            to="/projects/$project/rollouts/$rollout"
            params={{ project, rollout: environment.rollout }}
          >
            See it
          </Link>
        </p>
      )}
      <div className="columns">
        <div className="stack">
          <RulesWaiting environment={environment} />
          <TroubleList troubles={environment.troubles} />
          <AlarmPanel environment={environment} />
          <section className="panel table-scroll">
            <h2>Services</h2>
            <ServiceTable services={environment.services} />
          </section>
          <section className="panel table-scroll">
            <h2>What ran here</h2>
            <DeploymentHistory deployments={environment.deployments} />
          </section>
        </div>
        <div className="stack">
          <section className="panel">
            <h2>Rules and facts</h2>
            <EnvironmentFacts environment={environment} />
          </section>
          <TrafficPanel traffic={environment.traffic} />
        </div>
      </div>
    </Page>
  );
}

function EnvironmentActs({ environment }: { readonly environment: EnvironmentView }) {
  const { project } = useProject();
  const { open } = useAct();
  const { name, release } = environment;
  return (
    <>
      <Button
        off={release === null ? 'no one release runs here' : null}
        onClick={() => open({ act: 'validate', on: name })}
      >
        {release === null ? 'Validate…' : `Validate ${release.version}…`}
      </Button>
      <Button
        tone="bad"
        off={environment.previous === null ? 'nothing ran here before' : null}
        onClick={() => open({ act: 'rollback', on: name })}
      >
        Roll back…
      </Button>
      <Link className="link" to="/projects/$project/log" params={{ project }} search={{ environment: name }}>
        Its log
      </Link>
    </>
  );
}
