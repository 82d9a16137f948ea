import { Failure, isFailure } from '../domain/failure.ts';
import type { Clock } from '../engine/clock.ts';

export interface Teller {
  chapter(title: string): void;
  /** Does one thing, and says how long it took; a step that did not hold is kept and ends the story. */
  step<T>(what: string, work: () => Promise<T>): Promise<T>;
  /** Something to know, below the last step. */
  aside(line: string): void;
  readonly steps: number;
  readonly seconds: number;
}

export interface TellerOutput {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
}

/** Tells the story on a terminal: what is being done now, and what came of it. Plain lines where it is none. */
export function createTeller(output: TellerOutput, clock: Clock, colour: boolean): Teller {
  const startedMs = clock.monotonicMs();
  const paint = (code: number, text: string): string => (colour ? `\u001B[${code}m${text}\u001B[0m` : text);
  const live = output.isTTY === true;
  let steps = 0;
  const elapsed = (fromMs: number): string => `${((clock.monotonicMs() - fromMs) / 1000).toFixed(1)} s`;
  return {
    chapter: (title) => void output.write(`\n${paint(1, title)}\n`),
    aside: (line) => void output.write(`      ${paint(2, line)}\n`),
    step: async (what, work) => {
      const fromMs = clock.monotonicMs();
      if (live) output.write(`  … ${what}`);
      const start = live ? '\r\u001B[2K' : '';
      try {
        const result = await work();
        steps += 1;
        output.write(`${start}  ${paint(32, '✓')} ${what}  ${paint(2, elapsed(fromMs))}\n`);
        return result;
      } catch (thrown) {
        output.write(`${start}  ${paint(31, '✗')} ${what}  ${paint(2, elapsed(fromMs))}\n`);
        throw isFailure(thrown)
          ? thrown
          : new Failure('defect', 'story-step', `${what}: ${String(thrown)}`, { cause: thrown });
      }
    },
    get steps() {
      return steps;
    },
    get seconds() {
      return (clock.monotonicMs() - startedMs) / 1000;
    },
  };
}
