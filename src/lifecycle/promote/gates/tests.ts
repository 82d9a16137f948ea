import type { EvidenceOf } from '../../../domain/evidence/evidence.ts';
import { ofKind } from '../../../domain/evidence/evidence.ts';
import { countText, listText } from '../../../domain/wording.ts';
import { peopleOf } from '../../../domain/roles.ts';
import { type GateRule, refOf } from './gate-rule.ts';

type Results = EvidenceOf<'tests'>;

/** REL-2: test results were handed over, of every suite that is asked for, and nothing in them failed. */
export const tests: GateRule<'tests'> = ({ suites }, { evidence, release, file }) => {
  const all = ofKind(evidence, 'tests');
  const results = suites.length === 0 ? all : all.filter(({ name }) => suites.includes(name));
  const missing = suites.filter((suite) => !results.some(({ name }) => name === suite));
  const bad = results.filter(hasFailed);
  const seen = results.map(refOf);
  if (bad.length > 0)
    return {
      state: 'failed',
      says: `${listText(bad.map(sentence))} for ${release.version}.`,
      wayOut: 'Mend them and build a new release; or run them again, where they were not to blame.',
      liftedBy: peopleOf(file),
      evidence: seen,
    };
  if (missing.length > 0 || results.length === 0)
    return {
      state: 'missing',
      says: `No test results of ${release.version} yet${missing.length > 0 ? ` from ${listText(missing)}` : ''}.`,
      wayOut: `Let CI hand them over: rung evidence add junit.xml --kind tests${missing[0] === undefined ? '' : ` --name ${missing[0]}`} --release ${release.version}`,
      liftedBy: peopleOf(file),
      evidence: seen,
    };
  const total = results.reduce((sum, { facts }) => sum + facts.passed, 0);
  return {
    state: 'passed',
    says: `${countText(total, 'test')} passed in ${listText(results.map(({ name }) => name))}.`,
    evidence: seen,
  };
};

/** Nothing run is not a pass. */
const hasFailed = ({ facts }: Results): boolean => facts.failed + facts.errors > 0 || facts.passed === 0;

const sentence = ({ name, facts }: Results): string =>
  facts.passed + facts.failed + facts.errors === 0
    ? `no test ran in ${name}`
    : `${countText(facts.failed + facts.errors, 'test')} of ${facts.total} failed in ${name}`;
