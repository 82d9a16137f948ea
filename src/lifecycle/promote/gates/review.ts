import { ofKind } from '../../../domain/evidence/evidence.ts';
import { peopleOf } from '../../../domain/roles.ts';
import { countText, listText } from '../../../domain/wording.ts';
import { type GateRule, refOf } from './gate-rule.ts';

/** REL-2: others than the author looked at the change and agreed, as the newest word on it says. */
export const review: GateRule<'review'> = ({ count }, { evidence, release, file }) => {
  const reviews = ofKind(evidence, 'review');
  const seen = reviews.map(refOf);
  const approved = new Set(reviews.flatMap(({ facts }) => facts.approvedBy));
  const against = reviews.flatMap(({ facts }) => facts.requestedChanges);
  if (against.length > 0)
    return {
      state: 'failed',
      says: `${listText([...new Set(against)])} asked for changes in ${release.version}.`,
      wayOut: 'Settle what they ask for in a new release.',
      liftedBy: peopleOf(file),
      evidence: seen,
    };
  if (approved.size >= count)
    return { state: 'passed', says: `Reviewed by ${listText([...approved])}.`, evidence: seen };
  return {
    state: 'missing',
    says: `${countText(count - approved.size, 'review')} of ${release.version} missing.`,
    wayOut: `Have it reviewed, then let the forge or CI say so: rung evidence review --release ${release.version} --by NAME`,
    liftedBy: peopleOf(file),
    evidence: seen,
  };
};
