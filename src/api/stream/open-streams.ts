import { Failure } from '../../domain/failure.ts';
import type { ApiLimits } from '../limits.ts';

/** Counts the streams that are open, in all and of each caller. */
export interface OpenStreams {
  /** Until it is disposed of. Throws limited `streams-too-many`. */
  take(caller: string): Disposable;
}

export function createOpenStreams({ streams, streamsOfOne }: ApiLimits): OpenStreams {
  const open = new Map<string, number>();
  let all = 0;
  return {
    take: (caller) => {
      const own = open.get(caller) ?? 0;
      if (all >= streams || own >= streamsOfOne) throw tooMany();
      all += 1;
      open.set(caller, own + 1);
      return {
        [Symbol.dispose]: () => {
          all -= 1;
          const left = (open.get(caller) ?? 1) - 1;
          if (left === 0) open.delete(caller);
          else open.set(caller, left);
        },
      };
    },
  };
}

const tooMany = (): Failure =>
  new Failure('limited', 'streams-too-many', 'Too many pages follow the log at the same time.', {
    wayOut: 'Close some, or try again in a while.',
    facts: { retryAfterMs: 10_000 },
  });
