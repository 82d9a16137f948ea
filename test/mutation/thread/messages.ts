/** A unit of tests: the file, and which of its units. */
export interface UnitName {
  readonly file: string;
  readonly index: number;
}

export interface Measured {
  readonly name: string;
  readonly tookMs: number;
  /** Why it fails with no mutant at all; null: it holds. */
  readonly problem: string | null;
  readonly reached: readonly number[];
}

/** What the tests of a file reach. */
export interface Covered {
  readonly file: string;
  readonly units: readonly Measured[];
  /** Reached while it, and what it loads, is loaded: before any test of it. */
  readonly loading: readonly number[];
}

export interface Tried {
  /** The unit that found it; null: none did. */
  readonly foundBy: UnitName | null;
  readonly why: string;
  /** The same unit fails without the mutant as well: what came before has left something behind. */
  readonly isDoubtful: boolean;
}

export type Order =
  | { readonly kind: 'cover'; readonly file: string }
  | { readonly kind: 'try'; readonly mutant: number; readonly units: readonly UnitName[] };

export type Answer =
  | { readonly kind: 'covered'; readonly covered: Covered }
  | { readonly kind: 'began'; readonly unit: UnitName }
  | { readonly kind: 'tried'; readonly tried: Tried };

export interface ThreadData {
  readonly root: string;
  readonly sources: ReadonlyMap<string, string>;
  readonly mutants: number;
  /** Active from the first line that is loaded on; -1: none. */
  readonly mutant: number;
}
