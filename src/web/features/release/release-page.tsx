import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { releaseQuery } from '../../api/queries.ts';
import type { ReleaseView } from '../../api/views.ts';
import { Button } from '../../components/button.tsx';
import { Page } from '../../components/page.tsx';
import { ActorName } from '../../components/person.tsx';
import { useProject } from '../../shell/project-context.ts';
import { useAct } from '../../shell/use-act.ts';
import { Relative } from '../../time/moment.tsx';
import { isWhole } from '../board/whole.ts';
import { wayStateOf } from '../board/way-state.ts';
import { ChangeList } from '../change/change-list.tsx';
import { SubjectLog } from '../log/subject-log.tsx';
import { canBeAskedFor } from '../promotion/merge-ask.ts';
import { Notes } from '../promotion/plan-table.tsx';
import { ReleaseEvidence } from './release-evidence.tsx';
import { ReleaseMarkPanel } from './release-mark.tsx';
import { RunsIn } from './releases-page.tsx';

const route = getRouteApi('/projects/$project/releases/$release');

export function ReleasePage() {
  const name = route.useParams().release;
  const { project } = useProject();
  const { data: release, error } = useQuery(releaseQuery(project, name));
  if (release === undefined) return <Page title={`Release ${name}`} error={error} />;
  return (
    <Page title={`Release ${release.version}`} acts={<PromoteActs release={release} />} error={error}>
      <div className="columns">
        <div className="stack">
          {release.mark !== null && <ReleaseMarkPanel version={release.version} mark={release.mark} />}
          <section className="panel">
            <h2>What is new in it</h2>
            <Notes notes={release.notes} />
          </section>
          <ReleaseEvidence version={release.version} />
          <section className="panel table-scroll">
            <h2>What it contains</h2>
            <Artifacts services={release.services} />
          </section>
        </div>
        <div className="stack">
          <section className="panel">
            <h2>What it is</h2>
            <Facts release={release} />
          </section>
          <section className="panel">
            <h2>Change requests</h2>
            <ChangeList release={release.version} none="Nobody has asked for a change." />
          </section>
          <SubjectLog subject={`release/${release.id}`} />
        </div>
      </div>
    </Page>
  );
}

/** For every way that this release could take next a button, or the ask that is open. */
function PromoteActs({ release }: { readonly release: ReleaseView }) {
  const { board, project } = useProject();
  const { open } = useAct();
  const ways = board.ways.filter((way) => way.release?.id === release.id);
  return (
    <>
      {ways.map((way) =>
        way.promotion === null || canBeAskedFor(way, release.id) ? (
          <Button
            key={`${way.pipeline} ${way.to}`}
            tone={way.admission?.allowed === true ? 'main' : 'plain'}
            onClick={() => open({ act: 'promote', release: release.version, to: way.to })}
          >
            Promote to {way.to}…
          </Button>
        ) : (
          <Link
            key={`${way.pipeline} ${way.to}`}
            className="link"
            to="/projects/$project/promotions/$promotion"
            params={{ project, promotion: way.promotion }}
          >
            {wayStateOf(way, board).kind === 'moving'
              ? `On its way into ${way.to}`
              : `Asked for in ${way.to}`}
          </Link>
        ),
      )}
      {!isWhole(board) && (
        <Link className="link" to="/projects/$project" params={{ project }}>
          Elsewhere: find its ladder on the board
        </Link>
      )}
    </>
  );
}

function Facts({ release }: { readonly release: ReleaseView }) {
  return (
    <dl className="facts">
      <dt>Runs in</dt>
      <dd>
        <RunsIn environments={release.runsIn} />
      </dd>
      <dt>Made</dt>
      <dd>
        <Relative at={release.createdAt} /> by <ActorName actor={release.createdBy} />
      </dd>
      <dt>Branch</dt>
      <dd className="mono">{release.branch}</dd>
      <dt>Commit</dt>
      <dd className="mono">{release.commit}</dd>
      <dt>Tree</dt>
      <dd className="mono">{release.tree}</dd>
      <dt>Id</dt>
      <dd className="mono">{release.id}</dd>
    </dl>
  );
}

const Artifacts = ({ services }: Pick<ReleaseView, 'services'>) => (
  <table>
    <thead>
      <tr>
        <th>Service</th>
        <th>Artifact</th>
      </tr>
    </thead>
    <tbody>
      {Object.entries(services).map(([service, { artifact }]) => (
        <tr key={service}>
          <td>{service}</td>
          <td className="mono digest">{artifact}</td>
        </tr>
      ))}
    </tbody>
  </table>
);
