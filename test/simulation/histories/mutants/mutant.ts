/** A fault of design, put into the product on purpose: the simulation has to find it. */
export interface Mutant {
  /** What somebody might have built instead. */
  readonly sentence: string;
  readonly edits: readonly Edit[];
  /** The invariants of which one has to break. */
  readonly caughtBy: readonly string[];
}

export interface Edit {
  readonly file: string;
  /** Stands there once. */
  readonly from: string;
  readonly to: string;
}

export const edit = (file: string, from: string, to: string): Edit => ({ file, from, to });
