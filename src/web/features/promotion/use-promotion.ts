import { useQuery } from '@tanstack/react-query';
import { promotionQuery } from '../../api/queries.ts';
import type { PromotionView } from '../../api/views.ts';
import { useProject } from '../../shell/project-context.ts';

/** A promotion by its id: at once where the board has it. */
export function usePromotion(id: string): {
  readonly promotion: PromotionView | undefined;
  readonly error: Error | null;
} {
  const { project, board } = useProject();
  const { data, error } = useQuery({
    ...promotionQuery(project, id),
    placeholderData: () => board.promotions.find((one) => one.id === id),
  });
  return { promotion: data, error };
}
