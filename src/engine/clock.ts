import { type Instant, instant } from '../domain/ids.ts';

/** The only source of time. Nothing outside `engine` reads a clock or sets a timer. */
export interface Clock {
  /** Wall clock. */
  now(): Instant;
  /** Milliseconds on a clock that never goes back and is not set; comparable across processes of one boot. */
  monotonicMs(): number;
  /** Resolves after so many milliseconds; rejects with the signal's reason when it is aborted first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Calls once after so many milliseconds, unless disposed first. Does not keep the process alive. */
  after(ms: number, call: () => void): Disposable;
  /** Calls again and again; the next turn never starts before the last has ended. */
  every(ms: number, call: () => void | Promise<void>): Disposable;
}

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
    const timer = setTimeout(call, ms);
    timer.unref();
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
