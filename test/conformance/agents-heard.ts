import { describe, expect, it } from 'vitest';
import type { AgentId, Digest, ProjectId } from '../../src/domain/ids.ts';
import { instant } from '../../src/domain/ids.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { uuidAt } from '../../src/engine/uuid.ts';
import type { StoreUnderTest } from './store.ts';

/** What every store tells of agents, and tells agents, without a question for each of them. */
export function agentsHeardConformance(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(`agents in the ${name} store`, () => {
    const newProject = (): ProjectId => uuidAt(systemClock.now()) as ProjectId;

    it('are counted as heard, all of them with one call, and those never heard are named too', async () => {
      const { store, close } = await open();
      const project = newProject();
      const [one, other] = ['one', 'other'] as unknown as [AgentId, AgentId];
      await store.transaction(async (tx) => {
        for (const id of [one, other])
          await tx.put(
            project,
            'agent',
            id,
            { id, project, environments: [], keys: [], lastHeardAt: null, boot: null },
            0,
          );
      });
      expect(await store.heard(project, [])).toEqual(
        new Map([
          [one, 0],
          [other, 0],
        ]),
      );
      const first = await store.heard(project, [one]);
      const second = await store.heard(project, [one, other]);
      expect([first.get(other), second.get(other)]).toEqual([0, 1]);
      expect(second.get(one)).toBeGreaterThan(first.get(one) ?? 0);
      expect(await store.heard(newProject(), [])).toEqual(new Map());
      await close();
    });

    it('are told of the last checkpoint, up to where they like, and not who signed it', async () => {
      const { store, close } = await open();
      const project = newProject();
      expect(await store.lastCheckpoint(project)).toBeUndefined();
      const at = (position: number) => ({
        position,
        link: `sha256:${position}` as Digest,
        at: instant(position),
        signature: `signature ${position}`,
        countersignatures: [],
      });
      for (const position of [4, 9, 12]) await store.addCheckpoint(project, at(position));
      await store.countersign(project, [{ position: 12, agent: 'one' as AgentId, signature: 'seen' }]);
      expect(await store.lastCheckpoint(project)).toEqual(at(12));
      expect(await store.lastCheckpoint(project, 11)).toEqual(at(9));
      expect(await store.lastCheckpoint(project, 9)).toEqual(at(9));
      expect(await store.lastCheckpoint(project, 3)).toBeUndefined();
      await close();
    });
  });
}
