import { describe, expect, it } from 'vitest';
import { aProject, anEvent } from '../../../test/kit/audit.ts';
import { Failure } from '../../domain/failure.ts';
import { instant } from '../../domain/ids.ts';
import { generateSigningKey } from '../../domain/keys.ts';
import type { Store } from '../../engine/store.ts';
import { createVirtualClock, someMoment } from '../../engine/virtual-clock.ts';
import { openMemory } from '../../store/memory/store.ts';
import { type ChainerParts, startChainer } from './chainer.ts';
import { readableLog, storeWith } from './store-with.kit.ts';

const { privateKey } = generateSigningKey();

/** A project, and a count of what is asked of its store. */
async function withProject() {
  const clock = createVirtualClock(someMoment);
  const { store } = openMemory({ clock });
  const project = { id: aProject, name: 'access', createdAt: instant(1) };
  await store.transaction((tx) => tx.put(aProject, 'project', aProject, project, 0));
  const asked = { head: 0, chain: 0, addCheckpoint: 0 };
  const trouble: { next: unknown[] } = { next: [] };
  const counting = storeWith(store, {
    head: (of) => {
      asked.head += 1;
      return store.head(of);
    },
    chain: (of) => {
      asked.chain += 1;
      return trouble.next.length > 0 ? Promise.reject(trouble.next.shift()) : store.chain(of);
    },
    addCheckpoint: (...given: Parameters<Store['addCheckpoint']>) => {
      asked.addCheckpoint += 1;
      return store.addCheckpoint(...given);
    },
  });
  const { log, lines } = readableLog();
  const start = async (other: Partial<ChainerParts> = {}) => {
    const chainer = startChainer({ store: counting, clock, log, privateKey, ...other });
    await clock.settle();
    return chainer;
  };
  const append = async (count: number): Promise<void> => {
    const events = Array.from({ length: count }, (_, index) => anEvent(`event ${index}`));
    await store.transaction((tx) => tx.append(events));
    await clock.settle();
  };
  const signedAt = async () => (await store.checkpoints(aProject)).map(({ position }) => position);
  const headAt = async () => (await store.head(aProject)).position;
  return { clock, store, asked, trouble, lines, start, append, signedAt, headAt };
}

describe('a checkpoint', () => {
  it('is signed after 100 events or ten seconds, unless told otherwise', async () => {
    const { clock, start, append, signedAt } = await withProject();
    const chainer = await start();
    await append(99);
    expect(await signedAt()).toEqual([]);
    await append(1);
    expect(await signedAt()).toEqual([100]);
    await append(1);
    await clock.advance(9_999);
    expect(await signedAt()).toEqual([100]);
    await clock.advance(10_000);
    expect(await signedAt()).toEqual([100, 101]);
    await chainer.stop();
  });

  it('is due after so long since the oldest event that has none, however many come meanwhile', async () => {
    const { clock, start, append, signedAt } = await withProject();
    await clock.advance(60_500);
    const chainer = await start({ everyMs: 1_000 });
    for (let turn = 0; turn < 4; turn += 1) {
      await append(1);
      await clock.advance(400);
    }
    expect(await signedAt()).toEqual([3]);
    await clock.advance(300);
    expect(await signedAt()).toEqual([3]);
    await clock.advance(1_200);
    expect(await signedAt()).toEqual([3, 4]);
    await chainer.stop();
  });

  it('is signed once for a position, be it by another replica, or one from before', async () => {
    const { clock, asked, start, append, signedAt } = await withProject();
    const [one, other] = [await start({ everyMs: 1_000 }), await start({ everyMs: 1_000 })];
    await append(2);
    await clock.advance(60_000);
    await Promise.all([one.stop(), other.stop()]);
    expect(await signedAt()).toEqual([2]);
    const signed = asked.addCheckpoint;
    const next = await start({ everyMs: 1_000 });
    await clock.advance(60_000);
    await next.stop();
    expect([await signedAt(), asked.addCheckpoint]).toEqual([[2], signed]);
  });

  it('of another replica leaves the next one to be signed in its own time', async () => {
    const { clock, start, append, signedAt } = await withProject();
    const before = await start({ everyEvents: 3 });
    await append(3);
    await before.stop();
    const chainer = await start({ everyEvents: 3, everyMs: 60_000 });
    await append(2);
    expect(await signedAt()).toEqual([3]);
    await append(1);
    expect(await signedAt()).toEqual([3, 6]);
    await clock.settle();
    await chainer.stop();
  });

  it('takes no look at the log as long as it cannot be due', async () => {
    const { asked, start, append, signedAt } = await withProject();
    const chainer = await start({ everyEvents: 4, everyMs: 60_000 });
    await append(1);
    const looked = asked.head;
    await append(1);
    await append(1);
    expect(asked.head).toBe(looked);
    await append(1);
    expect([asked.head, await signedAt()]).toEqual([looked + 1, [4]]);
    await append(3);
    expect(asked.head).toBe(looked + 1);
    await chainer.stop();
    expect(await signedAt()).toEqual([4, 7]);
  });

  it('leaves the store alone once everything is signed', async () => {
    const { clock, asked, start, append } = await withProject();
    const chainer = await start({ everyMs: 1_000 });
    await append(1);
    await clock.advance(2_000);
    const chained = asked.chain;
    await clock.advance(2_000);
    expect(asked.chain).toBe(chained);
    await clock.advance(60_000);
    expect(asked.addCheckpoint).toBe(1);
    await chainer.stop();
  });

  it('is due also for what lay in the log before, and was chained by another', async () => {
    const { clock, store, start, append, signedAt } = await withProject();
    const events = (count: number) => Array.from({ length: count }, (_, index) => anEvent(`${index}`));
    await store.transaction((tx) => tx.append(events(2)));
    await store.chain(aProject);
    await append(1);
    const deaf = storeWith(store, { onAppended: () => ({ [Symbol.dispose]: () => {} }) });
    const chainer = await start({ store: deaf, everyEvents: 3, everyMs: 1_000 });
    expect(await signedAt()).toEqual([3]);
    await store.transaction((tx) => tx.append(events(3)));
    await store.chain(aProject);
    await clock.advance(5_000);
    expect(await signedAt()).toEqual([3, 6]);
    await chainer.stop();
  });
});

describe('chaining that failed', () => {
  it.each([
    ['a failure', new Failure('unavailable', 'database-busy', 'It is busy.'), 'database-busy'],
    ['an error', new Error('away'), 'chaining-failed'],
    ['anything', 'odd', 'chaining-failed'],
  ])('with %s is told, and tried again with the next look', async (_, thrown, code) => {
    const { clock, asked, trouble, lines, start, append, headAt } = await withProject();
    const chainer = await start({ everyMs: 1_000, everyEvents: 1 });
    trouble.next = [thrown, thrown];
    await append(1);
    expect([await headAt(), lines]).toEqual([0, [['warn', { code, project: aProject }]]]);
    await clock.advance(1_000);
    expect([await headAt(), lines.length]).toEqual([0, 2]);
    await clock.advance(1_000);
    expect([await headAt(), lines.length]).toEqual([1, 2]);
    const chained = asked.chain;
    await clock.advance(2_000);
    expect(asked.chain).toBe(chained);
    await chainer.stop();
  });
});

describe('a chainer', () => {
  it('looks after five times as long for what it was not called for', async () => {
    const { clock, store, start, headAt } = await withProject();
    const deaf = storeWith(store, { onAppended: () => ({ [Symbol.dispose]: () => {} }) });
    const chainer = await start({ store: deaf, everyMs: 1_000 });
    await store.transaction((tx) => tx.append([anEvent('unheard')]));
    await clock.advance(4_900);
    expect(await headAt()).toBe(0);
    await clock.advance(100);
    expect(await headAt()).toBe(1);
    await chainer.stop();
  });

  it('chains and signs what waits when it stops, and nothing after', async () => {
    const { clock, store, start, append, headAt, signedAt } = await withProject();
    const deaf = storeWith(store, { onAppended: () => ({ [Symbol.dispose]: () => {} }) });
    const chainer = await start({ store: deaf });
    await append(1);
    await chainer.stop();
    expect([await headAt(), await signedAt()]).toEqual([1, [1]]);
    await append(1);
    await clock.advance(3_600_000);
    expect(await headAt()).toBe(1);
    expect(clock.waiting()).toBe(0);
  });

  it('hears of nothing after it stopped', async () => {
    const { start, append, headAt } = await withProject();
    const chainer = await start();
    await append(1);
    await chainer.stop();
    await append(1);
    expect(await headAt()).toBe(1);
  });

  it('ends what it is at before it stops', async () => {
    const { store, clock, start, signedAt } = await withProject();
    const turn = Promise.withResolvers<void>();
    let chaining = 0;
    let most = 0;
    const slow = storeWith(store, {
      chain: async (of) => {
        chaining += 1;
        most = Math.max(most, chaining);
        await turn.promise;
        chaining -= 1;
        return store.chain(of);
      },
    });
    await store.transaction((tx) => tx.append([anEvent('one')]));
    const chainer = await start({ store: slow });
    let isOver = false;
    const stopping = chainer.stop().finally(() => {
      isOver = true;
    });
    await clock.settle();
    expect([isOver, most]).toEqual([false, 1]);
    turn.resolve();
    await stopping;
    expect([await signedAt(), chaining, most]).toEqual([[1], 0, 1]);
  });

  it('waits for projects that it has just begun to look for', async () => {
    const { store, start, append, headAt, clock } = await withProject();
    const projects = Promise.withResolvers<Awaited<ReturnType<Store['projects']>>>();
    const slow = storeWith(store, {
      projects: () => projects.promise,
      onAppended: () => ({ [Symbol.dispose]: () => {} }),
    });
    await append(1);
    const chainer = await start({ store: slow });
    const stopping = chainer.stop();
    await clock.settle();
    projects.resolve(await store.projects());
    await stopping;
    expect(await headAt()).toBe(1);
  });
});
