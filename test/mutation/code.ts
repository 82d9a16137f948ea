import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { allFiles, isGenerated, root, textOf } from '../architecture/source.ts';
import { instrument } from './instrument.ts';
import { type Mutant, mutantsIn, withoutTypes } from './mutants.ts';

/** What decides, and so what is mutated. Generated code is left out: its source is a schema, which has tests of its own. */
const isMutated = (file: string): boolean =>
  /^src\/(?:domain|lifecycle)\/.*\.ts$/u.test(file) &&
  !/\.(?:test|kit|d)\.ts$/u.test(file) &&
  !isGenerated(file);

/** The product with every mutant in it. A mutant is known by its number, its place in `mutants`. */
export interface MutatedCode {
  readonly mutants: readonly Mutant[];
  /** By the address that it is loaded from. */
  readonly sources: ReadonlyMap<string, string>;
}

/** Reads, and mutates, all that decides. */
export function mutatedCode(): MutatedCode {
  const mutants: Mutant[] = [];
  const sources = new Map<string, string>();
  for (const file of allFiles.filter(isMutated)) {
    const text = textOf(file);
    const found = mutantsIn(file, text);
    const source = instrument(withoutTypes(text), found, mutants.length);
    sources.set(pathToFileURL(join(root, file)).href, source);
    mutants.push(...found);
  }
  return { mutants, sources };
}

/** Throws where there is no such number. */
export function mutantOf({ mutants }: Pick<MutatedCode, 'mutants'>, id: number): Mutant {
  const mutant = mutants[id];
  if (mutant === undefined) throw new Error(`there is no mutant ${id}`);
  return mutant;
}
