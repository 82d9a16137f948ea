import type { RolloutId } from '../../domain/ids.ts';
import type { ControlPlane } from '../../lifecycle/face.ts';

type News = Parameters<Parameters<ControlPlane['onNews']>[1]>[0];

/**
 * What there is to send, without what it says: however much happens while a reader is slow, this stays as small as
 * the number of live rollouts, and what is sent then is the latest.
 */
export interface Inbox {
  put(news: News): void;
  /** Resolves once there is something, or when the signal is aborted. */
  wait(signal: AbortSignal): Promise<void>;
  /** Takes out what there is. */
  take(): { readonly events: boolean; readonly figures: readonly RolloutId[] };
}

export function createInbox(): Inbox {
  let events = false;
  let figures = new Set<RolloutId>();
  let wake: () => void = () => undefined;

  return {
    put: (news) => {
      if (news.kind === 'events') events = true;
      else figures.add(news.rollout);
      wake();
    },
    wait: (signal) =>
      new Promise((resolve) => {
        const done = (): void => {
          signal.removeEventListener('abort', done);
          resolve();
        };
        wake = done;
        signal.addEventListener('abort', done, { once: true });
        if (events || figures.size > 0 || signal.aborted) done();
      }),
    take: () => {
      const taken = { events, figures: [...figures] };
      events = false;
      figures = new Set();
      return taken;
    },
  };
}
