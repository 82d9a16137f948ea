import { describe, expect, it } from 'vitest';
import { factsDigestOf } from '../../src/domain/audit/index.ts';
import { instant, type ProjectId } from '../../src/domain/ids.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { uuidAt } from '../../src/engine/uuid.ts';
import { anEvent } from '../kit/audit.ts';
import type { StoreUnderTest } from './store.ts';

/** How every store lets payloads expire. */
export function payloadExpiryConformance(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(`payloads in the ${name} store`, () => {
    it('expire, the oldest first and so many at once, and nothing else does: no place, no digest, no link', async () => {
      const { store, close } = await open();
      const project = uuidAt(systemClock.now()) as ProjectId;
      for (const [index, message] of ['one', 'two \u0000 "at":9', 'three', 'four'].entries())
        await store.transaction((tx) =>
          tx.append([anEvent(message, { project, at: instant((index + 1) * 1000) })]),
        );
      expect(await store.expirePayloads(project, instant(9000), 10)).toBe(0);
      await store.chain(project);
      const before = await store.events(project, 0, 10);
      const counts: number[] = [];
      for (const limit of [1, 10, 10]) counts.push(await store.expirePayloads(project, instant(3000), limit));
      expect(counts).toEqual([1, 1, 0]);
      const after = await store.events(project, 0, 10);
      expect(after).toEqual(before.map((one, index) => (index < 2 ? { ...one, payload: null } : one)));
      for (const { payload, factsDigest } of before) expect(factsDigestOf(payload ?? {})).toBe(factsDigest);
      expect(await store.events(project, 2, 10)).toEqual(after.slice(2));
      expect(await store.head(project)).toMatchObject({ position: 4, link: before.at(-1)?.link });
      await close();
    });

    it('expire behind what a wrong clock dated far ahead', async () => {
      const { store, close } = await open();
      const project = uuidAt(systemClock.now()) as ProjectId;
      for (const at of [900_000, 900_001, 1000])
        await store.transaction((tx) => tx.append([anEvent('it happened', { project, at: instant(at) })]));
      await store.chain(project);
      expect(await store.expirePayloads(project, instant(3000), 2)).toBe(1);
      const events = await store.events(project, 0, 10);
      expect(events.map(({ payload }) => payload === null)).toEqual([false, false, true]);
      await close();
    });
  });
}
