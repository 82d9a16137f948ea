import { describe, expect, it } from 'vitest';
import { digestOf } from '../../domain/canonical.ts';
import { aReleaseOf } from '../../domain/environment.kit.ts';
import type { Environment } from '../../domain/environment.ts';
import type { BuildRecord } from '../../engine/records.ts';
import type { BranchHead, Caller } from '../face.ts';
import { ada, aProjectWith, environmentNamed, eve, program } from '../kept.kit.ts';
import { createBuilds, type FollowFile } from './builds.ts';

const minuteMs = 60_000;
const ci = program('ci');
const commit = '0123456789abcdef';
const release = aReleaseOf('1.0.0', { web: 'web 1' }, 'tree of 1.0.0');

const following = (name: string, source: string): Environment => {
  const environment = environmentNamed(name);
  return { ...environment, spec: { ...environment.spec, source } };
};
const all = [following('dev', 'develop'), following('sit', 'release/*'), environmentNamed('prod')];

/** dev follows develop, sit each release branch, prod no branch; the rules of all are of main. */
async function builds(environments: readonly Environment[] = all) {
  const kept = await aProjectWith(environments);
  const followed: Parameters<FollowFile>[2][] = [];
  const face = createBuilds(kept.parts, async (_tx, _project, head) => followed.push(head) > 0);
  const { project } = kept;
  return {
    ...kept,
    followed,
    move: (...heads: readonly BranchHead[]) => face.branchesMoved(project, heads),
    wanted: (caller: Caller = ci, waitMs = 0) => face.wantedBuilds(project, waitMs, caller),
    claim: (tree: string, caller: Caller = ci) => face.claimBuild(project, tree, caller),
    fail: (tree: string, detail: string, caller: Caller = ci) =>
      face.failBuild(project, tree, detail, caller),
  };
}

const head = (ref: string, tree: string, other: Partial<BranchHead> = {}): BranchHead => ({
  ref,
  commit,
  tree,
  ...other,
});

/** With a tree that is wanted, and claimed by ci. */
async function building() {
  const world = await builds();
  await world.move(head('develop', 'tree'));
  await world.claim('tree');
  return world;
}

describe('a branch that moved', () => {
  it('has its tree built where no release has it, which the log says, and wakes who follows it (REL-1)', async () => {
    const { move, told, get, takeWoken, clock, project } = await builds();
    await move(head('develop', 'tree'));
    const common = { project, actor: { kind: 'automation', rule: 'forge' }, environment: null };
    expect(await told()).toMatchObject([
      {
        ...common,
        kind: 'branch.moved',
        subject: 'branch/develop',
        payload: { commit, tree: 'tree', release: null },
      },
      { ...common, kind: 'build.wanted', subject: 'build/tree', payload: { commit, tree: 'tree' } },
    ]);
    expect(await get('build', 'tree')).toEqual({
      id: 'tree',
      project,
      tree: 'tree',
      commit,
      branch: 'develop',
      wantedAt: clock.now(),
      state: { phase: 'wanted' },
    });
    expect(takeWoken()).toEqual(['environment/dev']);
  });

  it('is told by the short form of its commit', async () => {
    const { move, told } = await builds();
    await move(head('develop', 'tree'));
    for (const { message } of await told()) {
      expect(message).toContain(commit.slice(0, 7));
      expect(message).not.toContain(commit);
    }
  });

  it('asks for the release that its tree has, and for no build', async () => {
    const { move, told, put, takeWoken } = await builds();
    await put('release', release.id, release);
    await move(head('release/1.0', release.manifest.tree));
    const [event, ...others] = await told();
    expect(others).toEqual([]);
    expect(event).toMatchObject({ kind: 'branch.moved', payload: { release: release.id } });
    expect(event?.message).toContain('1.0.0');
    expect(takeWoken()).toEqual(['environment/sit']);
  });

  it('is passed over where it stands at the same commit, and where nothing follows it', async () => {
    const { move, told, get, takeWoken } = await builds();
    await move(
      head('develop', 'tree'),
      head('develop', 'tree'),
      head('feature', 'other'),
      head('release/a/b', 'third'),
    );
    expect(await told()).toHaveLength(2);
    expect(takeWoken()).toEqual(['environment/dev']);
    expect(await get('branch', 'feature')).toBeUndefined();
  });

  it('is remembered where the rules of an environment come from it, though nothing is built of it', async () => {
    const other = environmentNamed('other', {
      rules: { ...environmentNamed('other').rules, branch: 'elsewhere' },
    });
    const { move, told, get, takeWoken } = await builds([...all, other]);
    await move(head('main', 'tree'));
    expect(await get('branch', 'main')).toMatchObject({ commit, tree: 'tree' });
    expect([await told(), takeWoken(), await get('build', 'tree')]).toEqual([[], [], undefined]);
  });

  it('has a tree built again whose build failed, and none that is under way', async () => {
    const { move, fail, get, told } = await building();
    await move(head('develop', 'tree', { commit: 'second' }));
    expect((await get('build', 'tree'))?.state.phase).toBe('building');
    await fail('tree', 'no');
    await move(head('develop', 'tree', { commit: 'third' }));
    expect(await get('build', 'tree')).toMatchObject({ commit: 'third', state: { phase: 'wanted' } });
    expect((await told()).filter(({ kind }) => kind === 'build.wanted')).toHaveLength(2);
  });
});

describe('the project file at the head of a branch', () => {
  const at = (second: string, projectFile?: string): BranchHead =>
    head('main', 'tree', { commit: second, ...(projectFile !== undefined && { projectFile }) });

  it('is followed when it is another one than before (LIF-1)', async () => {
    const { move, followed, get } = await builds();
    await move(at('a', 'one'), at('b', 'one'), at('c', 'two'));
    expect(followed).toEqual([at('c', 'two')]);
    expect(await get('branch', 'main')).toMatchObject({ projectFile: digestOf('two') });
  });

  it('is remembered while none can be read there, so that a change is not missed', async () => {
    const { move, followed, get } = await builds();
    await move(at('a', 'one'), at('b'));
    expect((await get('branch', 'main'))?.projectFile).toBe(digestOf('one'));
    expect(followed).toEqual([]);
    await move(at('c', 'one'));
    expect(followed).toEqual([]);
    await move(at('d', 'two'));
    expect(followed.map((one) => one.projectFile)).toEqual(['two']);
  });

  it('is nothing where there never was one, and none that anybody changed where it is seen first', async () => {
    const { move, followed, get } = await builds();
    await move(at('a'));
    expect(await get('branch', 'main')).not.toHaveProperty('projectFile');
    await move(at('b', 'one'));
    expect(followed).toEqual([]);
  });
});

describe('a builder', () => {
  it('is given what is wanted, and what it was itself ended in the middle of', async () => {
    const { wanted, move, clock, get } = await building();
    await move(head('develop', 'next', { commit: 'next' }));
    const trees = async (caller: Caller) => (await wanted(caller)).map(({ tree }) => tree).toSorted();
    expect(await trees(ci)).toEqual(['next', 'tree']);
    expect(await trees(program('other'))).toEqual(['next']);
    await clock.advance(10 * minuteMs);
    expect(await trees(program('other'))).toEqual(['next']);
    await clock.advance(1);
    expect(await trees(program('other'))).toEqual(['next', 'tree']);
    expect((await get('build', 'tree'))?.state).toMatchObject({ phase: 'building', by: 'ci' });
  });

  it('is given first what was pushed first, whatever its tree is called, and fifty at the most', async () => {
    const { wanted, move, clock } = await builds();
    const trees = ['m', 'z', 'a', 'k', ...Array.from({ length: 47 }, (_, index) => `b${index}`)];
    for (const tree of trees) {
      await move(head('develop', tree, { commit: tree }));
      await clock.advance(1);
    }
    expect((await wanted()).map(({ tree }) => tree)).toEqual(trees.slice(0, 50));
  });

  it('waits for work as long as it says, and is given it as soon as it is there', async () => {
    const { wanted, move, clock, store, project } = await builds();
    const answers: (readonly BuildRecord[])[] = [];
    const ask = async (waitMs: number) => answers.push(await wanted(ci, waitMs));
    const asked = [ask(30_000), ask(minuteMs)];
    await clock.advance(29_999);
    expect(answers).toEqual([]);
    await clock.advance(1);
    expect(answers).toEqual([[]]);
    await move(head('feature', 'nobody follows it'), head('main', 'nor builds it'));
    await store.chain(project);
    await clock.settle();
    expect(answers).toHaveLength(1);
    await move(head('develop', 'tree'));
    await store.chain(project);
    await Promise.all(asked);
    expect(answers[1]?.map(({ tree }) => tree)).toEqual(['tree']);
    expect(clock.waiting()).toBe(0);
  });

  it('is looked for work no more often than there is news', async () => {
    const { wanted, clock, store, project, move, put } = await builds();
    await put('release', release.id, release);
    const read = store.read.bind(store);
    let looks = 0;
    Object.assign(store, {
      read: async (work: Parameters<typeof read>[0]) => {
        looks += 1;
        if (looks === 8) throw new Error('it looks again and again');
        return read(work);
      },
    });
    const asked = wanted(ci, minuteMs);
    for (const commitThere of ['a', 'b']) {
      await move(head('release/1.0', release.manifest.tree, { commit: commitThere }));
      await store.chain(project);
      await clock.advance(1_000);
    }
    await clock.advance(minuteMs);
    expect(await asked).toEqual([]);
  });

  it('is not held where it does not want to wait', async () => {
    const { wanted, move } = await builds();
    expect(await wanted(ci, 0)).toEqual([]);
    await move(head('develop', 'tree'));
    expect(await wanted(ci, minuteMs)).toHaveLength(1);
  });

  it('cannot claim what another is at, nor what is built', async () => {
    const { claim, put, get } = await building();
    const refused = { kind: 'conflict', code: 'build-claimed' };
    await expect(claim('tree', program('other'))).rejects.toMatchObject(refused);
    const build = await get('build', 'tree');
    if (build === undefined) throw new Error('it was claimed');
    await put('build', 'tree', { ...build, state: { phase: 'built', at: build.wantedAt } });
    await expect(claim('tree')).rejects.toMatchObject(refused);
  });

  it('says once that a build failed, and with what', async () => {
    const { fail, told, get, clock, project } = await building();
    const failed = await fail('tree', `first line\n${'x'.repeat(5_000)}`);
    const { state } = failed;
    expect(state).toMatchObject({ phase: 'failed', at: clock.now() });
    expect(state.phase === 'failed' && state.detail.length).toBe(4_000);
    expect(await get('build', 'tree')).toEqual(failed);
    const event = (await told()).at(-1);
    expect(event).toMatchObject({
      project,
      kind: 'build.failed',
      actor: ci.actor,
      subject: 'build/tree',
      payload: { commit, tree: 'tree' },
    });
    expect(event?.message).toContain('first line');
    expect(event?.message).not.toMatch(/xx|\n/u);
    expect(event?.message).not.toContain(commit);
  });

  it('says nothing where another was quicker, and the tree has its release', async () => {
    const { fail, get, put, told } = await building();
    const build = await get('build', 'tree');
    if (build === undefined) throw new Error('it was claimed');
    const built: BuildRecord = { ...build, state: { phase: 'built', at: build.wantedAt } };
    await put('build', 'tree', built);
    expect(await fail('tree', 'too late')).toEqual(built);
    expect(await get('build', 'tree')).toEqual(built);
    expect((await told()).map(({ kind }) => kind)).not.toContain('build.failed');
  });

  it('is refused a tree that nobody wants built', async () => {
    const { claim, fail } = await builds();
    for (const refused of [claim('another'), fail('another', 'no')])
      await expect(refused).rejects.toMatchObject({ kind: 'absent', code: 'build-unknown' });
    const refused: unknown = await claim('x'.repeat(1_000)).catch((thrown: unknown) => thrown);
    expect(String(refused).length).toBeLessThan(200);
  });

  it('is a program that was let in, or a member of the project and nobody else', async () => {
    const { claim, fail, wanted, move } = await builds();
    await move(head('develop', 'tree'));
    for (const refused of [claim('tree', eve), fail('tree', 'no', eve), wanted(eve)])
      await expect(refused).rejects.toMatchObject({ code: 'role-unknown' });
    expect(await wanted(ada)).toHaveLength(1);
    expect((await claim('tree', ada)).state).toMatchObject({ by: 'ada@example.org' });
  });
});
