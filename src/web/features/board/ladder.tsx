import { Fragment } from 'react';
import type { BoardView, EnvironmentView } from '../../api/views.ts';
import { useProject } from '../../shell/project-context.ts';
import { isWhole } from './whole.ts';
import { Rung } from './rung.tsx';
import { Way } from './way.tsx';

/** As many rungs as fit side by side on a wide screen; more stand one below the other, with the panels beside them. */
const mostSideBySide = 5;

export const isTall = ({ pipelines }: BoardView): boolean =>
  pipelines.some(({ rungs }) => rungs.length > mostSideBySide);

/** A ladder for each pipeline, and what belongs to none. */
export function Ladders() {
  const { board } = useProject();
  const climbed = new Set(board.pipelines.flatMap(({ rungs }) => rungs));
  const others = board.environments.filter((one) => !climbed.has(one.name));
  return (
    <div className="ladders">
      {board.pipelines.map((pipeline) => (
        <section key={pipeline.name} aria-label={`Ladder ${pipeline.name}`}>
          {(board.pipelines.length > 1 || !isWhole(board)) && (
            <h2 className="ladder-name">{pipeline.name}</h2>
          )}
          <Ladder pipeline={pipeline} tall={isTall(board)} />
        </section>
      ))}
      {others.length > 0 && (
        <section aria-label="Outside of a pipeline">
          <h2 className="ladder-name">Outside of a pipeline</h2>
          <div className="ladder loose">
            {others.map((one) => (
              <Rung key={one.id} environment={one} />
            ))}
          </div>
        </section>
      )}
    </div>
  );
}

interface LadderProps {
  readonly pipeline: BoardView['pipelines'][number];
  readonly tall: boolean;
}

function Ladder({ pipeline, tall }: LadderProps) {
  const { board } = useProject();
  const rungs = pipeline.rungs.flatMap((name): readonly EnvironmentView[] => {
    const environment = board.environments.find((one) => one.name === name);
    return environment === undefined ? [] : [environment];
  });
  return (
    <div className="ladder" data-rungs={tall ? 'many' : rungs.length}>
      {rungs.map((environment) => {
        const way = board.ways.find((one) => one.pipeline === pipeline.name && one.to === environment.name);
        return (
          <Fragment key={environment.id}>
            {way !== undefined && <Way way={way} />}
            <Rung environment={environment} />
          </Fragment>
        );
      })}
    </div>
  );
}
