import { type Instant, instant } from '../domain/ids.ts';

/** The only source of time. Nothing outside `engine` reads a clock or sets a timer. */
export interface Clock {
  /** Wall clock. */
  readonly now: () => Instant;
  /** Milliseconds on a clock that never goes back and is not set; comparable across processes of one boot. */
  readonly monotonicMs: () => number;
  /** Resolves after so many milliseconds; rejects with the signal's reason when it is aborted first. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** Calls once after so many milliseconds, unless disposed first. Does not keep the process alive. */
  readonly after: (ms: number, call: () => void) => Disposable;
  /** Calls again and again; the next turn never starts before the last has ended. */
  readonly every: (ms: number, call: () => void | Promise<void>) => Disposable;
}

/** What setTimeout can count; anything longer would fire at once. */
const longestTimerMs = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => instant(Date.now()),
  monotonicMs: () => Number(process.hrtime.bigint() / 1000n) / 1000,
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const onAbort = (): void => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      }, ms);
      signal?.addEventListener('abort', onAbort, { once: true });
    }),
  after: (ms, call) => {
    let timer: NodeJS.Timeout;
    const wait = (leftMs: number): void => {
      const stretchMs = Math.min(leftMs, longestTimerMs);
      timer = setTimeout(() => (leftMs > stretchMs ? wait(leftMs - stretchMs) : call()), stretchMs);
      timer.unref();
    };
    wait(ms);
    return { [Symbol.dispose]: () => clearTimeout(timer) };
  },
  every: (ms, call) => {
    let stopped = false;
    let timer: NodeJS.Timeout;
    const turn = (): void => {
      timer = setTimeout(() => {
        void Promise.resolve(call()).finally(() => {
          if (!stopped) turn();
        });
      }, ms);
      timer.unref();
    };
    turn();
    return {
      [Symbol.dispose]: () => {
        stopped = true;
        clearTimeout(timer);
      },
    };
  },
};
