import { Link } from '@tanstack/react-router';
import type { PromotionView, WayView } from '../../api/views.ts';
import { Button } from '../../components/button.tsx';
import { gatesText } from '../gate/gate-words.ts';
import { approvalsText, approvedByText } from '../promotion/promotion-state.ts';
import { useProject } from '../../shell/project-context.ts';
import { useAct } from '../../shell/use-act.ts';
import { type WayState, wayStateOf } from './way-state.ts';

/** The way from one rung to the next, as a thing of its own: what could go, what is in the way, the button. */
export function Way({ way }: { readonly way: WayView }) {
  const { board } = useProject();
  const state = wayStateOf(way, board);
  return (
    <div
      className={`way ${state.kind}${state.kind === 'moving' && state.words === 'held' ? ' held' : ''}`}
      role="group"
      aria-label={`From ${way.from} to ${way.to}`}
    >
      <div className="way-words">
        {state.kind !== 'even' && <span className="way-version num">{state.version}</span>}
        <WayWords state={state} />
        {state.kind !== 'even' && state.kind !== 'moving' && <WayGates way={way} version={state.version} />}
        <WayAct way={way} state={state} />
      </div>
    </div>
  );
}

function WayWords({ state }: { readonly state: WayState }) {
  const { board, project } = useProject();
  switch (state.kind) {
    case 'even':
      return <span className="soft">{state.words}</span>;
    case 'open':
      return <b>can go</b>;
    case 'waits':
    case 'refused':
      return <b>{state.words}</b>;
    case 'moving':
    case 'asked': {
      const promotion = board.promotions.find((one) => one.id === state.promotion);
      const approvals = approvalWords(promotion, state.kind === 'moving');
      return (
        <>
          <b>
            <Link
              to="/projects/$project/promotions/$promotion"
              params={{ project, promotion: state.promotion }}
            >
              {state.words}
            </Link>
          </b>
          {approvals !== null && <span className="way-approvals">{approvals}</span>}
        </>
      );
    }
  }
}

/** How many gates are open; a click shows each with its evidence. */
function WayGates({ way, version }: { readonly way: WayView; readonly version: string }) {
  const { project } = useProject();
  const gates = way.admission?.gates ?? [];
  if (gates.length === 0) return null;
  return (
    <Link
      className="link way-gates"
      to="/projects/$project/releases/$release/to/$environment"
      params={{ project, release: version, environment: way.to }}
    >
      {gatesText(gates)}
    </Link>
  );
}

function approvalWords(promotion: PromotionView | undefined, isMoving: boolean): string | null {
  if (promotion === undefined || promotion.approvals.length === 0) return null;
  return isMoving ? approvedByText(promotion) : approvalsText(promotion);
}

interface WayActProps {
  readonly way: WayView;
  readonly state: WayState;
}

/** What refuses it stands in the panel of what is missing, with whose it is. */
function WayAct({ way, state }: WayActProps) {
  const { open } = useAct();
  if (state.kind === 'even' || state.kind === 'moving' || state.kind === 'refused') return null;
  if (state.kind === 'asked' && state.merge === null) return null;
  const now = state.kind === 'open' || (state.kind === 'asked' && state.merge === 'ready');
  return (
    <Button
      small
      tone={now ? 'go' : 'plain'}
      label={now ? `Promote ${state.version} to ${way.to}` : `Ask for ${state.version} in ${way.to}`}
      onClick={() => open({ act: 'promote', release: state.version, to: way.to })}
    >
      {now ? 'Promote' : 'Ask…'}
    </Button>
  );
}
