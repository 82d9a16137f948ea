import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Mutant } from './mutants.ts';

/** A mutant that no test can, or need, find; and why. */
export interface Explanation {
  readonly file: string;
  /** The function or constant; left out: anywhere in the file. */
  readonly inside?: string;
  readonly was: string;
  readonly becomes: string;
  readonly why: string;
}

const oneLine = (text: string): string => text.replaceAll(/\s+/gu, ' ').trim();

/** A survivor, in the words of the file of explanations. */
export const entryFor = ({ file, inside, was, to }: Mutant): Omit<Explanation, 'why'> => ({
  file,
  ...(inside === '' ? {} : { inside }),
  was: oneLine(was),
  becomes: oneLine(to),
});

export class Explanations {
  readonly #all: readonly Explanation[];

  constructor(all: readonly Explanation[]) {
    this.#all = all;
  }

  static read(): Explanations {
    const text = readFileSync(join(import.meta.dirname, 'survivors.yaml'), 'utf8');
    return new Explanations((parse(text) as Explanation[] | null) ?? []);
  }

  for(mutant: Mutant): Explanation | null {
    const { file, inside, was, becomes } = entryFor(mutant);
    const fits = (one: Explanation): boolean =>
      one.file === file &&
      (one.inside === undefined || one.inside === inside) &&
      oneLine(one.was) === was &&
      oneLine(one.becomes) === becomes;
    return this.#all.find(fits) ?? null;
  }

  /** Those that fit no mutant any more: the code has changed since. */
  outdated(mutants: readonly Mutant[]): readonly Explanation[] {
    const used = new Set(mutants.map((mutant) => this.for(mutant)));
    return this.#all.filter((one) => !used.has(one));
  }
}
