import { ofKind } from '../../../domain/evidence/evidence.ts';
import { peopleOf } from '../../../domain/roles.ts';
import { shareText } from '../../../domain/wording.ts';
import { type GateRule, refOf } from './gate-rule.ts';

/** REL-2: the share of lines that the tests run through, over every report there is together. */
export const coverage: GateRule<'coverage'> = ({ limit, inclusive }, { evidence, release, file }) => {
  const reports = ofKind(evidence, 'coverage');
  const found = reports.reduce((sum, { facts }) => sum + facts.linesFound, 0);
  const hit = reports.reduce((sum, { facts }) => sum + facts.linesHit, 0);
  const seen = reports.map(refOf);
  const wanted = `${inclusive ? 'at least' : 'over'} ${shareText(limit)}`;
  if (found === 0)
    return {
      state: 'missing',
      says: `Nobody has said yet how much of ${release.version} its tests run through; ${wanted} is asked for.`,
      wayOut: `Let CI hand it over: rung evidence add lcov.info --kind coverage --release ${release.version}`,
      liftedBy: peopleOf(file),
      evidence: seen,
    };
  const ratio = hit / found;
  const says = `The tests run through ${shareText(ratio)} of ${found} lines; ${wanted} is asked for.`;
  if (inclusive ? ratio >= limit : ratio > limit) return { state: 'passed', says, evidence: seen };
  return {
    state: 'failed',
    says,
    wayOut: 'Test more of it and build a new release.',
    liftedBy: peopleOf(file),
    evidence: seen,
  };
};
