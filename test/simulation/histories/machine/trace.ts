import { createHash } from 'node:crypto';

export interface Line {
  readonly atMs: number;
  readonly who: string;
  readonly text: string;
}

/** All that happened, in order; and its digest, by which two runs are told apart. */
export class Trace {
  readonly lines: Line[] = [];
  readonly #hash = createHash('sha256');
  readonly #nowMs: () => number;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  add(who: string, text: string): void {
    const line = { atMs: this.#nowMs(), who, text };
    this.lines.push(line);
    this.#hash.update(`${line.atMs} ${who} ${text}\n`);
  }

  digest(): string {
    return this.#hash.copy().digest('hex');
  }
}
