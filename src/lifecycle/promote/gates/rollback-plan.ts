import { ofKind } from '../../../domain/evidence/evidence.ts';
import type { GateFinding } from '../../../domain/gate.ts';
import type { ActorId } from '../../../domain/ids.ts';
import { signersOf } from '../../../domain/roles.ts';
import { listText } from '../../../domain/wording.ts';
import { type GateRule, refOf } from './gate-rule.ts';
import { isOneOf } from './signed.ts';
import { wayBack } from './way-back.ts';

/**
 * REL-2: how it would be taken back is written down for this very source, was read by another person than the writer,
 * and there is something to go back to.
 */
export const rollbackPlan: GateRule<'rollback-plan'> = ({ from }, facts) => {
  const { evidence, release, file, target } = facts;
  const [plan] = ofKind(evidence, 'rollback-plan');
  const closed = (
    state: 'missing' | 'failed',
    says: string,
    wayOut: string,
    except: readonly ActorId[] = [],
  ): GateFinding => ({
    state,
    says,
    wayOut,
    liftedBy: signersOf(file, from, except),
    ...(plan !== undefined && { evidence: [refOf(plan)] }),
  });
  if (plan === undefined)
    return closed(
      'missing',
      `Nobody has written down yet how ${release.version} would be taken back.`,
      `Write it down: rung rollback-plan ${release.version} --steps FILE --minutes 5`,
    );
  const { writtenBy, reviewedBy, minutes } = plan.facts;
  const readers = reviewedBy.filter((id) => id !== writtenBy && isOneOf({ kind: 'person', id }, from, file));
  if (readers.length === 0)
    return closed(
      'missing',
      `${writtenBy} wrote a rollback plan, and nobody else${from.length === 0 ? '' : ' who has to'} has read it yet.`,
      `Read it, then say so: rung rollback-plan ${release.version} --read`,
      [writtenBy],
    );
  const back = wayBack(facts);
  if (back.kind === 'none')
    return closed('failed', back.says, `First bring a release into ${target.name} that is kept.`);
  const tried =
    back.kind === 'there'
      ? back.says
      : `Nothing runs in ${target.name} yet, so there is nothing to go back to.`;
  return {
    state: 'passed',
    says: `${writtenBy} wrote a rollback plan (${minutes} min), and ${listText(readers)} read it. ${tried}`,
    evidence: [refOf(plan)],
  };
};
