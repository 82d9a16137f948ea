import type { BoardView, WayView } from '../../api/views.ts';
import { BlockerList } from '../../components/blocker-list.tsx';
import { Command } from '../../components/command.tsx';
import { countText } from '../../components/names.ts';
import { useProject } from '../../shell/project-context.ts';
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
  const { commands } = useProject();
  const version = versionOn(way, board);
  const blockers = way.admission?.blockers ?? [];
  const refused = blockers.some((one) => one.effect === 'refused');
  return (
    <details open={open}>
      <summary>
        <h2>
          {version} to {way.to}: {countText(blockers.length, 'thing is', 'things are')}{' '}
          {refused ? 'in the way' : 'missing'}
        </h2>
      </summary>
      <BlockerList blockers={blockers} />
      {board.viewer.mayActAs.length > 0 && blockers.some((one) => one.kind === 'role unknown') && (
        <p className="tinted">
          On a laptop you may act as somebody who has a role: choose one under your name, at the top right.
        </p>
      )}
      <Command line={commands.why(version, way.to)} label="Ask in a terminal" />
    </details>
  );
}
