import type { QueryClient } from '@tanstack/react-query';

/** The tabs of a browser share a session: who becomes somebody else in one of them, or signs out, does so in all. */
const channelName = 'rung session';

export function tellOtherTabs(): void {
  const channel = new BroadcastChannel(channelName);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel is of one origin alone
  channel.postMessage('changed');
  channel.close();
}

/** Reads all of this page again: else it would go on to name somebody in whose name nothing is done any more. */
export function hearOtherTabs(queries: QueryClient): Disposable {
  const channel = new BroadcastChannel(channelName);
  const hear = (): void => void queries.invalidateQueries();
  channel.addEventListener('message', hear);
  return { [Symbol.dispose]: () => channel.close() };
}
