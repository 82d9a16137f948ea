import { isFailure } from '../../domain/failure.ts';

interface Waiting<T> {
  readonly item: T;
  readonly done: PromiseWithResolvers<void>;
}

/** So many wait for one commit at the most: whoever comes after them does not wait for long. */
const mostAtOnce = 20;

/**
 * Does in one commit what waits for one, and one commit after the other. A thousand agents that come back at once would
 * otherwise each hold a connection and make the others run again. What cannot be done together is done one by one, so that
 * nobody fails for somebody else.
 */
export function inGroups<T>(commit: (items: readonly T[]) => Promise<void>): (item: T) => Promise<void> {
  const waiting: Waiting<T>[] = [];
  let isRunning = false;

  const commitAlone = async ({ item, done }: Waiting<T>): Promise<void> => {
    await commit([item]).then(done.resolve, done.reject);
  };
  const commitTogether = async (group: readonly Waiting<T>[]): Promise<void> => {
    try {
      await commit(group.map(({ item }) => item));
      for (const { done } of group) done.resolve();
    } catch (thrown) {
      if (group.length === 1 || isHopeless(thrown)) for (const { done } of group) done.reject(thrown);
      else for (const one of group) await commitAlone(one);
    }
  };
  const run = async (): Promise<void> => {
    isRunning = true;
    while (waiting.length > 0) await commitTogether(waiting.splice(0, mostAtOnce));
    isRunning = false;
  };
  return (item) => {
    const done = Promise.withResolvers<void>();
    waiting.push({ item, done });
    if (!isRunning) void run();
    return done.promise;
  };
}

/** The same for each alone. One that has little to read collides with fewer. */
const isHopeless = (thrown: unknown): boolean =>
  isFailure(thrown) && thrown.kind === 'unavailable' && thrown.code !== 'database-busy';
