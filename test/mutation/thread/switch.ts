/**
 * What the mutants in the code ask, each where it would take effect: `rungMutant(id)`. Global, because it is asked from
 * every file, millions of times a second.
 */
declare global {
  var rungMutant: (id: number) => boolean;
}

/** How often one mutant may be reached before it is taken for one that never ends. */
const mostTurns = 3_000_000;

/** Thrown out of a loop that a mutant made endless. */
export class Endless extends Error {
  constructor() {
    super('The mutant goes round and round.');
  }
}

export class Switch {
  readonly #seen: Uint8Array;
  #active = -1;
  #turns = 0;
  #isEndless = false;

  constructor(mutants: number) {
    this.#seen = new Uint8Array(mutants);
  }

  install(): void {
    globalThis.rungMutant = (id) => {
      this.#seen[id] = 1;
      return id === this.#active && this.#turn();
    };
  }

  #turn(): boolean {
    this.#turns += 1;
    if (this.#turns <= mostTurns) return true;
    this.#isEndless = true;
    throw new Endless();
  }

  /** Also where the code caught what was thrown out of its loop. */
  get isEndless(): boolean {
    return this.#isEndless;
  }

  /** -1: none. */
  turnTo(mutant: number): void {
    this.#active = mutant;
    this.#turns = 0;
    this.#isEndless = false;
  }

  /** The mutants that were reached since it was last asked. */
  takeSeen(): readonly number[] {
    const reached: number[] = [];
    for (const [id, seen] of this.#seen.entries()) if (seen === 1) reached.push(id);
    this.#seen.fill(0);
    return reached;
  }
}
