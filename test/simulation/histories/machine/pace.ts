const windowMs = 10_000;
/** A busy program comes to some hundred in ten seconds; one that asks again as soon as it is answered, to thousands. */
const pointsInWindow = 2_000;

/** Counts what a program does outside of itself in ten seconds of virtual time, to tell work from going round in a circle. */
export class Pace {
  #sinceMs = 0;
  #points = 0;

  /** Whether this point is the one too many. */
  isTooFast(nowMs: number): boolean {
    if (nowMs - this.#sinceMs >= windowMs) {
      this.#sinceMs = nowMs;
      this.#points = 0;
    }
    this.#points += 1;
    return this.#points === pointsInWindow;
  }
}
