import type { Clock } from '../../engine/clock.ts';

/** What was committed before it was asked is told before it answers: one connection says one thing after the other. */
interface Connection {
  query(text: string): Promise<unknown>;
}

interface Line {
  readonly connection: Connection;
  readonly lost: (why: Error) => void;
  /** When it was asked what it answered last: until then everything was told. */
  provenMs: number;
  isAsked: boolean;
}

/** A connection can be gone without a word, where something between the two ends forgot it. */
const provenForMs = 2_000;
const askAgainAfterMs = 500;
const answersWithinMs = 5_000;

/**
 * Whether everything that is told arrives: only while the connection for it proves that it lives. It is asked when somebody
 * wants to know or is told something, so that nothing happens while nothing does.
 */
export class Hearing {
  readonly #clock: Clock;
  #stretch = 0;
  #line: Line | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** From `sinceMs` on, of the monotonic clock, it brings everything. `lost` is called where it answers no more. */
  begin(connection: Connection, sinceMs: number, lost: (why: Error) => void): void {
    this.#stretch += 1;
    this.#line = { connection, lost, provenMs: sinceMs, isAsked: false };
  }

  end(): void {
    this.#line = null;
  }

  /** See `Store.hearing`. */
  stretch(): number | null {
    this.askAgain();
    return this.#line !== null && this.#ageMs(this.#line) < provenForMs ? this.#stretch : null;
  }

  /** Has the connection prove anew that it lives, where that was a while ago: whoever asks next finds it done. */
  askAgain(): void {
    const line = this.#line;
    if (line !== null && !line.isAsked && this.#ageMs(line) >= askAgainAfterMs) void this.#ask(line);
  }

  #ageMs({ provenMs }: Line): number {
    return this.#clock.monotonicMs() - provenMs;
  }

  async #ask(line: Line): Promise<void> {
    line.isAsked = true;
    const askedMs = this.#clock.monotonicMs();
    const silent = (): void => line.lost(new Error(`it did not answer within ${answersWithinMs} ms`));
    using _silence = this.#clock.after(answersWithinMs, silent);
    try {
      await line.connection.query('select 1');
      line.provenMs = askedMs;
    } catch {
      // It ended: whoever holds it is told so, too.
    }
    line.isAsked = false;
  }
}
