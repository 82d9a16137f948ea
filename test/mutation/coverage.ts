import { allFiles } from '../architecture/source.ts';
import type { MutatedCode } from './code.ts';
import type { Hand } from './hand.ts';
import { Kept } from './kept.ts';
import type { Mutant } from './mutants.ts';
import { digestOfReach, reachOf } from './reach.ts';
import type { UnitName } from './thread/messages.ts';

/** Tests that need no process, no network and no database, and reach what decides. */
const isTried = (file: string): boolean =>
  /^(?:src|test\/(?:journeys|simulation|failures))\/.*\.test\.ts$/u.test(file) &&
  !file.startsWith('src/web/');

export const testFiles = allFiles.filter(isTried);

export interface CoveringUnit extends UnitName {
  readonly name: string;
  readonly tookMs: number;
  readonly reached: ReadonlySet<number>;
}

export interface Coverage {
  readonly units: readonly CoveringUnit[];
  /** Reached while files are loaded: these mutants have to be there from the start. */
  readonly loading: ReadonlySet<number>;
  /** Tests that fail with no mutant at all, and so show nothing. */
  readonly leftOut: readonly string[];
}

/** By file of the product, and number within it: the numbers of all change with every other file. */
type Places = Readonly<Record<string, readonly number[]>>;

export interface KeptCoverage {
  readonly loading: Places;
  readonly units: readonly {
    readonly name: string;
    readonly tookMs: number;
    readonly problem: string | null;
    readonly reached: Places;
  }[];
}

const mostMsOfProcessor = 300_000;

/** What each test reaches, of these files: run where it is not known from before. */
export async function coverageBy(
  files: readonly string[],
  code: MutatedCode,
  hands: readonly Hand[],
  kept: Kept<KeptCoverage>,
  onDone: (done: number) => void,
): Promise<Coverage> {
  const numbers = new Numbers(code.mutants);
  const waiting = [...files];
  const found = new Map<string, KeptCoverage>();
  const work = async (hand: Hand): Promise<void> => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      const key = `${file} ${digestOfReach(file)}`;
      const one = kept.get(key) ?? (await measured(file, hand, numbers));
      kept.set(key, one);
      found.set(file, one);
      onDone(found.size);
    }
  };
  await Promise.all(hands.map(work));
  kept.save();
  return putTogether(files, found, numbers);
}

async function measured(file: string, hand: Hand, numbers: Numbers): Promise<KeptCoverage> {
  const { units, loading } = await hand.cover(file, mostMsOfProcessor);
  return {
    loading: numbers.placesOf(loading),
    units: units.map(({ name, tookMs, problem, reached }) => ({
      name,
      tookMs,
      problem,
      reached: numbers.placesOf(reached),
    })),
  };
}

function putTogether(
  files: readonly string[],
  found: ReadonlyMap<string, KeptCoverage>,
  numbers: Numbers,
): Coverage {
  const units: CoveringUnit[] = [];
  const leftOut: string[] = [];
  const loading = new Set<number>();
  for (const file of files) {
    const one = found.get(file);
    for (const id of numbers.of(one?.loading ?? {})) loading.add(id);
    for (const [index, { name, tookMs, problem, reached }] of (one?.units ?? []).entries())
      if (problem === null) units.push({ file, index, name, tookMs, reached: new Set(numbers.of(reached)) });
      else leftOut.push(`${file}: ${name}: ${problem.split('\n')[0]}`);
  }
  return { units: units.toSorted((left, right) => left.tookMs - right.tookMs), loading, leftOut };
}

/** The tests that load one of these files of the product. */
export const testsThatLoad = (files: ReadonlySet<string>): readonly string[] =>
  testFiles.filter((test) => [...reachOf(test)].some((file) => files.has(file)));

class Numbers {
  readonly #mutants: readonly Mutant[];
  readonly #first = new Map<string, number>();

  constructor(mutants: readonly Mutant[]) {
    this.#mutants = mutants;
    for (const [id, { file }] of mutants.entries()) if (!this.#first.has(file)) this.#first.set(file, id);
  }

  placesOf(ids: readonly number[]): Places {
    const places: Record<string, number[]> = {};
    for (const id of ids) {
      const file = this.#mutants[id]?.file ?? '';
      (places[file] ??= []).push(id - (this.#first.get(file) ?? 0));
    }
    return places;
  }

  of(places: Places): readonly number[] {
    return Object.entries(places).flatMap(([file, within]) =>
      within.map((one) => one + (this.#first.get(file) ?? 0)),
    );
  }
}
