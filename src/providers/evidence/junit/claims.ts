import type { Disagreeing } from '../reading/disagreeing.ts';
import { countOf } from '../reading/numbers.ts';
import type { Problems } from '../reading/problems.ts';
import type { XmlElement } from '../reading/xml.ts';
import type { Tally } from './report.ts';

/** What a suite's attributes say of its tests; null where they say nothing. */
export interface Claims {
  readonly tests: number | null;
  readonly failures: number | null;
  readonly errors: number | null;
  /** Skipped or disabled: tools differ in which they write. */
  readonly skipped: number | null;
}

export function claimsOf(element: XmlElement, problems: Problems): Claims {
  const claim = (name: string): number | null => claimOf(element, name, problems);
  const skipped = claim('skipped');
  const disabled = claim('disabled');
  return {
    tests: claim('tests'),
    failures: claim('failures'),
    errors: claim('errors'),
    skipped: skipped === null && disabled === null ? null : (skipped ?? 0) + (disabled ?? 0),
  };
}

function claimOf(element: XmlElement, name: string, problems: Problems): number | null {
  const written = element.attributes[name] ?? '';
  if (written === '') return null;
  const count = countOf(written);
  if (count === null) {
    problems.note({
      code: 'not-a-count',
      message: `${name}="${written.slice(0, 40)}" of <${element.name}> is no count`,
      instead: 'a whole number from 0',
      at: element.at,
    });
  }
  return count;
}

export function compareClaims(suite: string, claims: Claims, tally: Tally, disagreeing: Disagreeing): void {
  const total = tally.passed + tally.failed + tally.error + tally.skipped;
  disagreeing.compare(suite, 'tests', claims.tests, total);
  disagreeing.compare(suite, 'failures', claims.failures, tally.failed);
  disagreeing.compare(suite, 'errors', claims.errors, tally.error);
  disagreeing.compare(suite, 'skipped', claims.skipped, tally.skipped);
}
