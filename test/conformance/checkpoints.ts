import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AgentId, type Digest, type ProjectId, instant } from '../../src/domain/ids.ts';
import { systemClock } from '../../src/engine/clock.ts';
import type { Store } from '../../src/engine/store.ts';
import { uuidAt } from '../../src/engine/uuid.ts';
import type { StoreUnderTest } from './store.ts';

const agent = 'agent' as AgentId;

/** What every store keeps of what was signed over the log. */
export function checkpointConformance(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(`checkpoints in the ${name} store`, () => {
    let under: StoreUnderTest;
    let store: Store;
    let project: ProjectId;
    beforeEach(async () => {
      under = await open();
      store = under.store;
      project = uuidAt(systemClock.now()) as ProjectId;
    });
    afterEach(() => under.close());

    const checkpoint = (position: number) => ({
      position,
      link: `sha256:${position}` as Digest,
      at: instant(position),
      signature: `signature ${position}`,
      countersignatures: [],
    });

    it('are kept in order with the words of the agents, each once', async () => {
      await store.addCheckpoint(project, checkpoint(9));
      await store.addCheckpoint(project, checkpoint(4));
      await store.addCheckpoint(project, { ...checkpoint(4), signature: 'another' });
      await store.countersign(project, [{ position: 4, agent, signature: 'seen' }]);
      await store.countersign(project, [{ position: 4, agent, signature: 'seen again' }]);
      expect(await store.checkpoints(project)).toEqual([
        { ...checkpoint(4), countersignatures: [{ agent, signature: 'seen' }] },
        checkpoint(9),
      ]);
      expect(await store.checkpoints(project, { after: 4, limit: 5 })).toEqual([checkpoint(9)]);
      expect(await store.checkpoints(project, { after: 0, limit: 1 })).toMatchObject([{ position: 4 }]);
    });

    it('are told of when they are added, and not when there is one already', async () => {
      let told = Promise.withResolvers<void>();
      let times = 0;
      using _told = store.onChained(project, () => {
        times += 1;
        told.resolve();
      });
      await store.addCheckpoint(project, checkpoint(4));
      await told.promise;
      told = Promise.withResolvers();
      await store.addCheckpoint(project, checkpoint(4));
      await store.addCheckpoint(project, checkpoint(9));
      await told.promise;
      expect(times).toBe(2);
    });

    it('are countersigned together, all or none: not where there is none', async () => {
      await store.addCheckpoint(project, checkpoint(4));
      const signed = (position: number) => ({ position, agent, signature: 'seen' });
      await expect(store.countersign(project, [signed(4), signed(9)])).rejects.toEqual(
        expect.objectContaining({ kind: 'absent', code: 'checkpoint-unknown' }),
      );
      expect(await store.checkpoints(project)).toEqual([checkpoint(4)]);
      await store.addCheckpoint(project, checkpoint(9));
      await store.countersign(project, [signed(4), signed(9), signed(9)]);
      const countersignatures = [{ agent, signature: 'seen' }];
      expect(await store.checkpoints(project)).toEqual([
        { ...checkpoint(4), countersignatures },
        { ...checkpoint(9), countersignatures },
      ]);
    });
  });
}
