import type { EventKind, NewEvent } from '../../domain/event.ts';
import type { EnvironmentId } from '../../domain/ids.ts';
import type { Store } from '../../engine/store.ts';
import { createVirtualClock, someMoment } from '../../engine/virtual-clock.ts';
import { openMemoryStore } from '../../store/memory/store.ts';
import { anEvent, aProject as project } from '../../../test/kit/audit.ts';
import { ProjectNews } from './project-news.ts';

export const [dev, test] = ['dev', 'test'] as EnvironmentId[] as [EnvironmentId, EnvironmentId];

/** For tests: the news of a log, of which the store tells, or does not. */
export function newsOf({ isTold = true } = {}) {
  const clock = createVirtualClock(someMoment);
  const store = openMemoryStore({}, () => undefined);
  let isAway = false;
  let looks = 0;
  const look = (): void => {
    looks += 1;
    if (isAway) throw new Error('the database is away');
  };
  const asked = { events: 0, lastCheckpoint: 0 };
  const log: ConstructorParameters<typeof ProjectNews>[0]['store'] = {
    head: async (of) => {
      look();
      return store.head(of);
    },
    events: async (...of) => {
      look();
      asked.events += 1;
      return store.events(...of);
    },
    lastCheckpoint: (...of) => {
      asked.lastCheckpoint += 1;
      return store.lastCheckpoint(...of);
    },
    onChained: (of, call) => (isTold ? store.onChained(of, call) : { [Symbol.dispose]: () => undefined }),
  };
  const append = async (...events: readonly Partial<NewEvent>[]): Promise<void> => {
    await store.transaction((tx) => tx.append(events.map((one) => anEvent('one', one))));
    await store.chain(project);
  };
  return {
    clock,
    store,
    append,
    change: (environment: EnvironmentId, kind: EventKind = 'desired.changed') =>
      append({ kind, environment }),
    sign: (signature: string) => sign(store, signature),
    news: new ProjectNews({ store: log, clock }, project),
    goAway: (is: boolean) => (isAway = is),
    looks: () => looks,
    /** What was asked of the database since this was asked last, beside where the log ends. */
    takeAsked: () => {
      const { events, lastCheckpoint } = asked;
      Object.assign(asked, { events: 0, lastCheckpoint: 0 });
      return [events, lastCheckpoint];
    },
  };
}

async function sign(store: Store, signature: string): Promise<void> {
  const { position, link } = await store.head(project);
  await store.addCheckpoint(project, { position, link, at: someMoment, signature, countersignatures: [] });
}
