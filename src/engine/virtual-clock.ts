import { type Instant, instant, later } from '../domain/ids.ts';
import type { Clock } from './clock.ts';
import { Timers } from './timers.ts';

/** A clock that stands still until it is moved. For tests, for `simulate` and for the fault simulation. */
export interface VirtualClock extends Clock {
  /** Moves on, firing what is due in the order of its time, and lets what that starts come to rest each time. */
  advance(ms: number): Promise<void>;
  /** Moves from timer to timer until it holds, `limitMs` at most. Returns whether it did. */
  runUntil(holds: () => boolean, limitMs: number): Promise<boolean>;
  /** Lets everything come to rest that can go on without time passing. */
  settle(): Promise<void>;
  /** How many timers wait. */
  waiting(): number;
}

/** Timers due at the same time fire in the order in which they were set. Monotonic time starts at 0. */
export function createVirtualClock(start: Instant): VirtualClock {
  const timers = new Timers();
  let elapsedMs = 0;

  /** From timer to timer, up to the time; `isOver` is asked before each, with everything at rest. */
  const pass = (untilMs: number, isOver: () => boolean): Promise<void> =>
    inTurns(() => {
      const timer = isOver() ? null : timers.takeDue(untilMs);
      if (timer === null) return false;
      elapsedMs = Math.max(elapsedMs, timer.at);
      timer.call();
      return true;
    });

  return {
    ...clockOver({
      now: () => later(start, Math.floor(elapsedMs)),
      monotonicMs: () => elapsedMs,
      after: (ms, call) => timers.set(elapsedMs + Math.max(0, ms), call),
    }),
    advance: async (ms) => {
      const untilMs = elapsedMs + ms;
      await pass(untilMs, () => false);
      elapsedMs = untilMs;
    },
    runUntil: async (holds, limitMs) => {
      await pass(elapsedMs + limitMs, holds);
      return holds();
    },
    settle: () => inTurns(() => false),
    waiting: () => timers.waiting,
  };
}

/** A turn of the event loop costs more than most turns of ours: where there are many, so many share one. */
const mostAtOnce = 64;

/**
 * Takes turns while they say that there is more to do. Promise callbacks all run before the next immediate does: work
 * that waits for nothing outside is at rest at the beginning of each turn, and at the end of all.
 */
function inTurns(turn: () => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    let isOver = false;
    const once = (): void => {
      if (isOver) return;
      try {
        if (turn()) return;
        isOver = true;
        resolve();
      } catch (thrown) {
        isOver = true;
        reject(thrown);
      }
    };
    const together = (count: number): void => {
      for (let index = 1; index < count; index += 1) setImmediate(once);
      setImmediate(() => {
        once();
        if (!isOver) together(Math.min(mostAtOnce, 2 * count));
      });
    };
    together(1);
  });
}

/** A clock made of its three simplest parts. What reads time of its own, such as one simulated machine, has one. */
export const clockOver = (parts: Pick<Clock, 'now' | 'monotonicMs' | 'after'>): Clock => ({
  ...parts,
  sleep: (ms, signal) => sleepOn(parts.after, ms, signal),
  every: (ms, call) => everyOn(parts.after, ms, call),
});

type SetTimer = Clock['after'];

const sleepOn = (set: SetTimer, ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(signal.reason);
      return;
    }
    const onAbort = (): void => {
      timer[Symbol.dispose]();
      reject(signal?.reason);
    };
    const timer = set(ms, () => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    });
    signal?.addEventListener('abort', onAbort, { once: true });
  });

function everyOn(set: SetTimer, ms: number, call: () => void | Promise<void>): Disposable {
  let isStopped = false;
  let timer: Disposable;
  const turn = (): void => {
    timer = set(ms, () => {
      void Promise.resolve(call()).finally(() => {
        if (!isStopped) turn();
      });
    });
  };
  turn();
  return {
    [Symbol.dispose]: () => {
      isStopped = true;
      timer[Symbol.dispose]();
    },
  };
}

/** A moment for tests that need one, far from the epoch and easy to read. */
export const someMoment: Instant = instant(Date.UTC(2030, 0, 1));
