import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { genesisLink, linkOf } from '../../src/domain/audit/index.ts';
import { type AgentId, type Digest, type ProjectId, type RolloutId, instant } from '../../src/domain/ids.ts';
import type { Sample } from '../../src/domain/rollout/sample.ts';
import { systemClock } from '../../src/engine/clock.ts';
import type { Store } from '../../src/engine/store.ts';
import { uuidAt } from '../../src/engine/uuid.ts';
import { anEvent } from '../kit/audit.ts';
import type { StoreUnderTest } from './store.ts';

const agent = 'agent-1' as AgentId;
const rollout = 'rollout-1' as RolloutId;
const newProject = (): ProjectId => uuidAt(systemClock.now()) as ProjectId;
const aSample = (number: number): Sample => ({
  rollout,
  generation: 1,
  number,
  at: instant(1_000),
  durationMs: 1_000,
  trafficPercent: 10,
  services: {},
});

/** What every store promises of what is only ever added to it: events, and what rollouts were judged by. */
export function logConformance(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(`the log of the ${name} store`, () => {
    let under: StoreUnderTest;
    let store: Store;
    let project: ProjectId;
    beforeEach(async () => {
      under = await open();
      store = under.store;
      project = newProject();
    });
    afterEach(() => under.close());

    const append = (message: string): Promise<void> =>
      store.transaction((tx) => tx.append([anEvent(message, { project })]));
    const messages = async (after = 0): Promise<readonly string[]> =>
      (await store.events(project, after, 100)).map(({ message }) => message);

    describe('events', () => {
      it('get dense positions and links that can be computed again', async () => {
        await append('one');
        await store.transaction((tx) =>
          tx.append([anEvent('two', { project }), anEvent('three', { project, subject: 'x/1' })]),
        );
        expect(await messages()).toEqual([]);
        expect(await store.chain(project)).toBe(3);
        expect(await store.chain(project)).toBe(0);
        const events = await store.events(project, 0, 100);
        expect(events.map(({ position }) => position)).toEqual([1, 2, 3]);
        let previous: Digest = genesisLink(project);
        for (const { position, payloadDigest, link } of events) {
          previous = linkOf({ project, position, previous, payloadDigest });
          expect(link).toBe(previous);
        }
        expect(await store.head(project)).toEqual({ position: 3, link: previous });
        expect(await store.head(newProject())).toMatchObject({ position: 0 });
      });

      it('are read from a position on, backwards, and by what they are about', async () => {
        for (const message of ['a', 'b', 'c', 'd']) await append(message);
        await store.transaction((tx) =>
          tx.append([anEvent('e', { project, subject: 'x/1', kind: 'rollout.held' })]),
        );
        await store.chain(project);
        expect(await messages(3)).toEqual(['d', 'e']);
        expect((await store.eventsBefore(project, 4, 2)).map(({ message }) => message)).toEqual(['c', 'b']);
        expect((await store.eventsBefore(project, null, 1)).map(({ message }) => message)).toEqual(['e']);
        expect(await store.events(project, 0, 9, { subject: 'x/1' })).toHaveLength(1);
        expect(await store.events(project, 0, 9, { kinds: ['rollout.held'] })).toHaveLength(1);
        expect(await store.events(project, 0, 9, { kinds: ['rollout.resumed'] })).toHaveLength(0);
      });

      it('never get a place below one a reader has passed, though their transaction was opened first', async () => {
        const opened = Promise.withResolvers<void>();
        const goOn = Promise.withResolvers<void>();
        const first = store.transaction(async (tx) => {
          await tx.append([anEvent('opened first', { project })]);
          opened.resolve();
          await goOn.promise;
        });
        await opened.promise;
        await append('committed first');
        await store.chain(project);
        expect(await messages()).toEqual(['committed first']);
        const cursor = (await store.head(project)).position;
        goOn.resolve();
        await first;
        await store.chain(project);
        expect(await messages(cursor)).toEqual(['opened first']);
      });

      it('are chained once though several chainers try at the same time', async () => {
        await Promise.all(Array.from({ length: 10 }, (_, index) => append(`event ${index}`)));
        const counts = await Promise.all(Array.from({ length: 4 }, () => store.chain(project)));
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(10);
        const positions = (await store.events(project, 0, 100)).map(({ position }) => position);
        expect(positions).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
      });

      it('tell those who listen, once they are committed and once they are chained', async () => {
        const appended = Promise.withResolvers<void>();
        const chained = Promise.withResolvers<void>();
        using _appended = store.onAppended((which) => {
          if (which === project) appended.resolve();
        });
        using _chained = store.onChained(project, () => chained.resolve());
        await append('news');
        await appended.promise;
        await store.chain(project);
        await chained.promise;
        expect(await messages()).toEqual(['news']);
      });

      it('come back letter by letter as they were hashed', async () => {
        const payload = {
          odd: 'a\u0000\ud800',
          big: 1e21,
          tiny: 1e-7,
          minus: -0,
          gone: undefined,
          list: [1, null],
        };
        await store.transaction((tx) => tx.append([anEvent('odd \u0000', { project, payload })]));
        await store.chain(project);
        const [event] = await store.events(project, 0, 1);
        expect(event?.payload).toEqual({
          odd: 'a\u0000\ud800',
          big: 1e21,
          tiny: 1e-7,
          minus: 0,
          list: [1, null],
        });
        expect(event?.message).toBe('odd \u0000');
      });
    });

    describe('evidence', () => {
      it('keeps a sample once and gives them in the order of their numbers', async () => {
        const add = (...numbers: number[]) =>
          store.transaction((tx) => tx.addSamples(project, numbers.map(aSample)));
        await add(2, 1);
        await add(2, 3);
        const read = (after: number, limit: number) =>
          store.transaction((tx) => tx.samplesAfter(project, rollout, after, limit));
        expect((await read(0, 10)).map(({ number }) => number)).toEqual([1, 2, 3]);
        expect(await read(1, 1)).toEqual([aSample(2)]);
      });

      it('takes each observation of an agent once, and none that is older', async () => {
        const take = (boot: string, sequence: number) =>
          store.transaction((tx) => tx.takeSequence(project, agent, boot, sequence));
        expect(await take('boot-1', 1)).toBe(true);
        expect(await take('boot-1', 1)).toBe(false);
        expect(await take('boot-1', 5)).toBe(true);
        expect(await take('boot-1', 4)).toBe(false);
        expect(await take('boot-2', 1)).toBe(true);
      });

      it('forgets the sequences of an agent’s boots but for those that it is told, and of no other agent', async () => {
        const other = 'another' as typeof agent;
        const take = (of: typeof agent, boot: string) =>
          store.transaction((tx) => tx.takeSequence(project, of, boot, 7));
        for (const boot of ['kept 1', 'kept 2', 'kept 3']) await take(agent, boot);
        await take(other, 'kept 1');
        await store.transaction(async (tx) => {
          await tx.takeSequence(project, agent, 'kept 4', 7);
          await tx.forgetOtherBoots(project, agent, ['kept 3', 'kept 4']);
        });
        expect(
          await Promise.all([take(agent, 'kept 3'), take(agent, 'kept 4'), take(other, 'kept 1')]),
        ).toEqual([false, false, false]);
        expect([await take(agent, 'kept 1'), await take(agent, 'kept 2')]).toEqual([true, true]);
      });
    });
  });
}
