import { describe, expect, it } from 'vitest';
import type { Actor } from '../../src/domain/actor.ts';
import type { ChainedEvent } from '../../src/domain/event.ts';
import { Failure } from '../../src/domain/failure.ts';
import type { ActorId, Digest } from '../../src/domain/ids.ts';
import { declareProject } from '../../src/lifecycle/declare/accept.ts';
import { parseProjectFile } from '../../src/lifecycle/declare/parse.ts';
import type { Plane } from '../../src/simulate/world/plane.ts';
import { seededBytes } from '../../src/simulate/world/seeded-bytes.ts';
import { openMemory } from '../../src/store/memory/store.ts';
import { openPlane, retire } from '../kit/plane.ts';
import { rungYaml } from './ladder.kit.ts';

const owner: Actor = { kind: 'person', id: 'owner@example.org' as ActorId };
const bo: Actor = { kind: 'person', id: 'bo@example.org' as ActorId };
const keysOf = (name: string) => ({ signing: `signing key of ${name}`, sealing: `sealing key of ${name}` });
const parsed = (text: string) => parseProjectFile(new TextEncoder().encode(text), 'rung.yaml');

const weaker = rungYaml.replace('count: 2,', 'count: 1,').replace('distinct-roles: 2, ', '');
const wider = rungYaml
  .replace('  prod:', '  sit: { tier: staging }\n  prod:')
  .replace('    - environment: prod', '    - environment: sit\n    - environment: prod');

const declare = (plane: Plane, text: string, keys = {}) =>
  declareProject(plane.parts, { ...parsed(text), branch: 'main', keys, by: bo });

async function eventsOf(plane: Plane, after = 0): Promise<readonly ChainedEvent[]> {
  await plane.chainNow();
  return plane.parts.store.events(plane.project, after, 1000);
}
const kindsOf = (events: readonly ChainedEvent[]): readonly string[] => events.map(({ kind }) => kind);

const environmentsOf = ({ parts, project }: Plane) =>
  parts.store.read((tx) => tx.list(project, 'environment'));

describe('a project that is declared', () => {
  it('tells of itself, and of each environment with its rules (AUD-1)', async () => {
    const plane = await openPlane(rungYaml);
    const { file, digest } = parsed(rungYaml);
    const [created, ...declared] = await eventsOf(plane);
    expect(created).toMatchObject({
      kind: 'project.created',
      environment: null,
      actor: owner,
      subject: `project/${plane.project}`,
      payload: { name: 'access' },
    });
    expect(declared).toMatchObject(
      plane.declared.environments.map(({ name, id }) => ({
        kind: 'environment.declared',
        environment: id,
        actor: owner,
        subject: `environment/${id}`,
        payload: { file: digest, branch: 'main', spec: file.environments[name] },
      })),
    );
    expect(declared).toHaveLength(3);
    expect(declared.every(({ message }) => message.includes('was declared'))).toBe(true);
    expect(new Set(plane.declared.environments.map(({ id }) => id)).size).toBe(3);
  });

  it('has an agent with keys of its own for each environment', async () => {
    const plane = await openPlane(rungYaml);
    const { items } = await plane.parts.store.read((tx) => tx.list(plane.project, 'agent'));
    const byId = new Map(items.map(({ value }) => [value.id, value]));
    for (const { agent, id, name } of plane.declared.environments)
      expect(byId.get(agent)).toEqual({
        id: agent,
        project: plane.project,
        environments: [id],
        keys: [{ ...keysOf(name), addedAt: expect.any(Number) as number, revokedAt: null }],
        lastHeardAt: null,
        boot: null,
      });
    expect(items).toHaveLength(3);
  });

  it('is kept with the file that rules it, and who put it there', async () => {
    const plane = await openPlane(rungYaml);
    const { digest } = parsed(rungYaml);
    const { items } = await environmentsOf(plane);
    for (const { value } of items)
      expect(value).toMatchObject({
        rules: { file: digest, branch: 'main', acceptedBy: owner },
        revision: 1,
        retiredAt: null,
        stable: {},
        deployments: [],
        validation: null,
      });
    const project = await plane.parts.store.read((tx) => tx.get(plane.project, 'project', plane.project));
    expect(project?.value).toMatchObject({ name: 'access', inForce: { file: digest, unnamed: [] } });
  });
});

describe('whoever works on a project', () => {
  it('is woken once its rules are accepted', async () => {
    const plane = await openPlane(rungYaml);
    const { store, queue } = openMemory({ clock: plane.clock, random: seededBytes(2) });
    const woken: string[] = [];
    await queue.start(async (key) => void woken.push(key));
    const declaration = { ...parsed(rungYaml), branch: 'main', keys: {}, by: owner };
    const { project } = await declareProject({ ...plane.parts, store }, declaration);
    await plane.clock.settle();
    await queue.stop();
    expect(new Set(woken)).toEqual(new Set([`project/${project}`]));
    await store.close();
  });
});

describe('a project that is declared again', () => {
  it('is left as it is by the same file', async () => {
    const plane = await openPlane(rungYaml);
    const before = await eventsOf(plane);
    const again = await declare(plane, rungYaml);
    expect(again).toEqual(plane.declared);
    expect(await eventsOf(plane, before.length)).toEqual([]);
  });

  it('gets what another file names, and keeps what that does not', async () => {
    const plane = await openPlane(rungYaml);
    const before = await eventsOf(plane);
    const { environments } = await declare(plane, wider);
    expect(environments.map(({ name, waiting }) => [name, waiting])).toEqual([
      ['dev', []],
      ['test', []],
      ['sit', []],
      ['prod', []],
    ]);
    const events = await eventsOf(plane, before.length);
    expect(kindsOf(events).filter((kind) => kind === 'environment.declared')).toHaveLength(1);
    const accepted = events.filter(({ kind }) => kind === 'rules.accepted');
    expect(accepted).toHaveLength(3);
    expect(accepted.some(({ message }) => message.includes('was declared'))).toBe(false);
    expect(events.every(({ kind, actor }) => kind === 'desired.changed' || 'id' in actor)).toBe(true);
    const sit = environments.find(({ name }) => name === 'sit');
    const agent = await plane.parts.store.read((tx) => tx.get(plane.project, 'agent', sit?.agent ?? ''));
    expect(agent?.value.keys).toEqual([]);
    await declare(plane, rungYaml);
    expect((await environmentsOf(plane)).items).toHaveLength(4);
    const project = await plane.parts.store.read((tx) => tx.get(plane.project, 'project', plane.project));
    expect(project?.value.inForce).toEqual({ file: parsed(rungYaml).digest, unnamed: ['sit'] });
  });

  it('says what waits where the file would weaken what is protected (INF-7)', async () => {
    const plane = await openPlane(rungYaml);
    const { environments } = await declare(plane, weaker);
    const waiting = environments.filter((one) => one.waiting.length > 0);
    expect(waiting.map(({ name }) => name)).toEqual(['prod']);
    expect((await declare(plane, weaker)).environments).toEqual(environments);
  });

  it('gets an environment anew that was retired under the same name', async () => {
    const plane = await openPlane(rungYaml);
    const [{ id, name } = { id: '', name: '' }] = plane.declared.environments;
    await retire(plane, id);
    const { environments } = await declare(plane, rungYaml, { [name]: keysOf(name) });
    const anew = environments.find((one) => one.name === name);
    expect(anew?.id).not.toBe(id);
    expect(environments.slice(1)).toEqual(plane.declared.environments.slice(1));
    expect((await plane.control.environment(plane.project, name)).id).toBe(anew?.id);
  });

  it('is made once by two who declare it at one moment', async () => {
    const plane = await openPlane(rungYaml);
    const other = rungYaml.replace('project: access', 'project: other');
    const [first, second] = await Promise.all([declare(plane, other), declare(plane, other)]);
    expect(first).toEqual(second);
    expect((await plane.parts.store.projects()).map(({ name }) => name)).toEqual(
      expect.arrayContaining(['access', 'other']),
    );
    expect(await plane.parts.store.projects()).toHaveLength(2);
  });

  it.each([new Error('no store'), new Failure('unavailable', 'database-silent', 'It says nothing.')])(
    'is asked for once where the store fails: %s',
    async (failure) => {
      const plane = await openPlane(rungYaml);
      let asked = 0;
      const projects = () => {
        asked += 1;
        return Promise.reject(failure);
      };
      const parts = { ...plane.parts, store: { ...plane.parts.store, projects } };
      const declaration = { ...parsed(rungYaml), branch: 'main', keys: {}, by: bo };
      await expect(declareProject(parts, declaration)).rejects.toBe(failure);
      expect(asked).toBe(1);
    },
  );
});

describe('the rules that a transaction accepts', () => {
  it('are noted with the project by each that accepts others', async () => {
    const plane = await openPlane(rungYaml);
    const inForce = async (): Promise<Digest | undefined> =>
      (await plane.parts.store.read((tx) => tx.get(plane.project, 'project', plane.project)))?.value.inForce
        ?.file;
    for (const text of [
      wider.replace('soak: 10m', 'soak: 1m'),
      wider,
      wider.replace('soak: 10m', 'soak: 1m'),
    ]) {
      await declare(plane, text);
      expect(await inForce()).toBe(parsed(text).digest);
    }
  });
});
