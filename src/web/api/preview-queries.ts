import { queryOptions } from '@tanstack/react-query';
import { type RollbackAsk, rollback } from './calls.ts';

export type RollbackChoice = Omit<RollbackAsk, 'reason' | 'dryRun'>;

/**
 * The plan of going back as the server makes it, before anything is done. Made again when anything happened meanwhile: until
 * then the one before stays, but never that of another choice.
 */
export const rollbackPreviewQuery = (
  project: string,
  environment: string,
  choice: RollbackChoice,
  position: number,
) => {
  const chosen = JSON.stringify(choice);
  return queryOptions({
    queryKey: ['rollback preview', project, environment, chosen, position],
    queryFn: () => rollback(project, environment, { ...choice, reason: 'Preview', dryRun: true }),
    placeholderData: (before, query) => (query?.queryKey[3] === chosen ? before : undefined),
  });
};
