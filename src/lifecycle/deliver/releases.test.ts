import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { digestOf } from '../../domain/canonical.ts';
import { aReleaseOf } from '../../domain/environment.kit.ts';
import type { RolloutId } from '../../domain/ids.ts';
import type { Release } from '../../domain/release.ts';
import type { Caller, CreateRelease } from '../face.ts';
import { ada, aProjectWith, environmentNamed, eve, program } from '../kept.kit.ts';
import { createReleases } from './releases.ts';

const ci = program('ci');
const artifact = digestOf('web 1');
const commit = '0123456789abcdef';
const ask: CreateRelease = {
  tree: 'tree',
  commit,
  branch: 'develop',
  services: { web: { artifact } },
  commits: [{ id: commit, message: 'feat: begin', author: 'ada' }],
};
const mark = {
  reason: 'errors',
  environment: 'prod',
  rollout: 'rollout',
  at: 0,
} as unknown as Release['mark'];
const marked: Release = { ...aReleaseOf('1.0.0', { web: 'web 1' }), mark };

async function releases() {
  const following = (name: string, source?: string) => {
    const one = environmentNamed(name);
    return source === undefined ? one : { ...one, spec: { ...one.spec, source } };
  };
  const environments = [following('dev', 'develop'), following('sit', 'release/*'), following('prod')];
  const kept = await aProjectWith(environments);
  const face = createReleases(kept.parts, ({ version, id }) => ({ version, id }) as never);
  const { project, put } = kept;
  await kept.parts.objects.put(artifact, Readable.from([]));
  return {
    ...kept,
    create: (other: Partial<CreateRelease> = {}, caller: Caller = ci) =>
      face.createRelease(project, { ...ask, ...other }, caller),
    lift: (name: string, caller: Caller = ada, rollout?: string) =>
      face.liftMark(project, name, { reason: 'mended', rollout: rollout as RolloutId | undefined }, caller),
    upload: (digest: string, caller: Caller = ci) =>
      face.putArtifact(project, digest, Readable.from([]), caller),
    /** A branch with this tree at its head. */
    branch: (id: string, tree: string) =>
      put('branch', id, { id, project, commit, tree, at: kept.clock.now() }),
  };
}

describe('a release that is built', () => {
  it('is kept whole, and told once in the log (REL-5)', async () => {
    const { create, told, get, clock, project } = await releases();
    const { id, version } = await create();
    const services = { web: { artifact } };
    expect(await get('release', id)).toMatchObject({
      id,
      version: '1.0.0',
      manifest: { tree: 'tree', services },
      commit,
      branch: 'develop',
      notes: [{ kind: 'feature', text: 'begin' }],
      createdAt: clock.now(),
      createdBy: ci.actor,
      mark: null,
    });
    await create();
    const [event, ...others] = await told();
    expect(others).toEqual([]);
    expect(event).toMatchObject({
      project,
      kind: 'release.created',
      actor: ci.actor,
      environment: null,
      subject: `release/${id}`,
      payload: { release: id, version, tree: 'tree', commit, branch: 'develop', services },
    });
    expect(event?.message).toContain(commit.slice(0, 7));
    expect(event?.message).not.toContain(commit);
  });

  it('is another one with another schema of its configuration', async () => {
    const { create, get } = await releases();
    const configSchema = digestOf('schema');
    const { id } = await create({ services: { web: { artifact, configSchema } } });
    expect((await get('release', id))?.manifest.services).toEqual({ web: { artifact, configSchema } });
    await expect(create()).rejects.toMatchObject({ code: 'tree-released' });
  });

  it('counts on from the newest version, also where that is not kept with the project yet (REL-5)', async () => {
    const { create, put, get, project } = await releases();
    for (const version of ['1.10.0', '1.9.0', '1.2.0', '1.3.0', '1.4.0', '1.5.0']) {
      const one = aReleaseOf(version, { web: version });
      await put('release', one.id, one);
    }
    expect(await create()).toMatchObject({ version: '1.11.0' });
    expect(await get('project', project)).toMatchObject({ latestVersion: '1.11.0', name: 'access' });
    const fix = [{ id: 'a', message: 'fix: b', author: 'ada' }];
    expect(await create({ tree: 'next', commits: fix })).toMatchObject({ version: '1.11.1' });
  });

  it('counts on from the version that is kept with the project, without a look at any release', async () => {
    const { create, put, project, clock } = await releases();
    const kept = { id: project, name: 'access', createdAt: clock.now() };
    await put('project', project, { ...kept, latestVersion: '3.1.4' });
    expect(await create({}, ci)).toMatchObject({ version: '3.2.0' });
  });

  it('ends its build, and leaves one alone that had ended', async () => {
    const { create, put, get, project, clock } = await releases();
    const build = { id: 'tree', project, tree: 'tree', commit, branch: 'develop', wantedAt: clock.now() };
    await put('build', 'tree', { ...build, state: { phase: 'wanted' } });
    await create();
    const built = { ...build, state: { phase: 'built', at: clock.now() } };
    expect(await get('build', 'tree')).toEqual(built);
    await clock.advance(1000);
    await create();
    expect(await get('build', 'tree')).toEqual(built);
  });

  it('wakes the environments whose branch has its tree at its head, and no others (REL-1)', async () => {
    const { create, takeWoken, branch } = await releases();
    await branch('develop', 'another');
    await branch('feature', 'tree');
    await branch('release/1.0', 'tree');
    await create();
    expect(takeWoken()).toEqual(['environment/sit']);
  });

  it.each<[string, Partial<CreateRelease>, object]>([
    ['no service', { services: {} }, { code: 'release-empty' }],
    [
      'an artifact that is no digest',
      { services: { web: { artifact: 'web' } } },
      { code: 'digest-malformed' },
    ],
    [
      'an artifact with something before its digest',
      { services: { web: { artifact: `x${artifact}` } } },
      { code: 'digest-malformed' },
    ],
    [
      'an artifact with more than a digest',
      { services: { web: { artifact: `${artifact}0` } } },
      { code: 'digest-malformed' },
    ],
    [
      'a schema that is no digest',
      { services: { web: { artifact, configSchema: 'x' } } },
      { code: 'digest-malformed' },
    ],
    [
      'an artifact that nobody uploaded',
      { services: { web: { artifact }, orders: { artifact: digestOf('orders') } } },
      { code: 'artifact-missing', message: 'There is no artifact for orders.' },
    ],
  ])('is refused with %s', async (_, other, refused) => {
    const { create, told } = await releases();
    await expect(create(other)).rejects.toMatchObject({ kind: 'invalid', ...refused });
    expect(await told()).toEqual([]);
  });

  it('is refused by name where its tree was built otherwise', async () => {
    const { create, parts } = await releases();
    const [other, more] = [digestOf('web 2'), digestOf('mail')];
    for (const one of [other, more]) await parts.objects.put(one, Readable.from([]));
    const { id } = await create({
      services: { web: { artifact }, orders: { artifact }, jobs: { artifact } },
    });
    await expect(
      create({ services: { web: { artifact: other }, orders: { artifact }, mail: { artifact: more } } }),
    ).rejects.toMatchObject({
      kind: 'conflict',
      code: 'tree-released',
      facts: { version: '1.0.0', release: id, services: ['web', 'mail', 'jobs'] },
    });
  });

  it('is by a program that was let in, or a member of the project and nobody else', async () => {
    const { create, upload } = await releases();
    for (const refused of [create({}, eve), upload(digestOf('x'), eve)])
      await expect(refused).rejects.toMatchObject({ code: 'role-unknown' });
    expect(await create({}, ada)).toMatchObject({ version: '1.0.0' });
  });
});

describe('an artifact', () => {
  it('is kept under its digest', async () => {
    const { upload, parts } = await releases();
    await upload(digestOf('x'));
    expect(await parts.objects.has(digestOf('x'))).not.toBeNull();
  });

  it('is refused under what is none, which is not said again at length', async () => {
    const { upload } = await releases();
    const { message } = await upload('x'.repeat(1_000)).then(
      () => ({ message: '' }),
      (thrown: Error) => thrown,
    );
    expect(message).toContain('xx');
    expect(message.length).toBeLessThan(200);
  });
});

describe('the mark of a release', () => {
  it('is lifted by a member, with a reason, and all environments look again (REL-9)', async () => {
    const { lift, put, get, told, takeWoken, clock, project } = await releases();
    await put('release', marked.id, marked);
    expect(await lift('1.0.0')).toMatchObject({ id: marked.id });
    expect(await get('release', marked.id)).toEqual({ ...marked, mark: null });
    expect(await told()).toMatchObject([
      {
        project,
        kind: 'release.mark-lifted',
        at: clock.now(),
        actor: ada.actor,
        environment: null,
        subject: `release/${marked.id}`,
        payload: { reason: 'mended', mark },
      },
    ]);
    expect(takeWoken().toSorted()).toEqual(['environment/dev', 'environment/prod', 'environment/sit']);
  });

  it.each<[string, Caller, string]>([
    ['a program', ci, 'person-needed'],
    ['who has no role', eve, 'role-unknown'],
  ])('is not lifted by %s', async (_, caller, code) => {
    const { lift, put, get } = await releases();
    await put('release', marked.id, marked);
    await expect(lift('1.0.0', caller)).rejects.toMatchObject({ kind: 'denied', code });
    expect((await get('release', marked.id))?.mark).toEqual(mark);
  });

  it('is lifted as one saw it, and not one that it was given since (REL-9)', async () => {
    const { lift, put, get } = await releases();
    await put('release', marked.id, marked);
    await expect(lift('1.0.0', ada, 'the rollout before')).rejects.toMatchObject({
      kind: 'conflict',
      code: 'release-marked-anew',
    });
    expect(await get('release', marked.id)).toEqual(marked);
    await lift('1.0.0', ada, 'rollout');
    expect((await get('release', marked.id))?.mark).toBeNull();
  });

  it('is not lifted where there is none', async () => {
    const { lift, put } = await releases();
    await put('release', marked.id, { ...marked, mark: null });
    await expect(lift('1.0.0')).rejects.toMatchObject({ kind: 'conflict', code: 'release-unmarked' });
  });
});

it('a release is never called what runs already, though its own release was lost with a restore (REL-5)', async () => {
  const { create, put, get } = await releases();
  await create();
  const sit = await get('environment', 'sit');
  if (sit === undefined) throw new Error('it is there');
  const lost = (version: string) => ({ release: 'lost', version, artifact: digestOf(version) }) as never;
  const stable = { web: lost('1.1.0'), orders: lost('1.2.0') } as typeof sit.stable;
  await put('environment', 'sit', { ...sit, stable });
  expect((await create({ tree: 'another' })).version).toBe('1.3.0');
  expect((await create({ tree: 'a third' })).version).toBe('1.4.0');
});

it('a release wakes who follows its branch, however many others stand at the same tree (REL-1)', async () => {
  const { create, branch, takeWoken } = await releases();
  await branch('develop', 'tree');
  for (let at = 0; at < 200; at += 1) await branch(`feature/${at}`, 'tree');
  await create();
  expect(takeWoken()).toEqual(['environment/dev']);
});
