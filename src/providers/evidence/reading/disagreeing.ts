import {
  type Disagreement,
  type Disagreements,
  mostShown,
  shortened,
} from '../../../domain/evidence/facts.ts';

/** Notes where a file's sums are not what its entries add up to. */
export class Disagreeing {
  #count = 0;
  readonly #shown: Disagreement[] = [];

  compare(where: string, figure: string, says: number | null, counted: number): void {
    if (says === null || says === counted) return;
    this.#count += 1;
    if (this.#shown.length < mostShown) this.#shown.push({ where: shortened(where), figure, says, counted });
  }

  get all(): Disagreements {
    return { count: this.#count, shown: this.#shown };
  }
}
