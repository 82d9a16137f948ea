import { describe, expect, it } from 'vitest';
import { aReleaseOf } from '../domain/environment.kit.ts';
import { digestOf } from '../domain/canonical.ts';
import { type EnvironmentName, instant, type ReleaseId } from '../domain/ids.ts';
import type { ProjectFile } from '../domain/project-file/types.ts';
import { aFile, aProjectWith, environmentNamed } from './kept.kit.ts';
import * as lookup from './lookup.ts';

const [dev, test] = [environmentNamed('dev'), environmentNamed('test')] as const;
const gone = environmentNamed('gone', { retiredAt: instant(1) });
const { project } = dev;
const names = (environments: readonly { readonly name: string }[]): readonly string[] =>
  environments.map(({ name }) => name).toSorted();

describe('an environment', () => {
  it('is found by its name, also where one of that name was retired', async () => {
    const before = { ...gone, name: dev.name };
    const { store } = await aProjectWith([before, dev]);
    const found = await store.read((tx) => lookup.environmentNamed(tx, project, 'dev'));
    expect(found.value).toEqual(dev);
  });

  it.each([
    ['it was retired', [dev, test, gone], 'gone', /dev.*test|test.*dev/u],
    ['there never was one', [dev], 'other', /dev/u],
    ['nothing is declared', [], 'dev', /rung\.yaml/u],
    [
      'there are very many',
      Array.from({ length: 21 }, (_, index) => environmentNamed(`e-${index}`)),
      'dev',
      /--search/u,
    ],
  ])('is not known where %s, with a way out', async (_, environments, name, wayOut) => {
    const { store } = await aProjectWith(environments);
    const asked = store.read((tx) => lookup.environmentNamed(tx, project, name));
    const thrown = await asked.catch((one: unknown) => one);
    expect(thrown).toMatchObject({ kind: 'absent', code: 'environment-unknown' });
    expect((thrown as { readonly wayOut: string }).wayOut).toMatch(wayOut);
  });

  it('is one of those that are not retired', async () => {
    const { store } = await aProjectWith([dev, test, gone]);
    expect(names(await store.read((tx) => lookup.allEnvironments(tx, project)))).toEqual(['dev', 'test']);
    const asked = ['dev', 'gone', 'nowhere'] as EnvironmentName[];
    expect(names(await store.read((tx) => lookup.environmentsNamed(tx, project, asked)))).toEqual(['dev']);
    expect(await store.read((tx) => lookup.environmentsNamed(tx, project, []))).toEqual([]);
  });

  it('is among all of them, however many pages there are', async () => {
    const { store } = await aProjectWith(
      Array.from({ length: 401 }, (_, index) => environmentNamed(`e-${index}`)),
    );
    const all = await store.read((tx) => lookup.allEnvironments(tx, project));
    expect(new Set(names(all)).size).toBe(401);
  });
});

describe('a release', () => {
  const release = aReleaseOf('1.2.0', { web: 'web 1' });

  it.each(['1.2.0', 'v1.2.0', release.id])('is found by version or id: %s', async (name) => {
    const { store, put } = await aProjectWith();
    await put('release', release.id, release);
    expect((await store.read((tx) => lookup.releaseNamed(tx, project, name))).value).toEqual(release);
  });

  it.each(['1.2.1', 'vv1.2.0', 'v', digestOf('another')])('is not known by %s', async (name) => {
    const { store, put } = await aProjectWith();
    await put('release', release.id, release);
    await expect(store.read((tx) => lookup.releaseNamed(tx, project, name))).rejects.toMatchObject({
      kind: 'absent',
      code: 'release-unknown',
    });
  });

  it.each(['vnext', 'next-v2'])('is found by a version that has a v of its own: %s', async (version) => {
    const { store, put } = await aProjectWith();
    const odd = { ...release, id: 'odd' as ReleaseId, version };
    await put('release', odd.id, odd);
    expect((await store.read((tx) => lookup.releaseNamed(tx, project, version))).value).toEqual(odd);
  });
});

describe('the rules in force', () => {
  const older: ProjectFile = { ...aFile, project: 'older' };
  const rulesOf = (name: string, acceptedAt: number) =>
    environmentNamed(name, {
      rules: { ...dev.rules, file: digestOf(name), acceptedAt: instant(acceptedAt) },
    });

  it('are those that were accepted for the environment', async () => {
    const { store, put } = await aProjectWith([dev]);
    await put('rules', digestOf('old'), { id: digestOf('old'), project, file: older, text: '' });
    const old = rulesOf('old', 1);
    expect(await store.read((tx) => lookup.rulesFor(tx, old))).toEqual(older);
    expect(await store.read((tx) => lookup.rulesFor(tx, dev))).toEqual(aFile);
    await expect(store.read((tx) => lookup.rulesFor(tx, rulesOf('lost', 1)))).rejects.toMatchObject({
      kind: 'defect',
      code: 'rules-missing',
    });
  });

  it('of the project are what is kept with it', async () => {
    const { store, put } = await aProjectWith([dev]);
    const inForce = { file: dev.rules.file, unnamed: [dev.name] };
    await put('project', project, { id: project, name: 'access', createdAt: instant(0), inForce });
    expect(await store.read((tx) => lookup.fileInForce(tx, project))).toEqual({
      file: aFile,
      unnamed: [dev.name],
    });
    expect(await store.read((tx) => lookup.anyRules(tx, project))).toEqual(aFile);
  });

  it.each([
    ['nothing is kept with it', null],
    ['what is kept with it is gone', { file: digestOf('gone'), unnamed: [] }],
  ])('of the project are those accepted last, where %s', async (_, inForce) => {
    const [first, last] = [rulesOf('first', 1), rulesOf('last', 2)];
    const { store, put } = await aProjectWith([
      first,
      last,
      { ...rulesOf('retired', 3), retiredAt: instant(4) },
    ]);
    const file: ProjectFile = { ...older, environments: { [first.name]: {} as never } };
    await put('rules', first.rules.file, { id: first.rules.file, project, file: aFile, text: '' });
    await put('rules', last.rules.file, { id: last.rules.file, project, file, text: '' });
    const kept = { id: project, name: 'access', createdAt: instant(0) };
    await put('project', project, inForce === null ? kept : { ...kept, inForce });
    expect(await store.read((tx) => lookup.fileInForce(tx, project))).toEqual({ file, unnamed: ['last'] });
  });

  it('are none where nothing was accepted yet', async () => {
    const { store, put } = await aProjectWith();
    await put('project', project, { id: project, name: 'access', createdAt: instant(0) });
    await expect(store.read((tx) => lookup.anyRules(tx, project))).rejects.toMatchObject({
      kind: 'absent',
      code: 'project-undeclared',
    });
  });
});
