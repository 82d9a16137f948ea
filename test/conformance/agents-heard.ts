import { describe, expect, it } from 'vitest';
import type { AgentId, Digest, ProjectId } from '../../src/domain/ids.ts';
import { instant } from '../../src/domain/ids.ts';
import type { AgentOf } from '../../src/engine/store.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { uuidAt } from '../../src/engine/uuid.ts';
import type { StoreUnderTest } from './store.ts';

/** What every store tells of agents, and tells agents, without a question for each of them. */
export function agentsHeardConformance(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(`agents in the ${name} store`, () => {
    const newProject = (): ProjectId => uuidAt(systemClock.now()) as ProjectId;

    it('are counted as heard, those of all projects with one call, and those never heard are named too', async () => {
      const { store, close } = await open();
      const [mine, another] = [newProject(), newProject()];
      const newAgent = (project: ProjectId): AgentOf => ({
        project,
        agent: uuidAt(systemClock.now()) as AgentId,
      });
      const [one, other, elsewhere] = [newAgent(mine), newAgent(mine), newAgent(another)];
      await store.transaction(async (tx) => {
        for (const { project, agent: id } of [one, other, elsewhere])
          await tx.put(
            project,
            'agent',
            id,
            { id, project, environments: [], keys: [], lastHeardAt: null, boot: null },
            0,
          );
      });
      const times = async (heard: readonly AgentOf[]): Promise<readonly (number | undefined)[]> => {
        const told = await store.heard(heard);
        return [one, other, elsewhere].map(
          ({ project, agent }) =>
            told.find((seen) => seen.project === project && seen.agent === agent)?.times,
        );
      };
      expect(await times([])).toEqual([0, 0, 0]);
      expect(await times([one])).toEqual([1, 0, 0]);
      expect(await times([elsewhere, one, other])).toEqual([2, 1, 1]);
      expect(await times([])).toEqual([2, 1, 1]);
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
