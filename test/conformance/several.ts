import { describe, expect, it } from 'vitest';
import type { EnvironmentId, ProjectId } from '../../src/domain/ids.ts';
import { instant } from '../../src/domain/ids.ts';
import { systemClock } from '../../src/engine/clock.ts';
import type { Filter } from '../../src/engine/store.ts';
import { uuidAt } from '../../src/engine/uuid.ts';
import { aBranch } from '../kit/records.ts';
import type { StoreUnderTest } from './store.ts';

/** What every store finds of several things at once, so that a page about many of them is one question. */
export function severalConformance(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(`lists of the ${name} store`, () => {
    it('have what is of any of several ids, names and environments, newest first', async () => {
      const { store, close } = await open();
      const project = uuidAt(systemClock.now()) as ProjectId;
      const environments = ['e1', 'e2', 'e3'] as readonly string[] as readonly EnvironmentId[];
      await store.transaction(async (tx) => {
        for (const id of ['b1', 'b2', 'b3'])
          await tx.put(project, 'branch', id, aBranch(project, id, 'c'), 0);
        for (const environment of environments) {
          const id = `hour of ${environment}`;
          await tx.put(
            project,
            'traffic',
            id,
            { id, project, environment, hour: instant(0), buckets: [] },
            0,
          );
        }
      });
      const found = (kind: 'branch' | 'traffic', filter: Filter): Promise<readonly string[]> =>
        store.read(async (reader) =>
          (await reader.list(project, kind, filter)).items.map(({ value }) => value.id),
        );
      expect(await found('branch', { name: ['b3', 'b1', 'b9'] })).toEqual(['b3', 'b1']);
      expect(await found('branch', { name: 'b2' })).toEqual(['b2']);
      expect(await found('branch', { ids: ['b1', 'b2'] })).toEqual(['b2', 'b1']);
      expect(await found('branch', { ids: ['b1', 'b2'], name: ['b2', 'b3'] })).toEqual(['b2']);
      expect(await found('branch', { ids: [] })).toEqual([]);
      const [first, , last] = environments;
      const asked = [first, last].filter((one) => one !== undefined);
      expect(await found('traffic', { environment: asked })).toEqual(['hour of e3', 'hour of e1']);
      expect(await found('traffic', { environment: asked, ids: ['hour of e1'] })).toEqual(['hour of e1']);
      await close();
    });
  });
}
