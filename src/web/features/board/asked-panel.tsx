import { Link } from '@tanstack/react-router';
import type { BoardView, PromotionView } from '../../api/views.ts';
import { Button } from '../../components/button.tsx';
import { ActorName } from '../../components/person.tsx';
import { useProject } from '../../shell/project-context.ts';
import { useAct } from '../../shell/use-act.ts';
import { Relative } from '../../time/moment.tsx';
import { agreeOff, ruleText } from '../environment/rules-off.ts';
import { planText } from '../promotion/plan-table.tsx';
import { approvalsText, promotionTitle } from '../promotion/promotion-state.ts';

/** What is asked of me, and nothing else. */
export function AskedPanel() {
  const { board } = useProject();
  const asked = board.promotions.filter((one) => board.asked.includes(one.id));
  const weakened = board.weakened.filter(({ waiting }) => agreeOff(waiting, board.viewer) === null);
  const count = asked.length + weakened.length;
  if (count === 0) return null;
  return (
    <section className="panel asked-panel" aria-label="Asked of you">
      <h2>{count === 1 ? 'Your approval is asked for' : `${count} approvals are asked of you`}</h2>
      {asked.map((one) => (
        <Asked key={one.id} promotion={one} />
      ))}
      {weakened.map((one) => (
        <AskedRules key={one.environment} weakened={one} />
      ))}
    </section>
  );
}

type Weakened = BoardView['weakened'][number];

/** What weaker rules would change is read where they are agreed to, or refused. */
function AskedRules({ weakened: { environment, waiting } }: { readonly weakened: Weakened }) {
  const { project } = useProject();
  return (
    <article>
      <p>
        <b>Weaker rules for {environment}</b>: {waiting.changes.map(ruleText).join('; ')}.
      </p>
      <div className="acts">
        <Link
          className="button plain"
          to="/projects/$project/environments/$environment"
          params={{ project, environment }}
        >
          Look at them
        </Link>
      </div>
    </article>
  );
}

function Asked({ promotion }: { readonly promotion: PromotionView }) {
  const { project } = useProject();
  const { open } = useAct();
  const approvals = approvalsText(promotion);
  return (
    <article>
      <p>
        <Link to="/projects/$project/promotions/$promotion" params={{ project, promotion: promotion.id }}>
          <b>{promotionTitle(promotion)}</b>
        </Link>
        , asked by <ActorName actor={promotion.requestedBy} /> <Relative at={promotion.requestedAt} />.
        {approvals !== null && ` ${approvals}.`} {planText(promotion.plan)}.
        {promotion.notes[0] !== undefined && <span className="soft"> New: {promotion.notes[0].text}.</span>}
      </p>
      <div className="acts">
        <Button tone="main" onClick={() => open({ act: 'approve', promotion: promotion.id })}>
          {promotion.emergency === undefined ? 'Review and approve' : 'Review and confirm'}
        </Button>
        <Button onClick={() => open({ act: 'reject', promotion: promotion.id })}>Reject…</Button>
      </div>
    </article>
  );
}
