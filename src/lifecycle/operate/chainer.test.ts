import { describe, expect, it } from 'vitest';
import { verifyHead } from '../../domain/audit/index.ts';
import { instant } from '../../domain/ids.ts';
import { generateSigningKey } from '../../domain/keys.ts';
import { silentLog } from '../../domain/log.ts';
import { createVirtualClock, someMoment } from '../../engine/virtual-clock.ts';
import { openMemory } from '../../store/memory/store.ts';
import { aProject, anEvent } from '../../../test/kit/audit.ts';
import { startChainer } from './chainer.ts';
import { storeWith } from './store-with.kit.ts';

function setUp() {
  const clock = createVirtualClock(someMoment);
  const { store } = openMemory({ clock });
  const wall = { setBackMs: 0 };
  const key = generateSigningKey();
  const start = () =>
    startChainer({
      store,
      clock: { ...clock, now: () => instant(clock.now() - wall.setBackMs) },
      log: silentLog,
      privateKey: key.privateKey,
      everyEvents: 3,
      everyMs: 1_000,
    });
  const append = async (...messages: string[]): Promise<void> => {
    await store.transaction((tx) => tx.append(messages.map((message) => anEvent(message))));
    await clock.settle();
  };
  const signedAt = async () => (await store.checkpoints(aProject)).map(({ position }) => position);
  return { clock, wall, store, key, start, append, signedAt };
}

describe('the chainer', () => {
  it('chains what was committed at once, what waited before it started included', async () => {
    const { store, start, append, clock } = setUp();
    const project = { id: aProject, name: 'access', createdAt: instant(1) };
    await store.transaction((tx) => tx.put(aProject, 'project', aProject, project, 0));
    await append('before it started');
    const chainer = start();
    await clock.settle();
    expect((await store.head(aProject)).position).toBe(1);
    await append('after');
    expect((await store.head(aProject)).position).toBe(2);
    await chainer.stop();
  });

  it('signs a checkpoint after so many events, or after so long, or when it stops', async () => {
    const { store, key, start, append, signedAt, clock } = setUp();
    const project = { id: aProject, name: 'access', createdAt: instant(1) };
    await store.transaction((tx) => tx.put(aProject, 'project', aProject, project, 0));
    const chainer = start();
    await append('1', '2');
    expect(await signedAt()).toEqual([]);
    await append('3');
    expect(await signedAt()).toEqual([3]);
    await append('4');
    await clock.advance(2_000);
    expect(await signedAt()).toEqual([3, 4]);
    await clock.advance(5_000);
    await append('5');
    await chainer.stop();
    expect(await signedAt()).toEqual([3, 4, 5]);
    for (const { position, link, signature } of await store.checkpoints(aProject)) {
      expect(verifyHead(key.publicKey, { project: aProject, position, link }, signature)).toBe(true);
    }
  });

  it('signs after so long even where the clock is set back meanwhile', async () => {
    const { store, start, append, signedAt, clock, wall } = setUp();
    const project = { id: aProject, name: 'access', createdAt: instant(1) };
    await store.transaction((tx) => tx.put(aProject, 'project', aProject, project, 0));
    const chainer = start();
    await append('1');
    wall.setBackMs = 3_600_000;
    await clock.advance(2_000);
    expect(await signedAt()).toEqual([1]);
    await chainer.stop();
  });

  it('hears of a commit at whatever moment it comes, and be it while a turn just ends', async () => {
    const { clock, store, key } = setUp();
    const project = { id: aProject, name: 'access', createdAt: instant(1) };
    await store.transaction((tx) => tx.put(aProject, 'project', aProject, project, 0));
    for (let ticks = 0; ticks < 30; ticks += 1) {
      let told: () => void = () => undefined;
      let turns = 0;
      let turnsWhenTold = Number.NaN;
      const tellLater = async (): Promise<void> => {
        await afterTicks(ticks);
        turnsWhenTold = turns;
        told();
      };
      const chain = (): Promise<number> => {
        turns += 1;
        if (turns === 1) void tellLater();
        return Promise.resolve(0);
      };
      const onAppended: typeof store.onAppended = (call) => {
        told = () => call(aProject, null);
        return { [Symbol.dispose]: () => undefined };
      };
      const parts = { clock, log: silentLog, privateKey: key.privateKey };
      const chainer = startChainer({ ...parts, store: storeWith(store, { chain, onAppended }) });
      await clock.settle();
      expect(turns, `told ${ticks} ticks after a turn began`).toBeGreaterThan(turnsWhenTold);
      await chainer.stop();
    }
  });
});

async function afterTicks(ticks: number): Promise<void> {
  for (let tick = 0; tick < ticks; tick += 1) await Promise.resolve();
}
