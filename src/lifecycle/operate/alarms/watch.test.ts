import { describe, expect, it } from 'vitest';
import { prometheus } from '../../../domain/alarms/alarms.kit.ts';
import { anEmptyEnvironment } from '../../../domain/environment.kit.ts';
import type { AlarmSourceSpec } from '../../../domain/project-file/types.ts';
import type { EnvironmentId, EnvironmentName } from '../../../domain/ids.ts';
import { Failure } from '../../../domain/failure.ts';
import type { Store } from '../../../engine/store.ts';
import { createVirtualClock, someMoment } from '../../../engine/virtual-clock.ts';
import { openMemory } from '../../../store/memory/store.ts';
import { readableLog, storeWith } from '../store-with.kit.ts';
import { startAlarmWatch } from './watch.ts';

const { project } = anEmptyEnvironment;

/** So many environments with a source of alarms each, one that has none, and a source that answers when it is let. */
async function watching(count: number, other: (store: Store) => Partial<Store> = () => ({})) {
  const clock = createVirtualClock(someMoment);
  const { store } = openMemory({ clock });
  const spec = { ...anEmptyEnvironment.spec, alarms: [prometheus] };
  await store.transaction(async (tx) => {
    await tx.put(project, 'project', project, { id: project, name: 'access', createdAt: clock.now() }, 0);
    await tx.put(project, 'environment', anEmptyEnvironment.id, anEmptyEnvironment, 0);
    for (let index = 0; index < count; index += 1) {
      const [id, name] = [`e${index}` as EnvironmentId, `e${index}` as EnvironmentName];
      await tx.put(project, 'environment', id, { ...anEmptyEnvironment, id, name, spec }, 0);
    }
  });
  const { log, lines } = readableLog();
  const open: (() => void)[] = [];
  const asked: AlarmSourceSpec[] = [];
  const answer = { isHeld: false, failing: false };
  const source = (of: AlarmSourceSpec) => ({
    look: async () => {
      asked.push(of);
      if (answer.isHeld) await new Promise<void>((resolve) => void open.push(resolve));
      if (answer.failing) throw new Error('away');
      return [];
    },
  });
  const start = () => startAlarmWatch({ store: storeWith(store, other(store)), clock, log, open: source });
  const known = async () => {
    const records = await store.read((tx) => tx.list(project, 'alarm', {}, { limit: 100 }));
    return records.items.map(({ value }) => value);
  };
  return { clock, lines, open, asked, answer, start, known };
}

describe('watching alarms', () => {
  it('asks the sources of every environment that has some, every 30 seconds', async () => {
    const { clock, asked, start, known, lines } = await watching(3);
    const watch = start();
    await clock.settle();
    expect(asked).toEqual([prometheus, prometheus, prometheus]);
    expect((await known()).map(({ sources }) => sources[0]?.seenAt)).toEqual([
      clock.now(),
      clock.now(),
      clock.now(),
    ]);
    await clock.advance(29_999);
    expect(asked).toHaveLength(3);
    await clock.advance(1);
    expect(asked).toHaveLength(6);
    await watch.stop();
    await clock.advance(120_000);
    expect([asked.length, lines]).toEqual([6, []]);
  });

  it('asks 16 at once, and the others as soon as one has answered', async () => {
    const { clock, asked, open, answer, start } = await watching(18);
    answer.isHeld = true;
    const watch = start();
    await clock.settle();
    expect(asked).toHaveLength(16);
    open.shift()?.();
    await clock.settle();
    expect(asked).toHaveLength(17);
    answer.isHeld = false;
    for (const resolve of open) resolve();
    await clock.settle();
    expect(asked).toHaveLength(18);
    await watch.stop();
  });

  it('keeps nothing of a look that was under way when it stopped', async () => {
    const { clock, open, answer, start, known, lines } = await watching(1);
    answer.isHeld = true;
    const watch = start();
    await clock.settle();
    const stopping = watch.stop();
    for (const resolve of open) resolve();
    await stopping;
    expect((await known()).map(({ sources }) => sources)).toEqual([[]]);
    expect(lines).toEqual([]);
  });

  it.each<[string, (store: Store, held: Promise<void>) => Partial<Store>]>([
    ['the projects', (store, held) => ({ projects: async () => held.then(() => store.projects()) })],
    [
      'who looks',
      (store, held) => ({ transaction: async (work) => held.then(() => store.transaction(work)) }),
    ],
  ])('asks nobody where it stopped before it knew %s, nor tells that this failed', async (_, slowly) => {
    for (const outcome of ['known', 'failed'] as const) {
      const held = Promise.withResolvers<void>();
      const { clock, asked, start, lines } = await watching(1, (store) => slowly(store, held.promise));
      const watch = start();
      await clock.settle();
      const stopping = watch.stop();
      if (outcome === 'known') held.resolve();
      else held.reject(new Error('away'));
      await stopping;
      expect([asked, lines]).toEqual([[], []]);
    }
  });

  it.each([
    ['a failure', new Failure('unavailable', 'database-busy', 'It is busy.'), 'database-busy'],
    ['an error', new Error('away'), 'alarms-not-kept'],
  ])('goes on with the others where one could not be kept for %s', async (_, thrown, code) => {
    const trouble = { left: 1 };
    const { clock, asked, start, lines } = await watching(3, (store) => ({
      transaction: (work) => {
        trouble.left -= 1;
        return trouble.left === 0 ? Promise.reject(thrown) : store.transaction(work);
      },
    }));
    const watch = start();
    await clock.settle();
    expect(asked).toHaveLength(2);
    expect(lines).toMatchObject([['warn', { code }]]);
    await clock.advance(30_000);
    expect([asked.length, lines.length]).toEqual([5, 1]);
    await watch.stop();
  });

  it('looks again later where it cannot see which environments there are', async () => {
    const trouble = { left: 1 };
    const { clock, asked, start, lines } = await watching(1, (store) => ({
      projects: () => {
        trouble.left -= 1;
        return trouble.left === 0 ? Promise.reject(new Error('away')) : store.projects();
      },
    }));
    const watch = start();
    await clock.settle();
    expect([asked.length, lines.map(([level]) => level)]).toEqual([0, ['warn']]);
    await clock.advance(30_000);
    expect([asked.length, lines.length]).toEqual([1, 1]);
    await watch.stop();
  });
});
