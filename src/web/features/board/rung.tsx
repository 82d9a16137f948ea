import { Link } from '@tanstack/react-router';
import type { EnvironmentView, RolloutView } from '../../api/views.ts';
import { countText } from '../../components/names.ts';
import { StateMark } from '../../components/state-mark.tsx';
import { useProject } from '../../shell/project-context.ts';
import { Relative, Since } from '../../time/moment.tsx';
import { firingText } from '../environment/alarm-words.ts';
import { healthWords, isEmpty } from '../environment/health.ts';
import { isLive, phaseWords, servesAll } from '../rollout/phase.ts';
import { RungMenu } from './rung-menu.tsx';
import { RungServices } from './rung-services.tsx';

/** An environment as a place: what runs there, how it is, since when. */
export function Rung({ environment }: { readonly environment: EnvironmentView }) {
  const { board, project } = useProject();
  const rollout = board.rollouts.find((one) => one.id === environment.rollout && isLive(one.state));
  const { name, mirrors, tier } = environment;
  return (
    <article className={rollout === undefined ? 'rung' : 'rung live'} aria-label={name}>
      <header className="rung-head">
        <h3 className="clip">
          <Link
            to="/projects/$project/environments/$environment"
            params={{ project, environment: name }}
            title={name}
          >
            {name}
          </Link>
        </h3>
        <span className="rung-tier clip">{mirrors === null ? tier : `mirrors ${mirrors}`}</span>
        <RungMenu environment={environment} />
      </header>
      <Version environment={environment} rollout={rollout} />
      <Condition environment={environment} rollout={rollout} />
      <Notes environment={environment} />
      <RungServices environment={environment} isSwitched={rollout !== undefined && servesAll(rollout)} />
    </article>
  );
}

interface RungPartProps {
  readonly environment: EnvironmentView;
  readonly rollout: RolloutView | undefined;
}

function Version({ environment: { release, services }, rollout }: RungPartProps) {
  const { project } = useProject();
  const runs = release?.version ?? null;
  const nothing = isEmpty({ services });
  if (rollout !== undefined && servesAll(rollout))
    return (
      <p className="rung-version num">
        <Link to="/projects/$project/releases/$release" params={{ project, release: rollout.version }}>
          {rollout.version}
        </Link>
        {runs !== null && runs !== rollout.version && <span className="rung-next"> after {runs}</span>}
      </p>
    );
  return (
    <p className="rung-version num">
      {runs === null ? (
        <span className="rung-mixed">{nothing ? '–' : 'services differ'}</span>
      ) : (
        <Link to="/projects/$project/releases/$release" params={{ project, release: runs }}>
          {runs}
        </Link>
      )}
      {rollout !== undefined && rollout.version !== runs && (
        <span className="rung-next"> → {rollout.version}</span>
      )}
    </p>
  );
}

/** While a rollout is live, where it is; else how the environment is. */
function Condition({ environment, rollout }: RungPartProps) {
  const words = rollout === undefined ? healthWords(environment) : phaseWords(rollout);
  const since = rollout === undefined ? environment.release?.since : rollout.startedAt;
  return (
    <p className="rung-condition">
      <StateMark tone={words.tone}>{words.text}</StateMark>
      {since !== undefined && (
        <span className="soft">
          · <Since at={since} fine={rollout !== undefined} />
        </span>
      )}
    </p>
  );
}

/** What is unusual: weaker rules that wait, a silent agent, alarms, troubles, no isolation; and the operator's word where it was given. */
function Notes({ environment }: { readonly environment: EnvironmentView }) {
  const { project } = useProject();
  const { name, agent, rules, troubles, isolation, validation, release, alarms } = environment;
  const fires = firingText(alarms);
  return (
    <ul className="rung-notes">
      {rules.waiting !== null && (
        <li>
          <Link
            className="link"
            to="/projects/$project/environments/$environment"
            params={{ project, environment: name }}
          >
            Weaker rules wait for {countText(rules.waiting.missingPeople, 'approval')}
          </Link>
        </li>
      )}
      {agent.silent && (
        <li className="warn-text">
          Agent silent; last heard{' '}
          {agent.lastHeardAt === null ? 'never' : <Relative at={agent.lastHeardAt} />}
        </li>
      )}
      {fires !== null && <li className="bad-text">■ {fires}</li>}
      {alarms.blind[0] !== undefined && (
        <li className="warn-text" title={alarms.blind.join(' ')}>
          Not all alarms are known
        </li>
      )}
      {troubles[0] !== undefined && (
        <li className="warn-text" title={troubles[0].wayOut}>
          {troubles.length > 1 && `${countText(troubles.length, 'trouble')}: `}
          {troubles[0].service !== null && `${troubles[0].service}: `}
          {troubles[0].message}
        </li>
      )}
      {validation !== null && validation.release === release?.id && (
        <li className="soft">
          ✓ validated <Relative at={validation.at} />
        </li>
      )}
      {isolation?.level === 'none' && (
        <li className="soft" title={isolation.detail}>
          no isolation
        </li>
      )}
    </ul>
  );
}
