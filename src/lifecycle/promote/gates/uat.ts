import { actorName } from '../../../domain/actor.ts';
import { ofKind } from '../../../domain/evidence/evidence.ts';
import { signersOf } from '../../../domain/roles.ts';
import { needsSource, type GateRule, refOf } from './gate-rule.ts';
import { isOneOf } from './signed.ts';

/** REL-2: users tried it in the environment before this one, and somebody who may answers for what they found. */
export const uat: GateRule<'uat'> = needsSource(({ from }, { evidence, release, file }, source) => {
  const said = ofKind(evidence, 'uat').filter(({ environment }) => environment === source.id);
  const newest = said.find(({ by }) => isOneOf(by, from, file));
  const wayOut = () =>
    `Let users try it in ${source.name}, then sign it off: rung uat ${release.version} --in ${source.name} --accept`;
  if (newest === undefined)
    return {
      state: 'missing',
      says: `Nobody${from.length === 0 ? '' : ' who may'} has accepted ${release.version} in ${source.name} yet.`,
      wayOut: wayOut(),
      liftedBy: signersOf(file, from),
      evidence: said.map(refOf),
    };
  const says = `${actorName(newest.by)} ${newest.facts.verdict} ${release.version} in ${source.name}.`;
  if (newest.facts.verdict === 'accepted') return { state: 'passed', says, evidence: [refOf(newest)] };
  return {
    state: 'failed',
    says,
    wayOut: `Mend what they found in a new release. ${wayOut()}`,
    liftedBy: signersOf(file, from),
    evidence: [refOf(newest)],
  };
});
