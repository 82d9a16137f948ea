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
import { SubjectLog } from '../log/subject-log.tsx';
import { EmergencyFacts } from './emergency.tsx';
import { Evidence } from './evidence.tsx';
import { Notes, PlanTable } from './plan-table.tsx';
import { approvalsText, promotionTitle, promotionWords } from './promotion-state.ts';
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
          {promotion.state.phase === 'waiting' && promotion.admission.blockers.length > 0 && (
            <section className="panel">
              <h2>What is missing</h2>
              <BlockerList blockers={promotion.admission.blockers} />
            </section>
          )}
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
            <h2>What is new in it</h2>
            <Notes notes={promotion.notes} />
          </section>
          <SubjectLog subject={`promotion/${id}`} />
        </div>
      </div>
    </Page>
  );
}

function WaitingActs({ promotion: { id } }: { readonly promotion: PromotionView }) {
  const { board } = useProject();
  const { open } = useAct();
  const asked = board.asked.includes(id);
  return (
    <>
      <Button
        tone="main"
        off={asked ? null : 'not asked of you'}
        onClick={() => open({ act: 'approve', promotion: id })}
      >
        Review and approve
      </Button>
      {asked && (
        <Button tone="bad" onClick={() => open({ act: 'reject', promotion: id })}>
          Reject…
        </Button>
      )}
      <Button onClick={() => open({ act: 'withdraw', promotion: id })}>Withdraw…</Button>
    </>
  );
}

function Facts({ promotion }: { readonly promotion: PromotionView }) {
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
function Exception({ promotion: { exception } }: { readonly promotion: PromotionView }) {
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
