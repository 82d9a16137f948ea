/**
 * What is known from a file that CI handed over: small, plain JSON, the same whatever format the file had. Counts are whole
 * numbers from 0; they come from the single entries of a file, never from the sums that it claims.
 */
export type EvidenceFacts = TestFacts | CoverageFacts | ScanFacts | CountFacts;
export type EvidenceKind = EvidenceFacts['kind'];

/** How many single entries facts show; the counts cover all. */
export const mostShown = 20;
/** Characters that a shown message has at most. */
export const mostMessageCharacters = 500;

export interface TestFacts {
  readonly kind: 'tests';
  /** `passed + failed + errors + skipped`. */
  readonly total: number;
  readonly passed: number;
  readonly failed: number;
  /** Tests that did not get as far as to fail; a suite that broke outside its tests counts as one. */
  readonly errors: number;
  readonly skipped: number;
  /** Of those that passed: not at the first try. */
  readonly flaky: number;
  readonly suites: number;
  readonly durationMs: number;
  readonly failures: readonly TestFailure[];
  readonly disagreements: Disagreements;
}

export interface TestFailure {
  readonly name: string;
  readonly classname: string;
  readonly outcome: 'failed' | 'error';
  readonly message: string;
}

/** Where a file's own sums are not what its entries add up to. The entries count. */
export interface Disagreements {
  readonly count: number;
  readonly shown: readonly Disagreement[];
}

export interface Disagreement {
  /** The suite or source file; empty for the whole. */
  readonly where: string;
  readonly figure: string;
  readonly says: number;
  readonly counted: number;
}

export interface CoverageFacts {
  readonly kind: 'coverage';
  readonly linesFound: number;
  readonly linesHit: number;
  /** 0 to 1. */
  readonly lineRatio: number;
  readonly branchesFound: number;
  readonly branchesHit: number;
  /** Null where no branch was measured. */
  readonly branchRatio: number | null;
  readonly files: number;
  /** The files with the lowest ratio, lowest first; of those with the same, most lines missing first. */
  readonly lowest: readonly FileCoverage[];
  readonly disagreements: Disagreements;
}

export interface FileCoverage {
  readonly file: string;
  readonly linesFound: number;
  readonly linesHit: number;
  readonly lineRatio: number;
}

/** From worst to least. */
export const severities = ['critical', 'high', 'medium', 'low', 'note'] as const;
export type Severity = (typeof severities)[number];

export interface ScanFacts {
  readonly kind: 'scan';
  /** What stands: neither suppressed, nor gone since the baseline, nor passed. */
  readonly bySeverity: Readonly<Record<Severity, number>>;
  /** Worst first. */
  readonly findings: readonly Finding[];
  readonly tools: readonly string[];
  /** Findings that somebody accepted; not in `bySeverity`. */
  readonly suppressed: number;
}

export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  /** `file:line`, as far as the scan says it. */
  readonly place: string;
}

/** A number that somebody's tool counted elsewhere, such as blocking bugs in a tracker. */
export interface CountFacts {
  readonly kind: 'count';
  readonly count: number;
  readonly tracker: string | null;
  /** Where to look at what was counted; http or https. */
  readonly link: string | null;
}

/** Null where nothing was found to be hit. */
export const ratioOf = (hit: number, found: number): number | null => (found === 0 ? null : hit / found);

/** The severity of a CVSS score, after CVSS 3.1, section 5: 9 critical, 7 high, 4 medium, above 0 low. */
export function severityOfScore(score: number): Severity {
  if (score >= 9) return 'critical';
  if (score >= 7) return 'high';
  if (score >= 4) return 'medium';
  return score > 0 ? 'low' : 'note';
}

/** The text in at most so many characters, with an ellipsis where it goes on. Cuts no character in two. */
export function shortened(text: string, most: number = mostMessageCharacters): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/u, '')}…`;
}
