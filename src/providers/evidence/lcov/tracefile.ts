import { type CoverageFacts, shortened } from '../../../domain/evidence/facts.ts';
import type { FormatInput } from '../format.ts';
import { CoveredFiles } from '../reading/covered-files.ts';
import { Disagreeing } from '../reading/disagreeing.ts';
import { limits } from '../reading/limits.ts';
import { LineMarks } from '../reading/line-marks.ts';
import { countOf } from '../reading/numbers.ts';
import type { Complaint, Kept, Problems } from '../reading/problems.ts';
import { BranchRecord, Branches } from './branches.ts';

/** What one record says of its file, from `SF` to `end_of_record`. */
interface FileRecord {
  readonly file: string;
  readonly lines: LineMarks;
  readonly branches: BranchRecord;
  /** The record's own sums: LF, LH, BRF, BRH. */
  readonly sums: Map<string, number>;
}

/** Counts a tracefile, line by line. */
export class Tracefile {
  readonly #problems: Problems;
  readonly #kept: Kept;
  readonly #files: CoveredFiles<Branches>;
  readonly #disagreeing = new Disagreeing();
  #record: FileRecord | null = null;
  #line = 0;

  constructor({ problems, kept }: FormatInput) {
    this.#problems = problems;
    this.#kept = kept;
    this.#files = new CoveredFiles(kept, () => new Branches(kept));
  }

  line(text: string, number: number): void {
    this.#line = number;
    const colon = text.indexOf(':');
    const word = colon === -1 ? text.trimEnd() : text.slice(0, colon);
    if (word === 'DA') this.#hitLine(text.slice(colon + 1));
    else if (word === 'BRDA') this.#takenBranch(text.slice(colon + 1));
    else if (word === 'SF') this.#begin(text.slice(colon + 1));
    else if (word === 'end_of_record') this.#end();
    else if (sums.has(word)) this.#sum(word, text.slice(colon + 1));
    else if (!ignored.has(word) && !word.startsWith('#')) this.#complain(notALine(text));
  }

  facts(): CoverageFacts {
    if (this.#record !== null) {
      this.#problems.stop({ ...cutOff, at: { line: this.#line, column: 1 } });
    }
    return this.#files.facts(this.#disagreeing, this.#problems);
  }

  #begin(file: string): void {
    if (this.#record !== null) this.#complain(notEnded);
    if (file.trim() === '') this.#complain(noName);
    this.#record = {
      file,
      lines: new LineMarks(this.#kept),
      branches: new BranchRecord(),
      sums: new Map(),
    };
  }

  #hitLine(value: string): void {
    const [line = '', hits = ''] = value.split(',', 2);
    const number = countOf(line);
    const wasHit = wasHitOf(hits);
    if (number === null || number > limits.sourceLine || wasHit === null) {
      this.#complain(notACount(`DA:${value}`, 'DA:LINE,HITS'));
    } else this.#inRecord()?.lines.mark(number, wasHit);
  }

  #takenBranch(value: string): void {
    const comma = value.lastIndexOf(',');
    const taken = value.slice(comma + 1).trim();
    const wasTaken = taken === '-' ? false : wasHitOf(taken);
    if (comma === -1 || wasTaken === null) {
      this.#complain(notACount(`BRDA:${value}`, 'BRDA:LINE,BLOCK,BRANCH,TAKEN'));
    } else this.#inRecord()?.branches.add(value.slice(0, comma), wasTaken);
  }

  #sum(word: string, value: string): void {
    const count = countOf(value);
    if (count === null) this.#complain(notACount(`${word}:${value}`, `${word}:COUNT`));
    else this.#inRecord()?.sums.set(word, count);
  }

  #inRecord(): FileRecord | null {
    if (this.#record === null) this.#complain(outside);
    return this.#record;
  }

  #end(): void {
    const record = this.#inRecord();
    this.#record = null;
    if (record === null) return;
    if (record.lines.found === 0 && (record.sums.get('LF') ?? 0) > 0) this.#complain(sumsAlone);
    this.#compare(record);
    const file = this.#files.named(record.file);
    file.lines.add(record.lines);
    file.branches.add(record.branches);
    record.lines.release();
  }

  #compare({ file, lines, sums }: FileRecord): void {
    this.#disagreeing.compare(file, 'LF', sums.get('LF') ?? null, lines.found);
    this.#disagreeing.compare(file, 'LH', sums.get('LH') ?? null, lines.hit);
  }

  #complain(complaint: Omit<Complaint, 'at'>): void {
    this.#problems.note({ ...complaint, at: { line: this.#line, column: 1 } });
  }
}

const sums = new Set(['LF', 'LH', 'BRF', 'BRH']);
/** Test names, functions, conditions (MC/DC), versions: nothing of them is shown. */
const ignored = new Set(['', 'TN', 'VER', 'FN', 'FNDA', 'FNF', 'FNH', 'FNL', 'FNA', 'MCDC', 'MCF', 'MCH']);

/** Counts beyond what a number holds are fine, for only 0 or not matters; null for what is no count. */
const wasHitOf = (written: string): boolean | null =>
  /^\d{1,30}$/u.test(written.trim()) ? /[1-9]/u.test(written) : null;

const notACount = (text: string, form: string): Omit<Complaint, 'at'> => ({
  code: 'not-a-count',
  message: `“${shortened(text, 80)}” has a number that is none, or negative, or a line beyond ${limits.sourceLine}`,
  instead: `${form}, each a whole number from 0`,
});
const notALine = (text: string): Omit<Complaint, 'at'> => ({
  code: 'not-lcov',
  message: `“${shortened(text, 80)}” is nothing that stands in an lcov tracefile`,
  instead: 'hand over the .info file as the tool wrote it',
});
const outside = {
  code: 'outside-a-record',
  message: 'This line belongs to no file: no SF: stands before it',
  instead: 'hand over the whole tracefile, from its first line on',
};
const notEnded = {
  code: 'record-not-ended',
  message: 'A new SF: begins before the record above has its end_of_record',
  instead: 'write the tracefile again; two that were joined need end_of_record between them',
};
const noName = {
  code: 'file-not-named',
  message: 'SF: names no file',
  instead: 'SF:PATH',
};
const sumsAlone = {
  code: 'sums-alone',
  message: 'The record claims lines by LF: and lists none by DA:, so nothing can be counted',
  instead: 'have the tool write each line, not only sums',
};
const cutOff = {
  code: 'cut-off',
  message: 'The file ends in the middle of a record: its last line is not end_of_record',
  instead: 'hand over the whole file; a tool that was killed leaves such a report',
};
