import { ofKind } from '../../../domain/evidence/evidence.ts';
import { peopleOf } from '../../../domain/roles.ts';
import { listText } from '../../../domain/wording.ts';
import { type GateRule, refOf } from './gate-rule.ts';

/** REL-2: security scans were handed over, and found nothing of the severities that must not be there. */
export const scan: GateRule<'scan'> = ({ none }, { evidence, release, file }) => {
  const scans = ofKind(evidence, 'scan');
  const seen = scans.map(refOf);
  if (scans.length === 0)
    return {
      state: 'missing',
      says: `No security scan of ${release.version} yet.`,
      wayOut: `Let CI hand it over: rung evidence add scan.sarif --kind scan --release ${release.version}`,
      liftedBy: peopleOf(file),
    };
  const counts = none.map((severity) => ({
    severity,
    count: scans.reduce((sum, { facts }) => sum + facts.bySeverity[severity], 0),
  }));
  const bad = counts.filter(({ count }) => count > 0);
  if (bad.length === 0)
    return {
      state: 'passed',
      says: `The security scan found nothing ${listText(none, 'or')}.`,
      evidence: seen,
    };
  return {
    state: 'failed',
    says: `The security scan found ${listText(bad.map(({ severity, count }) => `${count} ${severity}`))}.`,
    wayOut: 'Mend what it found and build a new release, or suppress in the scanner what is no danger.',
    liftedBy: peopleOf(file),
    evidence: seen,
  };
};
