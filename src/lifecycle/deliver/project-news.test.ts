import { expect, it } from 'vitest';
import type { EnvironmentId, ProjectId } from '../../domain/ids.ts';
import type { Store } from '../../engine/store.ts';
import { createVirtualClock, someMoment } from '../../engine/virtual-clock.ts';
import { openMemory, openMemoryStore } from '../../store/memory/store.ts';
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
  const { cursor } = await begun;
  const told: (readonly EnvironmentId[] | null)[] = [];
  const waits = Array.from({ length: 3 }, async () => {
    await new Promise<void>((resolve) => void news.onNext(resolve));
    told.push(await (await news.soFar()).changedSince(cursor, [dev]));
  });
  await askOfDev(store, 2);
  await clock.advance(100);
  await Promise.all(waits);
  expect(told).toEqual([[dev], [dev], [dev]]);
});

it('tells all who ask while it looks what came since that look began', async () => {
  const clock = createVirtualClock(someMoment);
  const { store } = openMemory({ clock });
  const news = new ProjectNews({ store: slowly(store, () => clock.sleep(5)), clock }, project);
  using _listening = news.listen();
  const begun = news.soFar();
  await clock.advance(100);
  await begun;
  await askOfDev(store, 2);
  const looking = news.soFar();
  // What it is answered was read by now, and is under way.
  await clock.advance(7);
  await askOfDev(store, 3);
  const asked = Array.from({ length: 3 }, () => news.soFar());
  await clock.advance(100);
  const cursors = [await looking, ...(await Promise.all(asked))].map((one) => one.cursor);
  expect(cursors.map((one) => one.split('.')[0])).toEqual(['1', '2', '2', '2']);
});

it('answers though news come quicker than they can be read', async () => {
  const clock = createVirtualClock(someMoment);
  const { store } = openMemory({ clock });
  const news = new ProjectNews({ store: slowly(store, () => clock.sleep(12)), clock }, project);
  using _listening = news.listen();
  let revision = 1;
  using _changing = clock.every(8, () => askOfDev(store, (revision += 1)));
  const asked = Array.from({ length: 3 }, () => news.soFar());
  await clock.advance(60);
  asked.push(news.soFar());
  await clock.advance(100);
  const told = await Promise.race([Promise.all(asked), clock.sleep(0).then(() => null)]);
  expect(told).toHaveLength(4);
});

it('tells everything to an agent that stands at a point of a log that was lost, though there is that position again', async () => {
  const clock = createVirtualClock(someMoment);
  const store = openMemoryStore({}, () => undefined);
  const startReplica = (): Disposable & { readonly news: ProjectNews } => {
    const news = new ProjectNews({ store, clock }, project);
    return { news, [Symbol.dispose]: news.listen()[Symbol.dispose] };
  };
  await askOfDev(store, 1);
  const backup = store.backUp();
  using before = startReplica();
  await askOfDev(store, 2);
  const { cursor } = await before.news.soFar();
  expect(await (await before.news.soFar()).changedSince(cursor, [dev])).toEqual([]);
  store.restore(backup);
  using after = startReplica();
  const restored = await after.news.soFar();
  await askOfDev(store, 3);
  await askOfDev(store, 4);
  await clock.settle();
  const now = await after.news.soFar();
  expect(await now.changedSince(cursor, [dev])).toBeNull();
  expect(await now.changedSince(restored.cursor, [dev])).toEqual([dev]);
  expect(await now.changedSince(now.cursor, [dev])).toEqual([]);
});

it('knows a point that another replica has told of', async () => {
  const clock = createVirtualClock(someMoment);
  const store = openMemoryStore({}, () => undefined);
  const [one, other] = [0, 1].map(() => new ProjectNews({ store, clock }, project));
  if (one === undefined || other === undefined) throw new Error('there are two');
  using _one = one.listen();
  using _other = other.listen();
  await Promise.all([one.soFar(), other.soFar()]);
  await askOfDev(store, 1);
  await clock.settle();
  const { cursor } = await one.soFar();
  await askOfDev(store, 2);
  await clock.settle();
  expect(await (await other.soFar()).changedSince(cursor, [dev])).toEqual([dev]);
});

it('takes nothing for a cursor that is none of its own', async () => {
  const clock = createVirtualClock(someMoment);
  const { store } = openMemory({ clock });
  const news = new ProjectNews({ store, clock }, project);
  using _listening = news.listen();
  const now = await news.soFar();
  for (const cursor of [
    null,
    '',
    '0',
    '-1',
    '0.0123456789abcdef',
    '9.0123456789abcdef',
    '1e3',
    `${now.cursor} `,
  ])
    expect(await now.changedSince(cursor, [dev]), String(cursor)).toBeNull();
  expect(await now.changedSince(now.cursor, [dev])).toEqual([]);
});

/** Its environment is asked for another revision, and the log says so. */
async function askOfDev(store: Store, revision: number): Promise<void> {
  await store.transaction((tx) =>
    tx.append([
      {
        project,
        kind: 'desired.changed',
        at: someMoment,
        actor: { kind: 'automation', rule: 'test' },
        environment: dev,
        subject: `environment/${dev}`,
        message: `dev is asked for revision ${revision}`,
        payload: {},
      },
    ]),
  );
  await store.chain(project);
}

/** As long on the way to the database as on the way back. */
function slowly(
  store: Store,
  wait: () => Promise<void>,
): ConstructorParameters<typeof ProjectNews>[0]['store'] {
  return {
    head: async (of) => {
      await wait();
      const head = await store.head(of);
      await wait();
      return head;
    },
    events: async (...of) => {
      await wait();
      const events = await store.events(...of);
      await wait();
      return events;
    },
    lastCheckpoint: (of) => store.lastCheckpoint(of),
    onChained: (of, call) => store.onChained(of, call),
  };
}
