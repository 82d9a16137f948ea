import { peopleOf } from '../../../domain/roles.ts';
import type { BlockerRule } from '../admit.ts';

/** REL-1: a merge asks for an environment that people promote into by hand, and a person answers it. */
export const merged: BlockerRule = ({ requester, release, target, file }) => {
  if (requester.kind !== 'automation' || target.spec.deploy !== 'manual') return [];
  return [
    {
      kind: 'merged',
      reason: `A ${requester.rule} asks for ${release.version} in ${target.name}, where a person says when.`,
      wayOut: `Promote it: rung promote ${release.version} --to ${target.name}`,
      effect: 'waits',
      liftedBy: peopleOf(file),
      earliest: null,
    },
  ];
};
