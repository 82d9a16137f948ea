import { useQuery } from '@tanstack/react-query';
import { rolloutQuery } from '../../api/queries.ts';
import type { RolloutView } from '../../api/views.ts';
import { useProject } from '../../shell/project-context.ts';

/** A rollout by its id: at once where the board has it. */
export function useRollout(id: string): {
  readonly rollout: RolloutView | undefined;
  readonly error: Error | null;
} {
  const { project, board } = useProject();
  const { data, error } = useQuery({
    ...rolloutQuery(project, id),
    placeholderData: () => board.rollouts.find((one) => one.id === id),
  });
  return { rollout: data, error };
}
