import { getRouteApi, Link } from '@tanstack/react-router';
import type { PromotionView } from '../../api/views.ts';
import { BlockerList } from '../../components/blocker-list.tsx';
import { Button } from '../../components/button.tsx';
import { Command } from '../../components/command.tsx';
import { Page } from '../../components/page.tsx';
import { ActorName } from '../../components/person.tsx';
import { StateMark } from '../../components/state-mark.tsx';
import { EnvironmentLink, VersionLink } from '../../components/version-link.tsx';
import { useProject } from '../../shell/project-context.ts';
import { useAct } from '../../shell/use-act.ts';
import { Relative, Stamp } from '../../time/moment.tsx';
import { useNow } from '../../time/now.ts';
import { ExceptAct } from '../calendar/except-act.tsx';
import { ChangeList } from '../change/change-list.tsx';
import { GateList } from '../gate/gate-list.tsx';
import { gatesText } from '../gate/gate-words.ts';
import { missingSentence } from '../gate/missing-sentence.ts';
import { SubjectLog } from '../log/subject-log.tsx';
import { EmergencyFacts } from './emergency.tsx';
import { Evidence } from './evidence.tsx';
import { isAskOfMerge } from './merge-ask.ts';
import { Notes, PlanTable } from './plan-table.tsx';
import { approvalsText, missingApprovers, promotionTitle, promotionWords } from './promotion-state.ts';
import { usePromotion } from './use-promotion.ts';

const route = getRouteApi('/projects/$project/promotions/$promotion');

export function PromotionPage() {
  const id = route.useParams().promotion;
  const { promotion, error } = usePromotion(id);
  if (promotion === undefined) return <Page title="Promotion" error={error} />;
  const words = promotionWords(promotion);
  return (
    <Page
      title={promotionTitle(promotion)}
      beside={<StateMark tone={words.tone}>{words.text}</StateMark>}
      acts={promotion.state.phase === 'waiting' && <WaitingActs promotion={promotion} />}
    >
      <div className="columns">
        <div className="stack">
          <section className="panel">
            <h2>How it stands</h2>
            <Facts promotion={promotion} />
          </section>
          {promotion.state.phase === 'waiting' && <Missing promotion={promotion} />}
          <Gates promotion={promotion} />
          <section className="panel">
            <h2>What changes</h2>
            <PlanTable plan={promotion.plan} />
          </section>
        </div>
        <div className="stack">
          <section className="panel">
            <h2>What speaks for it</h2>
            <Evidence promotion={promotion} />
          </section>
          <section className="panel">
            <h2>Change requests</h2>
            <ChangeList
              release={promotion.release.version}
              environment={promotion.environment}
              none="Nobody has asked for a change."
            />
          </section>
          <section className="panel">
            <h2>What is new in it</h2>
            <Notes notes={promotion.notes} />
          </section>
          <SubjectLog subject={`promotion/${id}`} />
        </div>
      </div>
    </Page>
  );
}

interface PromotionProps {
  readonly promotion: PromotionView;
}

/** Gates say themselves what they miss. */
function Missing({ promotion: { release, environment, admission } }: PromotionProps) {
  const now = useNow();
  const { blockers } = admission;
  if (blockers.length === 0) return null;
  const others = blockers.filter((one) => one.gate === undefined);
  return (
    <section className="panel">
      <h2>What is missing</h2>
      <p>{missingSentence({ version: release.version, to: environment, blockers, now })}</p>
      {others.length > 0 && <BlockerList blockers={others} />}
      <ExceptAct environment={environment} blockers={others} />
    </section>
  );
}

/** As they stand while it waits; then, for ever, as they stood when it started. */
function Gates({ promotion: { release, environment, admission, state } }: PromotionProps) {
  const { gates, blockers } = admission;
  if (gates.length === 0) return null;
  const waits = state.phase === 'waiting';
  return (
    <section className="panel">
      <h2>{waits ? 'Gates' : 'Gates as they stood when it started'}</h2>
      <p className="soft gate-sentence">{gatesText(gates)}.</p>
      <GateList
        gates={gates}
        release={release.version}
        to={waits ? environment : null}
        blockers={blockers}
        unfolded
      />
    </section>
  );
}

function WaitingActs({ promotion }: PromotionProps) {
  const { board } = useProject();
  const { open } = useAct();
  const { id, release, environment, emergency } = promotion;
  const asked = board.asked.includes(id);
  const isMerge = isAskOfMerge(promotion.admission.blockers);
  return (
    <>
      {isMerge && (
        <Button
          tone="main"
          off={board.viewer.roles.length === 0 ? 'you have no role here' : null}
          onClick={() => open({ act: 'promote', release: release.version, to: environment })}
        >
          Promote to {environment}…
        </Button>
      )}
      <Button
        tone={isMerge ? 'plain' : 'main'}
        off={asked ? null : 'not asked of you'}
        onClick={() => open({ act: 'approve', promotion: id })}
      >
        {emergency === undefined ? 'Review and approve' : 'Review and confirm'}
      </Button>
      {asked && (
        <Button tone="bad" onClick={() => open({ act: 'reject', promotion: id })}>
          Reject…
        </Button>
      )}
      {missingApprovers(promotion) !== null && (
        <Button onClick={() => open({ act: 'remind', promotion: id })}>Ask again…</Button>
      )}
      <Button onClick={() => open({ act: 'withdraw', promotion: id })}>Withdraw…</Button>
    </>
  );
}

function Facts({ promotion }: PromotionProps) {
  const { commands, project } = useProject();
  const { state } = promotion;
  const approvals = approvalsText(promotion);
  return (
    <>
      <dl className="facts">
        <dt>Release</dt>
        <dd>
          <VersionLink version={promotion.release.version} /> into{' '}
          <EnvironmentLink name={promotion.environment} />
        </dd>
        <dt>Asked</dt>
        <dd>
          by <ActorName actor={promotion.requestedBy} />, <Relative at={promotion.requestedAt} />
          {promotion.reason !== '' && `: “${promotion.reason}”`}
        </dd>
        {approvals !== null && (
          <>
            <dt>Approvals</dt>
            <dd>{approvals}</dd>
          </>
        )}
        <Exception promotion={promotion} />
        <EmergencyFacts promotion={promotion} />
        {'rollout' in state && state.rollout !== null && (
          <>
            <dt>Rollout</dt>
            <dd>
              <Link
                className="link"
                to="/projects/$project/rollouts/$rollout"
                params={{ project, rollout: state.rollout }}
              >
                {state.phase === 'running' ? 'See it live' : 'See how it went'}
              </Link>
            </dd>
          </>
        )}
        <End state={state} />
      </dl>
      <div className="panel-foot">
        <Command
          line={commands.why(promotion.release.version, promotion.environment)}
          label="Ask in a terminal"
        />
      </div>
    </>
  );
}

/** Without which it could not have started when it did: it is shown for ever. */
function Exception({ promotion: { exception } }: PromotionProps) {
  if (exception === null) return null;
  return (
    <>
      <dt>Exception</dt>
      <dd>
        It went in at a closed time: <ActorName actor={{ kind: 'person', id: exception.by }} /> opened it
        until <Stamp at={exception.to} />: “{exception.reason}”
      </dd>
    </>
  );
}

function End({ state }: { readonly state: PromotionView['state'] }) {
  if (state.phase === 'waiting' || state.phase === 'running') return null;
  return (
    <>
      <dt>Ended</dt>
      <dd>
        <Relative at={state.at} />
        {state.phase !== 'superseded' && 'by' in state && (
          <>
            {' '}
            by <ActorName actor={state.by} />
          </>
        )}
        {'reason' in state && `: ${state.reason}`}
        {state.phase === 'superseded' && ': a newer promotion took its place'}
      </dd>
    </>
  );
}
