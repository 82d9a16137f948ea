import { expect, it } from 'vitest';
import { aProjectWith, environmentNamed } from '../kept.kit.ts';
import { createBuilds, headsSeen } from './builds.ts';

it('knows of each branch that somebody follows where it was seen last', async () => {
  const dev = environmentNamed('dev');
  const { parts, project } = await aProjectWith([{ ...dev, spec: { ...dev.spec, source: 'develop' } }]);
  const { branchesMoved } = createBuilds(parts, async () => true);
  const moved = (ref: string, commit: string) => branchesMoved(project, [{ ref, commit, tree: commit }]);
  await moved('develop', 'one');
  await moved('of nobody', 'one');
  await moved('develop', 'two');
  expect(Object.fromEntries(await headsSeen(parts.store, project))).toEqual({ develop: 'two' });
});
