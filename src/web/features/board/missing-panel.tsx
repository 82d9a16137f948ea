import { Link } from '@tanstack/react-router';
import type { BoardView, WayView } from '../../api/views.ts';
import { BlockerList } from '../../components/blocker-list.tsx';
import { Command } from '../../components/command.tsx';
import { countText } from '../../components/names.ts';
import { useProject } from '../../shell/project-context.ts';
import { useNow } from '../../time/now.ts';
import { GateList } from '../gate/gate-list.tsx';
import { missingSentence } from '../gate/missing-sentence.ts';
import { blockedWays, versionOn } from './way-state.ts';

/** Every way that is not open: `1.4.0 to staging: 2 things are missing`. The first is unfolded. */
export function MissingPanel() {
  const { board } = useProject();
  const ways = blockedWays(board);
  if (ways.length === 0) return null;
  return (
    <section className="panel missing" aria-label="What is missing">
      {ways.map((way, index) => (
        <Missing key={`${way.pipeline} ${way.to}`} way={way} board={board} open={index === 0} />
      ))}
    </section>
  );
}

interface MissingProps {
  readonly way: WayView;
  readonly board: BoardView;
  readonly open: boolean;
}

function Missing({ way, board, open }: MissingProps) {
  const { commands, project } = useProject();
  const now = useNow();
  const version = versionOn(way, board);
  const { blockers = [], gates = [] } = way.admission ?? {};
  const others = blockers.filter((one) => !gates.some(({ gate }) => gate === one.gate));
  const refused = blockers.some((one) => one.effect === 'refused');
  return (
    <details open={open}>
      <summary>
        <h2>
          {version} to {way.to}: {countText(blockers.length, 'thing is', 'things are')}{' '}
          {refused ? 'in the way' : 'missing'}
        </h2>
      </summary>
      <p className="missing-sentence">{missingSentence({ version, to: way.to, blockers, now })}</p>
      {others.length > 0 && <BlockerList blockers={others} />}
      {gates.length > 0 && <GateList gates={gates} release={version} to={way.to} blockers={blockers} />}
      <p>
        <Link
          className="link"
          to="/projects/$project/releases/$release/to/$environment"
          params={{ project, release: version, environment: way.to }}
        >
          Everything about this way
        </Link>
      </p>
      {board.viewer.mayActAs.length > 0 && blockers.some((one) => one.kind === 'role unknown') && (
        <p className="tinted">
          On a laptop you may act as somebody who has a role: choose one under your name, at the top right.
        </p>
      )}
      <Command line={commands.why(version, way.to)} label="Ask in a terminal" />
    </details>
  );
}
