import { mostMessageCharacters, shortened, type TestFailure } from '../../../domain/evidence/facts.ts';
import type { XmlElement } from '../reading/xml.ts';

export type Outcome = 'passed' | 'failed' | 'error' | 'skipped';

/** Surefire's words for a try that went wrong before another. */
const reruns = new Set(['flakyFailure', 'flakyError', 'rerunFailure', 'rerunError']);

/** One test while it is read. Of its output nothing is kept. */
export class TestCase {
  /** It stands for a suite that broke, and ends with the element that says so. */
  readonly isSuite: boolean;
  readonly time: string;
  readonly #name: string;
  readonly #classname: string;
  #failed = false;
  #erred = false;
  #skipped: boolean;
  #rerun = false;
  /** Of the first failure or error. */
  #message: string | null = null;
  #isListening = false;

  constructor(attributes: XmlElement['attributes'], isSuite = false) {
    this.isSuite = isSuite;
    this.time = attributes['time'] ?? '';
    this.#name = attributes['name'] ?? '';
    this.#classname = attributes['classname'] ?? '';
    // GoogleTest's word for a test that is disabled.
    this.#skipped = attributes['status'] === 'notrun';
  }

  static ofSuite(name: string): TestCase {
    return new TestCase({ name }, true);
  }

  /** Passed in the end, but not at the first try. */
  get isRerun(): boolean {
    return this.#rerun;
  }

  /** Worst first: what failed and was then skipped has failed. */
  get outcome(): Outcome {
    if (this.#failed) return 'failed';
    if (this.#erred) return 'error';
    return this.#skipped ? 'skipped' : 'passed';
  }

  open({ name, attributes }: XmlElement): void {
    if (name === 'failure') this.#failed = true;
    else if (name === 'error') this.#erred = true;
    else if (name === 'skipped') this.#skipped = true;
    else if (reruns.has(name)) this.#rerun = true;
    if ((name !== 'failure' && name !== 'error') || this.#message !== null) return;
    this.#message = attributes['message']?.trim() ?? '';
    this.#isListening = this.#message === '';
  }

  text(part: string): void {
    if (!this.#isListening || this.#message === null) return;
    this.#message = (this.#message + part.slice(0, mostMessageCharacters * 4)).trimStart();
    if (this.#message.length > mostMessageCharacters) this.#isListening = false;
  }

  close(): void {
    this.#isListening = false;
  }

  failure(): TestFailure | null {
    const { outcome } = this;
    if (outcome !== 'failed' && outcome !== 'error') return null;
    return {
      name: shortened(this.#name),
      classname: shortened(this.#classname),
      outcome,
      message: shortened(this.#message?.trim() ?? ''),
    };
  }
}
