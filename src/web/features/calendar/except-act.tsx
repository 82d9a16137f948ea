import { useQuery } from '@tanstack/react-query';
import { calendarQuery } from '../../api/queries.ts';
import type { Blocker } from '../../api/views.ts';
import { Button } from '../../components/button.tsx';
import { offFor } from '../../components/whose.ts';
import { useProject } from '../../shell/project-context.ts';
import { useAct } from '../../shell/use-act.ts';

interface ExceptActProps {
  readonly environment: string;
  /** Of whatever waits for it: without one of the calendar there is nothing to open. */
  readonly blockers: readonly Blocker[];
}

/** Where the calendar is in the way: opens the environment for a while. */
export function ExceptAct({ environment, blockers }: ExceptActProps) {
  const isClosed = blockers.some(({ kind }) => kind === 'window' || kind === 'freeze');
  return isClosed ? <OpenAct environment={environment} /> : null;
}

function OpenAct({ environment }: Pick<ExceptActProps, 'environment'>) {
  const { project, board } = useProject();
  const { open } = useAct();
  const { data } = useQuery(calendarQuery(project));
  const mayExcept = data?.environments.find((one) => one.environment === environment)?.mayExcept;
  if (mayExcept === undefined || mayExcept.roles.length === 0) return null;
  return (
    <div className="acts panel-foot">
      <Button off={offFor(mayExcept, board.viewer)} onClick={() => open({ act: 'except', on: environment })}>
        Open {environment} for a while…
      </Button>
    </div>
  );
}
