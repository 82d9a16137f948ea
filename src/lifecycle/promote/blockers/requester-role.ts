import { peopleOf, rolesOf } from '../../../domain/roles.ts';
import type { BlockerRule } from '../admit.ts';

/** Only people whom the project file names may ask. Programs were checked by their token or their rule. */
export const requesterRole: BlockerRule = ({ requester, file }) => {
  if (requester.kind !== 'person' || rolesOf(file, requester.id).length > 0) return [];
  return [
    {
      kind: 'role unknown',
      reason: `${requester.id} has no role in this project.`,
      wayOut: 'Ask somebody who has one, or have yourself added under `roles` in rung.yaml.',
      effect: 'refused',
      liftedBy: peopleOf(file),
      earliest: null,
    },
  ];
};
