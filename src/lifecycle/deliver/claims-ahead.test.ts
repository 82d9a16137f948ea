import { expect, it } from 'vitest';
import { later } from '../../domain/ids.ts';
import { aBuild } from '../../../test/kit/records.ts';
import { aProjectWith, program } from '../kept.kit.ts';
import { createBuilds } from './builds.ts';

it.each([
  ['hours ahead, as it was made before the clock was set back', 5 * 3_600_000, ['tree']],
  ['a few minutes ahead, by the clock of another replica', 5 * 60_000, []],
])('a claim that lies %s: of a build whose builder is gone (REL-1)', async (_, aheadMs, given) => {
  const { parts, store, project, clock } = await aProjectWith();
  const state = { phase: 'building', by: 'gone', since: later(clock.now(), aheadMs) } as const;
  const build = { ...aBuild(project, 'tree', 'building'), state };
  await store.transaction((tx) => tx.put(project, 'build', 'tree', build, 0));
  const face = createBuilds(parts, async () => true);
  expect((await face.wantedBuilds(project, 0, program('ci'))).map(({ tree }) => tree)).toEqual(given);
});
