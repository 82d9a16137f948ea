import { type Instant, instant, later } from '../domain/ids.ts';
import type { Clock } from './clock.ts';

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

interface Timer {
  readonly at: number;
  readonly number: number;
  readonly call: () => void;
}

/** Timers due at the same time fire in the order in which they were set. Monotonic time starts at 0. */
export function createVirtualClock(start: Instant): VirtualClock {
  const timers = new Set<Timer>();
  let elapsedMs = 0;
  let number = 0;

  const set: SetTimer = (ms, call) => {
    number += 1;
    const timer = { at: elapsedMs + Math.max(0, ms), number, call };
    timers.add(timer);
    return { [Symbol.dispose]: () => timers.delete(timer) };
  };
  const next = (untilMs: number): Timer | undefined => {
    let first: Timer | undefined;
    for (const timer of timers) if (timer.at <= untilMs && isBefore(timer, first)) first = timer;
    return first;
  };
  const fire = async (timer: Timer): Promise<void> => {
    timers.delete(timer);
    elapsedMs = Math.max(elapsedMs, timer.at);
    timer.call();
    await settle();
  };

  return {
    ...clockOver({
      now: () => later(start, Math.floor(elapsedMs)),
      monotonicMs: () => elapsedMs,
      after: set,
    }),
    advance: async (ms) => {
      const untilMs = elapsedMs + ms;
      await settle();
      for (let timer = next(untilMs); timer !== undefined; timer = next(untilMs)) await fire(timer);
      elapsedMs = untilMs;
      await settle();
    },
    runUntil: async (holds, limitMs) => {
      const untilMs = elapsedMs + limitMs;
      await settle();
      for (let timer = next(untilMs); !holds() && timer !== undefined; timer = next(untilMs)) {
        await fire(timer);
      }
      return holds();
    },
    settle,
    waiting: () => timers.size,
  };
}

const isBefore = (timer: Timer, other: Timer | undefined): boolean =>
  other === undefined || timer.at < other.at || (timer.at === other.at && timer.number < other.number);

/** A clock made of its three simplest parts. What reads time of its own, such as one simulated machine, has one. */
export const clockOver = (parts: Pick<Clock, 'now' | 'monotonicMs' | 'after'>): Clock => ({
  ...parts,
  sleep: (ms, signal) => sleepOn(parts.after, ms, signal),
  every: (ms, call) => everyOn(parts.after, ms, call),
});

/** Promise callbacks all run before the event loop goes on: work that waits for nothing outside is at rest after. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

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
