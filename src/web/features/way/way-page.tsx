import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { whyQuery } from '../../api/queries.ts';
import type { WhyView } from '../../api/views.ts';
import { BlockerList } from '../../components/blocker-list.tsx';
import { Button } from '../../components/button.tsx';
import { Command } from '../../components/command.tsx';
import { Page } from '../../components/page.tsx';
import { StateMark } from '../../components/state-mark.tsx';
import { offFor } from '../../components/whose.ts';
import { useProject } from '../../shell/project-context.ts';
import { useAct } from '../../shell/use-act.ts';
import { useNow } from '../../time/now.ts';
import { ExceptAct } from '../calendar/except-act.tsx';
import { ChangeList } from '../change/change-list.tsx';
import { GateList } from '../gate/gate-list.tsx';
import { gatesText } from '../gate/gate-words.ts';
import { missingSentence } from '../gate/missing-sentence.ts';
import { besidesPerson, isAskOfMerge } from '../promotion/merge-ask.ts';
import { OpenAsk } from '../promotion/open-ask.tsx';
import { PlanTable } from '../promotion/plan-table.tsx';

const route = getRouteApi('/projects/$project/releases/$release/to/$environment');

/** The way of a release into an environment: what is missing, each gate with its evidence, what would change. */
export function WayPage() {
  const { release, environment } = route.useParams();
  const { project } = useProject();
  const { data: why, error } = useQuery(whyQuery(project, release, environment));
  if (why === undefined) return <Page title={`${release} to ${environment}`} error={error} />;
  const {
    admission,
    release: { version },
  } = why;
  return (
    <Page
      title={`${version} to ${environment}`}
      beside={<Standing why={why} />}
      acts={<WayActs why={why} />}
      error={error}
    >
      <WaySentence why={why} />
      <div className="columns">
        <div className="stack">
          <section className="panel">
            <h2>Gates</h2>
            <Gates why={why} />
          </section>
          <OtherBlockers why={why} />
        </div>
        <div className="stack">
          <section className="panel">
            <h2>What would change</h2>
            <PlanTable plan={why.plan} />
          </section>
          <section className="panel">
            <h2>Change requests</h2>
            <ChangeList
              release={version}
              environment={environment}
              none="Nobody has asked for a change."
              asks={!admission.gates.some(({ kind }) => kind === 'change-request')}
            />
          </section>
        </div>
      </div>
    </Page>
  );
}

interface WhyProps {
  readonly why: WhyView;
}

const Standing = ({ why: { admission } }: WhyProps) => (
  <StateMark tone={admission.allowed ? 'ok' : 'warn'}>
    {admission.allowed ? 'Nothing is in the way' : 'Something is missing'}
  </StateMark>
);

function WaySentence({ why: { release, environment, admission, promotion } }: WhyProps) {
  const { commands } = useProject();
  const now = useNow();
  const { blockers } = admission;
  return (
    <section className="panel">
      {promotion !== null && <OpenAsk id={promotion} />}
      <p className="gate-sentence">
        <b>{missingSentence({ version: release.version, to: environment, blockers, now })}</b>
      </p>
      <Command line={commands.why(release.version, environment)} label="Ask in a terminal" />
    </section>
  );
}

function Gates({ why: { release, environment, admission } }: WhyProps) {
  if (admission.gates.length === 0)
    return <p className="soft">The project file asks for no gate on this way.</p>;
  return (
    <>
      <p className="soft gate-sentence">{gatesText(admission.gates)}.</p>
      <GateList
        gates={admission.gates}
        release={release.version}
        to={environment}
        blockers={admission.blockers}
        unfolded
      />
    </>
  );
}

function OtherBlockers({ why: { admission, environment } }: WhyProps) {
  const others = admission.blockers.filter((one) => one.gate === undefined);
  if (others.length === 0) return null;
  return (
    <section className="panel">
      <h2>Missing besides the gates</h2>
      <BlockerList blockers={others} />
      <ExceptAct environment={environment} blockers={others} />
    </section>
  );
}

function WayActs({ why }: WhyProps) {
  const { open } = useAct();
  return (
    <>
      <PromoteAct why={why} />
      <EmergencyAct why={why} />
      <Button onClick={() => open({ act: 'upload', release: why.release.version })}>
        Hand over evidence…
      </Button>
    </>
  );
}

/** What somebody has asked for already is led to; what only a merge asked for can be promoted all the same. */
function PromoteAct({ why: { release, environment, admission, promotion } }: WhyProps) {
  const { project } = useProject();
  const { open } = useAct();
  const isMerge = isAskOfMerge(admission.blockers);
  if (promotion !== null && !isMerge)
    return (
      <Link className="link" to="/projects/$project/promotions/$promotion" params={{ project, promotion }}>
        It is asked for: see the promotion
      </Link>
    );
  const isRefused = admission.blockers.some((one) => one.effect === 'refused');
  const isOpen = besidesPerson(admission.blockers).length === 0;
  return (
    <Button
      tone={isOpen ? 'go' : 'main'}
      off={isRefused ? 'refused for what stands below' : null}
      onClick={() => open({ act: 'promote', release: release.version, to: environment })}
    >
      {isOpen ? `Promote to ${environment}…` : `Ask for it in ${environment}…`}
    </Button>
  );
}

/** Where the rules have an emergency way in, and something is in the way of the ordinary one. */
function EmergencyAct({ why: { release, environment, admission, emergencyWay } }: WhyProps) {
  const { board } = useProject();
  const { open } = useAct();
  if (emergencyWay === undefined || admission.allowed) return null;
  return (
    <Button
      tone="bad"
      off={offFor(emergencyWay.from, board.viewer)}
      onClick={() => open({ act: 'emergency', release: release.version, to: environment })}
    >
      Emergency…
    </Button>
  );
}
