import { countText, shareText } from '../wording.ts';
import { type EvidenceFacts, severities } from './facts.ts';

/** What evidence says, in one line for people: “312 tests: 310 passed, 1 failed, 1 skipped”. */
export function sentenceOf(facts: EvidenceFacts): string {
  switch (facts.kind) {
    case 'tests':
      return `${countText(facts.total, 'test')}: ${listed([
        [facts.passed, facts.flaky === 0 ? 'passed' : `passed (${facts.flaky} not at the first try)`],
        [facts.failed, 'failed'],
        [facts.errors, 'with an error'],
        [facts.skipped, 'skipped'],
      ])}`;
    case 'coverage':
      return `${shareText(facts.lineRatio)} of ${countText(facts.linesFound, 'line')} in ${countText(facts.files, 'file')} covered${
        facts.branchRatio === null ? '' : `, ${shareText(facts.branchRatio)} of the branches`
      }`;
    case 'scan': {
      const standing = listed(severities.map((severity) => [facts.bySeverity[severity], severity]));
      return `${standing === '' ? 'no finding' : standing}${facts.suppressed === 0 ? '' : `; ${facts.suppressed} accepted`}`;
    }
    case 'count':
      return `${facts.count} counted${facts.tracker === null ? '' : ` in ${facts.tracker}`}`;
  }
}

const listed = (parts: readonly (readonly [number, string])[]): string =>
  parts
    .filter(([count]) => count > 0)
    .map(([count, what]) => `${count} ${what}`)
    .join(', ');
