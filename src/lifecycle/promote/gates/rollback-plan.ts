import { ofKind } from '../../../domain/evidence/evidence.ts';
import { peopleOf } from '../../../domain/roles.ts';
import type { GateFinding } from '../../../domain/gate.ts';
import { type GateRule, refOf } from './gate-rule.ts';
import { isOneOf } from './signed.ts';

/** REL-2: how it would be taken back is written down for this very source, and was read by another who may. */
export const rollbackPlan: GateRule<'rollback-plan'> = ({ from }, { evidence, release, file }) => {
  const [plan] = ofKind(evidence, 'rollback-plan');
  const liftedBy = peopleOf(file, from.length === 0 ? undefined : from);
  const closed = (state: 'missing' | 'failed', says: string, wayOut: string): GateFinding => ({
    state,
    says,
    wayOut,
    liftedBy,
    ...(plan !== undefined && { evidence: [refOf(plan)] }),
  });
  if (plan === undefined)
    return closed(
      'missing',
      `Nobody has written down yet how ${release.version} would be taken back.`,
      `Write it down: rung rollback-plan ${release.version} --steps FILE --minutes 5`,
    );
  if (from.length > 0 && !isOneOf(plan.by, from, file))
    return closed(
      'failed',
      'The rollback plan has not been read by anybody who has to.',
      `Read it, then say so: rung rollback-plan ${release.version} --read`,
    );
  return {
    state: 'passed',
    says: `There is a rollback plan: back within ${plan.facts.minutes} min.`,
    evidence: [refOf(plan)],
  };
};
