import { Failure } from '../../../domain/failure.ts';
import type { EvidenceProblem } from '../../../ports/evidence-reader.ts';
import { limits } from './limits.ts';
import type { Spot } from './spot.ts';

/** What is said of a problem: its code, what is wrong, what to do instead, and where. */
export interface Complaint {
  readonly code: string;
  readonly message: string;
  readonly instead: string;
  readonly at?: Spot;
  readonly pointer?: string;
}

/** Ends the reading of a file whose problems are known. Never leaves the reader. */
export class Unreadable extends Failure {
  constructor(problem: EvidenceProblem) {
    super('invalid', problem.code, problem.message, { problems: [problem] });
  }
}

/** Gathers what is wrong with one file. */
export class Problems {
  readonly found: EvidenceProblem[] = [];
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  /** Notes it and goes on, so that people hear of everything at once; stops at the limit. */
  note(complaint: Complaint): void {
    this.found.push(this.#problemOf(complaint));
    if (this.found.length < limits.problems) return;
    this.stop({
      code: 'too-many-problems',
      message: `There are ${limits.problems} problems up to here, and the rest was not read`,
      instead: 'put right what the first ones name, and hand the file over again',
      ...(complaint.at === undefined ? {} : { at: complaint.at }),
    });
  }

  /** Notes it and ends the reading, for what follows means nothing. */
  stop(complaint: Complaint): never {
    const problem = this.#problemOf(complaint);
    this.found.push(problem);
    throw new Unreadable(problem);
  }

  #problemOf({ code, message, instead, at, pointer }: Complaint): EvidenceProblem {
    return {
      code,
      message,
      instead,
      ...(at === undefined ? {} : { place: { file: this.#file, ...at } }),
      ...(pointer === undefined ? {} : { pointer }),
    };
  }
}

/** Counts what is kept of a file, so that none makes memory grow without bound. */
export class Kept {
  #bytes = 0;
  readonly #problems: Problems;

  constructor(problems: Problems) {
    this.#problems = problems;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Negative for what is let go again. */
  add(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes <= limits.kept) return;
    this.#problems.stop({
      code: 'too-much-to-remember',
      message: `The file names so many different things that more than ${limits.kept / 2 ** 20} MB of them would have to be remembered`,
      instead: 'hand it over in parts, for example one for each module',
    });
  }
}
