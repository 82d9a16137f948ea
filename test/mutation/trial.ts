import { textOf } from '../architecture/source.ts';
import { type MutatedCode, mutantOf } from './code.ts';
import type { Coverage, CoveringUnit } from './coverage.ts';
import { digestOf } from './digest.ts';
import { Hand, type LimitOf } from './hand.ts';
import type { Kept } from './kept.ts';
import { digestOfFile, reachOf, usersBeside } from './reach.ts';
import type { Tried, UnitName } from './thread/messages.ts';

/** What came of a mutant. */
export interface Verdict {
  readonly outcome: 'refused' | 'found' | 'survived' | 'not reached';
  /** The test that found it, and what it said. */
  readonly by: { readonly file: string; readonly name: string; readonly why: string } | null;
  /** Tests that would reach it, and were not run, because they take too long. */
  readonly notTried: number;
}

export interface KeptVerdict {
  readonly verdict: Verdict;
  /** Over the texts of the tests that it rests on. */
  readonly tests: string;
}

export interface Patience {
  /** Of tests, for one mutant. */
  readonly testsMs: number;
  readonly histories: number;
}

const historiesFile = 'test/mutation/histories.cases.ts';
const testedHistories = 'test/simulation/histories/histories.test.ts';

/** What loading a file of tests takes, about. */
const loadingMs = 200;

/** What a file has that keeps something longer than one call takes. */
const remembers = /\bnew (?:Weak)?Map\b|\bremembered\(/u;

/** What it answers may be remembered, by itself or by what uses it from the same folder. */
const isRemembered = (file: string): boolean => usersBeside(file).some((one) => remembers.test(textOf(one)));

/** Tries mutants, and remembers what came of it for as long as the mutated file and the tests it rests on are the same. */
export class Trial {
  readonly #code: MutatedCode;
  readonly #coverage: Coverage;
  readonly #patience: Patience;
  readonly #kept: Kept<KeptVerdict>;
  /** How often each test file found a mutant in each file of the product: it is asked first the next time. */
  readonly #finds = new Map<string, number>();

  constructor(code: MutatedCode, coverage: Coverage, patience: Patience, kept: Kept<KeptVerdict>) {
    this.#code = code;
    this.#coverage = coverage;
    this.#patience = patience;
    this.#kept = kept;
  }

  save(): void {
    this.#kept.save();
  }

  async verdictOn(id: number, hand: Hand): Promise<Verdict> {
    const key = this.#keyOf(id);
    const before = this.#kept.get(key);
    if (before !== undefined && before.tests === this.#testsOf(id, before.verdict)) return before.verdict;
    const verdict = await this.#judge(id, hand);
    this.#kept.set(key, { verdict, tests: this.#testsOf(id, verdict) });
    return verdict;
  }

  #keyOf(id: number): string {
    const { file, start, end, to } = mutantOf(this.#code, id);
    return digestOf(JSON.stringify([file, digestOfFile(file), start, end, to]));
  }

  #testsOf(id: number, { by }: Verdict): string {
    if (by !== null) return digestOfFile(by.file);
    const files = new Set(this.#unitsFor(id).map(({ file }) => file));
    const texts = [...files].toSorted().map((file) => `${file} ${digestOfFile(file)}`);
    return digestOf(JSON.stringify([...texts, this.#patience.testsMs, this.#patience.histories]));
  }

  async #judge(id: number, hand: Hand): Promise<Verdict> {
    const all = this.#unitsFor(id);
    if (all.length === 0) return { outcome: 'not reached', by: null, notTried: 0 };
    const units = this.#asLongAsPatient(all);
    const asked = [...units, ...this.#historiesFor(all)];
    const tried = this.#isReachedByTests(id) ? await this.#tryTwice(id, hand, asked) : null;
    const isDone = tried !== null && (tried.foundBy !== null || !this.#isFromBefore(id));
    const found = isDone ? tried : await this.#tryAfresh(id, asked);
    if (found.foundBy === null) return { outcome: 'survived', by: null, notTried: all.length - units.length };
    return { outcome: 'found', by: this.#noteFind(id, found.foundBy, found.why), notTried: 0 };
  }

  #isReachedByTests(id: number): boolean {
    return this.#coverage.units.some(({ reached }) => reached.has(id));
  }

  /** What it made may be there before it is: a table that is made once, or something that is remembered. */
  #isFromBefore(id: number): boolean {
    const file = this.#code.mutants[id]?.file;
    return this.#coverage.loading.has(id) || (file !== undefined && isRemembered(file));
  }

  /** Where those of the tests reach it, more of them may find it. */
  #historiesFor(units: readonly CoveringUnit[]): readonly UnitName[] {
    if (!units.some(({ file }) => file === testedHistories)) return [];
    return Array.from({ length: this.#patience.histories }, (_, index) => ({ file: historiesFile, index }));
  }

  /** Once more where what came before may have misled; null: nothing found it for certain. */
  async #tryTwice(id: number, hand: Hand, units: readonly UnitName[]): Promise<Tried | null> {
    const tried = await hand.try(id, units, this.#limitOf);
    if (!tried.isDoubtful) return tried;
    await hand.end();
    const again = await hand.try(id, units, this.#limitOf);
    return again.isDoubtful ? null : again;
  }

  /** In a thread of its own, so that it is there from the first line that is loaded. */
  async #tryAfresh(id: number, units: readonly UnitName[]): Promise<Tried> {
    await using hand = new Hand(this.#code, id);
    return await hand.try(id, units, this.#limitOf);
  }

  readonly #limitOf: LimitOf = ({ file, index }) => {
    const unit = this.#coverage.units.find((one) => one.file === file && one.index === index);
    return 20_000 + 10 * (unit?.tookMs ?? 1_000);
  };

  /** The tests that reach it; for one that only loading reaches, all that load its file. Those first that may find it soon. */
  #unitsFor(id: number): readonly CoveringUnit[] {
    const file = this.#code.mutants[id]?.file ?? '';
    const reaching = this.#coverage.units.filter(({ reached }) => reached.has(id));
    if (reaching.length > 0 || !this.#coverage.loading.has(id)) {
      const isNear = (unit: CoveringUnit): number =>
        Number(unit.file.startsWith(file.replace(/[^/]*$/u, '')));
      const finds = (unit: CoveringUnit): number => this.#finds.get(`${unit.file} ${file}`) ?? 0;
      return reaching.toSorted((left, right) => finds(right) - finds(left) || isNear(right) - isNear(left));
    }
    const about = this.#testsAbout(file);
    return this.#coverage.units
      .filter((unit) => reachOf(unit.file).has(file))
      .toSorted((left, right) => (about.get(right.file) ?? 0) - (about.get(left.file) ?? 0));
  }

  /** How many mutants of a file of the product each file of tests reaches. */
  #testsAbout(file: string): ReadonlyMap<string, number> {
    const own = [...this.#code.mutants.keys()].filter((id) => this.#code.mutants[id]?.file === file);
    const about = new Map<string, number>();
    for (const unit of this.#coverage.units) {
      const reached = own.filter((id) => unit.reached.has(id)).length;
      about.set(unit.file, Math.max(about.get(unit.file) ?? 0, reached));
    }
    return about;
  }

  /** A file that has to be loaded costs something as well. */
  #asLongAsPatient(units: readonly CoveringUnit[]): readonly CoveringUnit[] {
    let tookMs = 0;
    const loaded = new Set<string>();
    return units.filter(({ file, tookMs: one }, index) => {
      const costMs = one + (loaded.has(file) ? 0 : loadingMs);
      if (index > 0 && tookMs + costMs > this.#patience.testsMs) return false;
      loaded.add(file);
      tookMs += costMs;
      return true;
    });
  }

  #noteFind(id: number, unit: UnitName, why: string): Verdict['by'] {
    const key = `${unit.file} ${this.#code.mutants[id]?.file ?? ''}`;
    this.#finds.set(key, (this.#finds.get(key) ?? 0) + 1);
    const name = this.#coverage.units.find((one) => one.file === unit.file && one.index === unit.index)?.name;
    return { file: unit.file, name: name ?? `history ${unit.index + 1}`, why: why.split('\n')[0] ?? '' };
  }
}
