import { useQuery } from '@tanstack/react-query';
import { boardQuery } from '../../api/queries.ts';
import type { WayView } from '../../api/views.ts';
import { useProject } from '../../shell/project-context.ts';

/** The way into an environment from the one before it: from the board where that shows it, else its ladder is read. */
export function useWayInto(to: string): WayView | undefined {
  const { project, board } = useProject();
  const isShown = board.environments.some(({ name }) => name === to);
  const { data } = useQuery({ ...boardQuery(project, { environment: to }), enabled: !isShown });
  return (isShown ? board : data)?.ways.find((one) => one.to === to);
}
