import { mostShown, type TestFacts, type TestFailure } from '../../../domain/evidence/facts.ts';
import { Disagreeing } from '../reading/disagreeing.ts';
import type { Problems } from '../reading/problems.ts';
import type { XmlElement, XmlListener } from '../reading/xml.ts';
import { durationMsOf } from './duration.ts';
import { type Claims, claimsOf, compareClaims } from './claims.ts';
import { type Outcome, TestCase } from './test-case.ts';

/** How many tests ended how. */
export type Tally = Record<Outcome, number>;
const noTests = (): Tally => ({ passed: 0, failed: 0, error: 0, skipped: 0 });

interface Suite {
  readonly name: string;
  readonly claims: Claims;
  readonly tally: Tally;
}

/** Counts a JUnit report while it is read. */
export class Report implements XmlListener {
  readonly #problems: Problems;
  readonly #disagreeing = new Disagreeing();
  readonly #whole = noTests();
  readonly #failures: TestFailure[] = [];
  readonly #path: string[] = [];
  readonly #suites: Suite[] = [];
  #case: TestCase | null = null;
  #suiteCount = 0;
  #flaky = 0;
  #durationMs = 0;

  constructor(problems: Problems) {
    this.#problems = problems;
  }

  open(element: XmlElement): void {
    const parent = this.#path.at(-1);
    this.#path.push(element.name);
    if (parent === undefined) this.#checkRoot(element);
    if (element.name === 'testsuites' || element.name === 'testsuite') this.#openSuite(element);
    else if (element.name === 'testcase' && this.#case === null)
      this.#case = new TestCase(element.attributes);
    else if (parent === 'testcase') this.#case?.open(element);
    else if (parent === 'testsuite') this.#breakSuite(element);
  }

  close(name: string): void {
    this.#path.pop();
    if (name === 'testsuites' || name === 'testsuite') this.#closeSuite();
    else if (name === 'testcase' && !this.#path.includes('testcase')) this.#endCase();
    else if (this.#path.at(-1) === 'testcase') this.#case?.close();
    else if (this.#path.at(-1) === 'testsuite' && this.#case?.isSuite === true) this.#endCase();
  }

  text(part: string): void {
    this.#case?.text(part);
  }

  facts(): TestFacts {
    const { passed, failed, error, skipped } = this.#whole;
    const total = passed + failed + error + skipped;
    if (total === 0) this.#problems.stop(noTest);
    return {
      kind: 'tests',
      total,
      passed,
      failed,
      errors: error,
      skipped,
      flaky: this.#flaky,
      suites: this.#suiteCount,
      durationMs: Math.round(this.#durationMs),
      failures: this.#failures,
      disagreements: this.#disagreeing.all,
    };
  }

  #checkRoot({ name, at }: XmlElement): void {
    if (name === 'testsuites' || name === 'testsuite') return;
    this.#problems.stop({
      code: 'another-format',
      message: `The first element is <${name.slice(0, 100)}>; a JUnit report begins with <testsuites> or <testsuite>`,
      instead: 'have the tool write JUnit XML, or name the format as it is',
      at,
    });
  }

  #openSuite(element: XmlElement): void {
    if (element.name === 'testsuite') this.#suiteCount += 1;
    this.#suites.push({
      name: element.attributes['name'] ?? '',
      claims: claimsOf(element, this.#problems),
      tally: noTests(),
    });
  }

  #closeSuite(): void {
    const suite = this.#suites.pop();
    if (suite === undefined) return;
    compareClaims(suite.name, suite.claims, suite.tally, this.#disagreeing);
    const around = this.#suites.at(-1)?.tally ?? this.#whole;
    for (const outcome of ['passed', 'failed', 'error', 'skipped'] as const) {
      around[outcome] += suite.tally[outcome];
    }
  }

  /** A suite that broke outside its tests, such as in its set-up, must not read as one where nothing failed. */
  #breakSuite(element: XmlElement): void {
    if (element.name !== 'error' && element.name !== 'failure') return;
    this.#case = TestCase.ofSuite(this.#suites.at(-1)?.name ?? '');
    this.#case.open({ ...element, name: 'error' });
  }

  #endCase(): void {
    const ended = this.#case;
    this.#case = null;
    if (ended === null) return;
    const { outcome } = ended;
    const tally = this.#suites.at(-1)?.tally ?? this.#whole;
    tally[outcome] += 1;
    if (outcome === 'passed' && ended.isRerun) this.#flaky += 1;
    this.#durationMs += durationMsOf(ended.time);
    const failure = ended.failure();
    if (failure !== null && this.#failures.length < mostShown) this.#failures.push(failure);
  }
}

const noTest = {
  code: 'no-tests',
  message: 'The report has no test in it, and 0 tests is no evidence',
  instead: 'see in the CI job whether tests were found and ran',
};
