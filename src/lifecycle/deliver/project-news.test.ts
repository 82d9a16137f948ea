import { expect, it } from 'vitest';
import type { EnvironmentId, ProjectId } from '../../domain/ids.ts';
import type { Store } from '../../engine/store.ts';
import { createVirtualClock, someMoment } from '../../engine/virtual-clock.ts';
import { openMemory } from '../../store/memory/store.ts';
import { ProjectNews } from './project-news.ts';

const project = '01890000-0000-7000-8000-000000000001' as ProjectId;
const dev = '01890000-0000-7000-8000-000000000002' as EnvironmentId;

it('tells the news to all who were called for it, whoever of them begins to read', async () => {
  const clock = createVirtualClock(someMoment);
  const { store } = openMemory({ clock });
  // As a database does, it takes its time.
  const slow = slowly(store, () => clock.sleep(5));
  const news = new ProjectNews({ store: slow, clock }, project);
  using _listening = news.listen();
  const begun = news.soFar();
  await clock.advance(100);
  const { position } = await begun;
  const told: (readonly EnvironmentId[] | null)[] = [];
  const waits = Array.from({ length: 3 }, async () => {
    await new Promise<void>((resolve) => void news.onNext(resolve));
    told.push((await news.soFar()).changedSince(position, [dev]));
  });
  await store.transaction((tx) =>
    tx.append([
      {
        project,
        kind: 'desired.changed',
        at: clock.now(),
        actor: { kind: 'automation', rule: 'test' },
        environment: dev,
        subject: `environment/${dev}`,
        message: 'dev is asked for revision 2',
        payload: {},
      },
    ]),
  );
  await store.chain(project);
  await clock.advance(100);
  await Promise.all(waits);
  expect(told).toEqual([[dev], [dev], [dev]]);
});

function slowly(
  store: Store,
  wait: () => Promise<void>,
): ConstructorParameters<typeof ProjectNews>[0]['store'] {
  return {
    head: async (of) => {
      await wait();
      return store.head(of);
    },
    events: async (...of) => {
      await wait();
      return store.events(...of);
    },
    lastCheckpoint: (of) => store.lastCheckpoint(of),
    onChained: (of, call) => store.onChained(of, call),
  };
}
