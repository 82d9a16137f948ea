import { mkdirSync, openSync, write, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Clock } from '../engine/clock.ts';

/** What waits to be written; beyond it lines are dropped, so that a disk that stays full takes no memory. */
const mostWaitingBytes = 1024 * 1024;
const againMs = 100;

/**
 * Where a program's log goes, without waiting for it. That nobody reads it, that its disk is full or that it cannot be opened
 * is no reason to stop what is logged, nor to hold it at its end, as pino's own destination would.
 */
export class LogLines {
  readonly #fd: number | null;
  readonly #clock: Clock;
  #waiting: string[] = [];
  #waitingBytes = 0;
  /** On its way: what of it was not taken is tried again. */
  #rest = Buffer.alloc(0);
  #isWriting = false;

  /** @param to 1 for stdout, or the path of a file, which is made for its owner alone. */
  constructor(to: 1 | string, clock: Clock) {
    this.#clock = clock;
    this.#fd = to === 1 ? to : opened(to);
    process.once('exit', () => this.#writeAtExit());
  }

  /** A line with its end; goes out behind those before it. */
  write(line: string): void {
    const bytes = Buffer.byteLength(line);
    if (this.#fd !== null && this.#waitingBytes + bytes <= mostWaitingBytes) {
      this.#waiting.push(line);
      this.#waitingBytes += bytes;
    }
    this.#writeOn();
  }

  #writeOn(): void {
    const fd = this.#fd;
    if (fd === null || this.#isWriting || !this.#take()) return;
    this.#isWriting = true;
    write(fd, this.#rest, (failure, written) => {
      this.#isWriting = false;
      this.#rest = this.#rest.subarray(written ?? 0);
      if (failure === null) this.#writeOn();
      // A reader that is slow will come round; a disk that is full is tried with the next line.
      else if (failure.code === 'EAGAIN') this.#clock.after(againMs, () => this.#writeOn());
    });
  }

  /** Whether there is anything to write. */
  #take(): boolean {
    if (this.#rest.length === 0) {
      this.#rest = Buffer.from(this.#waiting.join(''));
      this.#waiting = [];
      this.#waitingBytes = 0;
    }
    return this.#rest.length > 0;
  }

  /** Once: what is not taken now is lost. */
  #writeAtExit(): void {
    if (this.#fd === null) return;
    const isOnItsWay = this.#isWriting;
    const last = Buffer.from(this.#waiting.join(''));
    try {
      if (!isOnItsWay) writeSync(this.#fd, this.#rest);
      writeSync(this.#fd, last);
    } catch {
      // Nobody could be told.
    }
  }
}

/** null where that cannot be. */
function opened(file: string): number | null {
  try {
    mkdirSync(dirname(file), { recursive: true });
    return openSync(file, 'a', 0o600);
  } catch {
    return null;
  }
}
