import { useQuery } from '@tanstack/react-query';
import { environmentQuery } from '../../api/queries.ts';
import type { EnvironmentView } from '../../api/views.ts';
import { useProject } from '../../shell/project-context.ts';

/** An environment by its name: from the board where that shows it, else it is read. Nothing, where none is named. */
export function useEnvironment(name: string | null): EnvironmentView | undefined {
  const { project, board } = useProject();
  const shown = board.environments.find((one) => one.name === name);
  const { data } = useQuery({
    ...environmentQuery(project, name ?? ''),
    enabled: name !== null && shown === undefined,
  });
  return shown ?? (name === null ? undefined : data);
}
