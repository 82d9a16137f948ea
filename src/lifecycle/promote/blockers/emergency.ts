import type { Blocker } from '../../../domain/admission.ts';
import { actorName, peopleBehind } from '../../../domain/actor.ts';
import { emergencyRoles, isConfirmed } from '../../../domain/emergency.ts';
import type { RoleName } from '../../../domain/ids.ts';
import type { EmergencyPolicy } from '../../../domain/project-file/types.ts';
import { peopleOf } from '../../../domain/roles.ts';
import { listText } from '../../../domain/wording.ts';
import type { BlockerRule } from '../admit.ts';
import type { AdmissionFacts } from '../facts.ts';

/** REL-12: somebody who may asks for it, and another one who may says so too, within the hour. */
export const emergency: BlockerRule = (facts, now) => {
  if (facts.emergency === null) return [];
  const policy = facts.rung?.step.emergency;
  if (policy === undefined) return [undeclared(facts)];
  if (!mayAsk(facts, policy)) return [notYours(facts, policy)];
  if (now >= facts.emergency.expiresAt) return [expired(facts, policy)];
  const { file, requester, plan } = facts;
  return isConfirmed(facts.emergency, policy, { file, requester, planHash: plan.hash })
    ? []
    : [unconfirmed(facts, policy)];
};

const mayAsk = ({ requester, file }: AdmissionFacts, { from }: EmergencyPolicy): boolean =>
  requester.kind === 'person' && emergencyRoles(file, requester, from).length > 0;

const blocker = (
  { file, requester }: AdmissionFacts,
  roles: readonly RoleName[],
  rest: Pick<Blocker, 'reason' | 'wayOut' | 'effect'>,
): Blocker => ({
  kind: 'emergency',
  ...rest,
  liftedBy: peopleOf(file, roles, peopleBehind(requester)),
  earliest: null,
});

const undeclared = (facts: AdmissionFacts): Blocker =>
  blocker(facts, [], {
    reason: `${facts.target.name} declares no emergency way in.`,
    wayOut: 'Promote it without --emergency; who may waive a gate is said by rung why.',
    effect: 'refused',
  });

const notYours = (facts: AdmissionFacts, { from }: EmergencyPolicy): Blocker =>
  blocker(facts, from, {
    reason: `${actorName(facts.requester)} may not ask for an emergency in ${facts.target.name}.`,
    wayOut: `Ask somebody who is ${listText(from, 'or')}.`,
    effect: 'refused',
  });

const expired = (facts: AdmissionFacts, { from }: EmergencyPolicy): Blocker =>
  blocker(facts, from, {
    reason: 'It was not confirmed and started within the hour.',
    wayOut: 'Ask again if it is still an emergency.',
    effect: 'refused',
  });

function unconfirmed(facts: AdmissionFacts, { second }: EmergencyPolicy): Blocker {
  const { target, requester, file, plan } = facts;
  const { members } = peopleOf(file, second, peopleBehind(requester));
  const confirmed = facts.emergency?.confirmed ?? null;
  const isOfAnother = confirmed !== null && confirmed.planHash !== plan.hash;
  return blocker(facts, second, {
    reason: isOfAnother
      ? `${actorName(confirmed.by)} confirmed another plan: what serves in ${target.name} has changed since.`
      : `A second person has to confirm the emergency in ${target.name}; ${actorName(requester)} asked for it.`,
    wayOut: `Ask ${members.length === 0 ? 'somebody else' : listText(members, 'or')} to confirm it: rung approve ${target.name} --emergency`,
    effect: 'waits',
  });
}
