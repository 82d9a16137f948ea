import { type CoverageFacts, shortened } from '../../../domain/evidence/facts.ts';
import type { FormatInput } from '../format.ts';
import { type CoveredFile, CoveredFiles } from '../reading/covered-files.ts';
import { Disagreeing } from '../reading/disagreeing.ts';
import { limits } from '../reading/limits.ts';
import { countOf } from '../reading/numbers.ts';
import type { Problems } from '../reading/problems.ts';
import type { XmlElement, XmlListener } from '../reading/xml.ts';
import { LineBranches, mostBranches } from './branches.ts';

/** The root's sums that we compare, by their attributes. */
const sums = {
  'lines-valid': 'linesFound',
  'lines-covered': 'linesHit',
  'branches-valid': 'branchesFound',
  'branches-covered': 'branchesHit',
} as const;

/** Counts a Cobertura report while it is read. */
export class Report implements XmlListener {
  readonly #problems: Problems;
  readonly #files: CoveredFiles<LineBranches>;
  #sums: XmlElement['attributes'] | null = null;
  #file: CoveredFile<LineBranches> | null = null;

  constructor({ problems, kept }: FormatInput) {
    this.#problems = problems;
    this.#files = new CoveredFiles(kept, () => new LineBranches(kept));
  }

  open(element: XmlElement): void {
    if (this.#sums === null) this.#begin(element);
    else if (element.name === 'class') this.#openClass(element);
    else if (element.name === 'line' && this.#file !== null) this.#line(element, this.#file);
  }

  close(name: string): void {
    if (name === 'class') this.#file = null;
  }

  facts(): CoverageFacts {
    const disagreeing = new Disagreeing();
    const facts = this.#files.facts(disagreeing, this.#problems);
    for (const [attribute, figure] of Object.entries(sums)) {
      disagreeing.compare('', attribute, countOf(this.#sums?.[attribute] ?? ''), facts[figure]);
    }
    return { ...facts, disagreements: disagreeing.all };
  }

  #begin({ name, attributes, at }: XmlElement): void {
    this.#sums = attributes;
    if (name === 'coverage' && attributes['clover'] === undefined) return;
    this.#problems.stop({
      code: 'another-format',
      message:
        name === 'coverage'
          ? 'This is a Clover report, and not a Cobertura report'
          : `The first element is <${shortened(name, 80)}>; a Cobertura report begins with <coverage>`,
      instead: 'have the tool write Cobertura XML, or name the format as it is',
      at,
    });
  }

  #openClass({ attributes, at }: XmlElement): void {
    const name = attributes['filename'] ?? '';
    if (name !== '') this.#file = this.#files.named(name);
    else {
      this.#problems.note({
        code: 'file-not-named',
        message: 'A <class> has no filename, so its lines belong to no file',
        instead: 'filename="PATH"',
        at,
      });
    }
  }

  #line(element: XmlElement, file: CoveredFile<LineBranches>): void {
    const number = this.#count(element, 'number', limits.sourceLine);
    const hits = this.#count(element, 'hits', Number.POSITIVE_INFINITY);
    if (number === null || hits === null) return;
    file.lines.mark(number, hits > 0);
    const condition = element.attributes['condition-coverage'];
    if (condition !== undefined) this.#condition(element, condition, number, file);
  }

  #count({ name, attributes, at }: XmlElement, attribute: string, most: number): number | null {
    const written = attributes[attribute] ?? '';
    // gcov's counters overflow to 20 digits; only 0 or not matters of hits.
    const count = /^\d{16,30}$/u.test(written) ? Number(written) : countOf(written);
    if (count !== null && count <= most) return count;
    this.#problems.note({
      code: 'not-a-count',
      message: `${attribute}="${shortened(written, 40)}" of <${name}> is no count`,
      instead: `a whole number from 0${Number.isFinite(most) ? ` to ${most}` : ''}`,
      at,
    });
    return null;
  }

  /** `50% (1/2)`. Where a tool writes the share alone, there is nothing to count. */
  #condition({ at }: XmlElement, written: string, line: number, file: CoveredFile<LineBranches>): void {
    const found = /\((?<hit>\d{1,9})\s*\/\s*(?<found>\d{1,9})\)/u.exec(written)?.groups;
    const hit = Number(found?.['hit'] ?? 0);
    const of = Number(found?.['found'] ?? 0);
    if (hit <= of && of <= mostBranches) file.branches.add(line, hit, of);
    else {
      this.#problems.note({
        code: 'not-a-count',
        message: `condition-coverage="${shortened(written, 40)}" covers more branches than there are, or more than ${mostBranches}`,
        instead: 'such as 50% (1/2)',
        at,
      });
    }
  }
}
