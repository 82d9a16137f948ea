import { expect, it } from 'vitest';
import { aProjectWith, environmentNamed, program } from '../kept.kit.ts';
import { createBuilds } from './builds.ts';

const ci = program('ci');

/** With a tree that is wanted, and claimed by ci. */
async function building() {
  const environment = environmentNamed('dev');
  const kept = await aProjectWith([{ ...environment, spec: { ...environment.spec, source: 'develop' } }]);
  const { project } = kept;
  const builds = createBuilds(kept.parts, async () => true);
  await builds.branchesMoved(project, [{ ref: 'develop', commit: '0123456789abcdef', tree: 'tree' }]);
  await builds.claimBuild(project, 'tree', ci);
  const failures = async () => (await kept.told()).filter(({ kind }) => kind === 'build.failed').length;
  return { ...kept, builds, failures };
}

it('does not fail a build that another is at, whose claim came after its own was lost', async () => {
  const { builds, project, get, clock, failures } = await building();
  await clock.advance(660_000);
  const other = await builds.claimBuild(project, 'tree', program('other'));
  expect(await builds.failBuild(project, 'tree', 'killed, and back too late', ci)).toEqual(other);
  expect(await get('build', 'tree')).toEqual(other);
  expect(await failures()).toBe(0);
});

it('says once that a build failed, to whoever says it again because it did not hear the answer', async () => {
  const { builds, project, failures } = await building();
  const failed = await builds.failBuild(project, 'tree', 'no', ci);
  expect(await builds.failBuild(project, 'tree', 'no', ci)).toEqual(failed);
  expect(await failures()).toBe(1);
});

it('fails a build that nobody has begun, by a program that need not claim what it cannot build', async () => {
  const { builds, project, failures } = await building();
  await builds.branchesMoved(project, [{ ref: 'develop', commit: 'fedcba9876543210', tree: 'other' }]);
  const failed = await builds.failBuild(project, 'other', 'no', ci);
  expect(failed.state).toMatchObject({ phase: 'failed' });
  expect(await failures()).toBe(1);
});
