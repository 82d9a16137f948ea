import { ofKind } from '../../../domain/evidence/evidence.ts';
import { peopleOf } from '../../../domain/roles.ts';
import { countText } from '../../../domain/wording.ts';
import { type GateRule, refOf } from './gate-rule.ts';

/** REL-2: the trackers, whichever they are, count no more blocking bugs than are let pass. */
export const bugs: GateRule<'bugs'> = ({ atMost }, { evidence, release, file }) => {
  const counts = ofKind(evidence, 'count');
  const seen = counts.map(refOf);
  if (counts.length === 0)
    return {
      state: 'missing',
      says: `Nobody has counted the blocking bugs of ${release.version} yet.`,
      wayOut: `Let CI ask the tracker: rung evidence count 0 --release ${release.version}`,
      liftedBy: peopleOf(file),
    };
  const open = counts.reduce((sum, { facts }) => sum + facts.count, 0);
  const says = `${countText(open, 'blocking bug')} open; ${atMost === 0 ? 'none' : `${atMost} at the most`} may be.`;
  if (open <= atMost) return { state: 'passed', says, evidence: seen };
  return {
    state: 'failed',
    says,
    wayOut: 'Close them in the tracker and count again, or mend them in a new release.',
    liftedBy: peopleOf(file),
    evidence: seen,
  };
};
