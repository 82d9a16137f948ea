import { peopleOf } from '../../../domain/roles.ts';
import type { BlockerRule } from '../admit.ts';
import { sourceOf } from '../facts.ts';

/** OPS-4: an operator looked at the source environment and said that it is good. */
export const validation: BlockerRule = (facts) => {
  const source = sourceOf(facts);
  if (source === null || !facts.rung?.step.gates.some((gate) => gate.kind === 'validation')) return [];
  if (source.validation?.release === facts.release.id) return [];
  return [
    {
      kind: 'validation',
      reason: `Nobody has validated ${facts.release.version} in ${source.name} yet.`,
      wayOut: `Look at ${source.name}, then say that it is good: rung validate ${source.name}`,
      effect: 'waits',
      liftedBy: peopleOf(facts.file),
      earliest: null,
    },
  ];
};
