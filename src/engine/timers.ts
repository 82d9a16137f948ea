/** A call that is due at a time. Of those due together, the one set first is first. */
export interface Timer {
  readonly at: number;
  readonly number: number;
  readonly call: () => void;
  /** Neither called off nor taken out. */
  isWaiting: boolean;
}

/** Timers by when they are due: a binary heap, in which those called off stay until they come up. */
export class Timers {
  readonly #heap: Timer[] = [];
  #waiting = 0;
  #number = 0;

  get waiting(): number {
    return this.#waiting;
  }

  set(at: number, call: () => void): Disposable {
    this.#number += 1;
    const timer = { at, number: this.#number, call, isWaiting: true };
    this.#waiting += 1;
    this.#rise(this.#heap.push(timer) - 1, timer);
    return { [Symbol.dispose]: () => void this.#end(timer) };
  }

  /** Takes out the next one, where it is due by then. */
  takeDue(untilMs: number): Timer | null {
    for (let first = this.#heap[0]; first !== undefined; first = this.#heap[0]) {
      if (first.isWaiting && first.at > untilMs) return null;
      this.#takeFirst();
      if (this.#end(first)) return first;
    }
    return null;
  }

  /** Whether it was waiting until now. */
  #end(timer: Timer): boolean {
    if (!timer.isWaiting) return false;
    timer.isWaiting = false;
    this.#waiting -= 1;
    return true;
  }

  #takeFirst(): void {
    const last = this.#heap.pop();
    if (last !== undefined && this.#heap.length > 0) this.#sink(last);
  }

  #rise(from: number, timer: Timer): void {
    let place = from;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const other = this.#heap[above];
      if (other === undefined || isBefore(other, timer)) break;
      this.#heap[place] = other;
      place = above;
    }
    this.#heap[place] = timer;
  }

  #sink(timer: Timer): void {
    let place = 0;
    for (;;) {
      const left = this.#heap[2 * place + 1];
      const right = this.#heap[2 * place + 2];
      if (left === undefined) break;
      const isRight = right !== undefined && isBefore(right, left);
      const below = isRight ? right : left;
      if (isBefore(timer, below)) break;
      this.#heap[place] = below;
      place = 2 * place + (isRight ? 2 : 1);
    }
    this.#heap[place] = timer;
  }
}

const isBefore = (timer: Timer, other: Timer): boolean =>
  timer.at < other.at || (timer.at === other.at && timer.number < other.number);
