import { useInfiniteQuery } from '@tanstack/react-query';
import { environmentsQuery } from '../../api/queries.ts';
import type { EnvironmentView } from '../../api/views.ts';
import { useProject } from '../../shell/project-context.ts';
import { isWhole } from '../board/whole.ts';

export interface EnvironmentsFound {
  readonly environments: readonly EnvironmentView[];
  readonly error: Error | null;
  /** Reads more of them; null where these are all. */
  readonly more: (() => void) | null;
}

/** Environments with these letters in their names: at once where the board shows all there are, else page by page. */
export function useEnvironments(letters: string): EnvironmentsFound {
  const { project, board } = useProject();
  const isKnown = isWhole(board);
  const search = letters.trim().toLowerCase().slice(0, 40);
  const { data, error, hasNextPage, fetchNextPage } = useInfiniteQuery({
    ...environmentsQuery(project, search),
    enabled: !isKnown,
    placeholderData: (before) => before,
  });
  if (isKnown)
    return {
      environments: board.environments.filter(({ name }) => name.includes(search)),
      error: null,
      more: null,
    };
  return {
    environments: data?.pages.flatMap(({ items }) => items) ?? [],
    error,
    more: hasNextPage ? () => void fetchNextPage() : null,
  };
}
