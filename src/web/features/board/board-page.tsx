import type { BoardView, RolloutView } from '../../api/views.ts';
import { useTitle } from '../../components/page.tsx';
import { useProject } from '../../shell/project-context.ts';
import { isEmpty } from '../environment/health.ts';
import { NoReleaseYet } from '../release/no-release-yet.tsx';
import { isLive } from '../rollout/phase.ts';
import { RolloutOutcome } from '../rollout/rollout-outcome.tsx';
import { RolloutPanel } from '../rollout/rollout-panel.tsx';
import { AskedPanel } from './asked-panel.tsx';
import { isTall, Ladders } from './ladder.tsx';
import { FindLadders, LadderPages } from './ladder-pages.tsx';
import { LatelyPanel } from './lately-panel.tsx';
import { MissingPanel } from './missing-panel.tsx';
import { RecentPanel } from './recent-panel.tsx';
import { UnderWayPanel } from './under-way-panel.tsx';
import { isWhole } from './whole.ts';
import './board.css';

/** What runs where; what is in the way, whose it is and until when; what is asked of me. */
export function BoardPage() {
  const { board } = useProject();
  useTitle('Board');
  if (!isWhole(board)) return <PartOfBoard board={board} />;
  return (
    <div className={isTall(board) ? 'board tall' : 'board'}>
      <h1 className="sr-only">Board of {board.project.name}</h1>
      <Ladders />
      <Panels board={board} />
    </div>
  );
}

/** Where there are more ladders than are shown at once, what is asked and what moves anywhere comes before them. */
function PartOfBoard({ board }: { readonly board: BoardView }) {
  const here = board.rollouts.filter(({ environment }) =>
    board.environments.some(({ name }) => name === environment),
  );
  return (
    <div className="board">
      <h1 className="sr-only">Board of {board.project.name}</h1>
      <div className="stack before-ladders">
        <AskedPanel />
        <UnderWayPanel />
        <FindLadders />
      </div>
      <div className="stack">
        <Ladders />
        <LadderPages />
      </div>
      <div className="columns even">
        <div className="stack">
          <Rollouts board={{ ...board, rollouts: here }} />
          <MissingPanel />
        </div>
        <RecentPanel />
      </div>
    </div>
  );
}

function Panels({ board }: { readonly board: BoardView }) {
  const rollouts = <Rollouts board={board} />;
  const ended = lastEnded(board);
  if (isBeforeAll(board))
    return (
      <div className="columns">
        <NoReleaseYet />
        <RecentPanel />
      </div>
    );
  if (board.rollouts.length === 0 && ended === undefined)
    return (
      <div className="columns even">
        <div className="stack">
          <AskedPanel />
          <MissingPanel />
          <LatelyPanel />
        </div>
        <RecentPanel />
      </div>
    );
  return (
    <div className="columns">
      <div className="stack">{rollouts}</div>
      <div className="stack">
        <AskedPanel />
        <MissingPanel />
        <RecentPanel />
      </div>
    </div>
  );
}

const isBeforeAll = (board: BoardView): boolean =>
  isWhole(board) &&
  board.environments.every(isEmpty) &&
  board.promotions.length === 0 &&
  board.rollouts.length === 0;

/** Of the rollouts that ended, only the last is shown; the log has the others. */
const lastEnded = ({ rollouts }: BoardView): BoardView['rollouts'][number] | undefined =>
  rollouts.filter((one) => !isLive(one.state)).toSorted((left, right) => right.startedAt - left.startedAt)[0];

/** What is measured and may be taken back stands above what goes in all at once and is over in a moment. */
const byInterest = (left: RolloutView, right: RolloutView): number =>
  Number(left.reasonAllAtOnce !== null) - Number(right.reasonAllAtOnce !== null) ||
  right.startedAt - left.startedAt;

/** Where rollouts are live, what ended is shown only when it went wrong. */
function Rollouts({ board }: { readonly board: BoardView }) {
  const live = board.rollouts.filter((one) => isLive(one.state)).toSorted(byInterest);
  const ended = lastEnded(board);
  const shown = ended !== undefined && (live.length === 0 || ended.state.phase !== 'succeeded');
  return (
    <>
      {live.map((one) => (
        <RolloutPanel key={one.id} rollout={one} />
      ))}
      {shown && <RolloutOutcome rollout={ended} />}
      {live.length === 0 && <LatelyPanel />}
    </>
  );
}
