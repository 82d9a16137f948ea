import { digestOf } from '../domain/canonical.ts';
import { anEmptyEnvironment } from '../domain/environment.kit.ts';
import type { Environment } from '../domain/environment.ts';
import type { ChainedEvent } from '../domain/event.ts';
import type { ActorId, Digest, EnvironmentId, EnvironmentName, RoleName } from '../domain/ids.ts';
import type { ProjectFile } from '../domain/project-file/types.ts';
import type { RecordKind, Records, WakeUp } from '../engine/store.ts';
import { createVirtualClock, someMoment } from '../engine/virtual-clock.ts';
import { openMemoryStore } from '../store/memory/store.ts';
import type { Caller } from './face.ts';
import { createKnownAgents } from './known-agents.ts';
import { createFigures, type Parts } from './parts.ts';

const { project } = anEmptyEnvironment;

/** Ada alone has a role. */
export const aFile: ProjectFile = {
  rung: 1,
  project: 'access',
  roles: { ['lead' as RoleName]: { members: ['ada@example.org' as ActorId] } },
  services: {},
  environments: {},
  pipelines: {},
};

export const person = (id: string): Caller => ({
  actor: { kind: 'person', id: id as ActorId },
  scopes: 'all',
  person: id as ActorId,
});
export const ada = person('ada@example.org');
/** Has no role. */
export const eve = person('eve@example.org');
export const program = (name: string): Caller => ({
  actor: { kind: 'token', id: name as ActorId, name },
  scopes: ['build'],
  person: null,
});

export const environmentNamed = (name: string, other: Partial<Environment> = {}): Environment => ({
  ...anEmptyEnvironment,
  id: name as EnvironmentId,
  name: name as EnvironmentName,
  ...other,
});

/** What a use case works with, in memory and virtual time: a project whose file was accepted, and these environments. */
export async function aProjectWith(environments: readonly Environment[] = [], file: ProjectFile = aFile) {
  const clock = createVirtualClock(someMoment);
  const woken: WakeUp[] = [];
  const store = openMemoryStore({}, (wakeUps) => void woken.push(...wakeUps));
  const artifacts = new Set<Digest>();
  const parts: Parts = {
    store,
    clock,
    newId: () => 'an id',
    objects: {
      has: async (digest) => (artifacts.has(digest) ? 0 : null),
      put: async (digest) => {
        artifacts.add(digest);
        return { stored: true, size: 0 };
      },
      keep: () => Promise.reject(new Error('nothing is kept here')),
      get: () => {
        throw new Error('nothing is given here');
      },
    },
    readers: { known: new Map(), guess: () => null },
    figures: createFigures(),
    agents: createKnownAgents(clock, store),
    publicKey: '',
  };
  const get = <K extends RecordKind>(kind: K, id: string): Promise<Records[K] | undefined> =>
    store.read(async (tx) => (await tx.get(project, kind, id))?.value);
  const put = <K extends RecordKind>(kind: K, id: string, value: Records[K]): Promise<unknown> =>
    store.transaction(async (tx) => {
      const version = (await tx.get(project, kind, id))?.version ?? 0;
      await tx.put(project, kind, id, value, version);
    });
  const rules = digestOf('rules');
  await put('rules', rules, { id: rules, project, file, text: '' });
  await put('project', project, {
    id: project,
    name: file.project,
    createdAt: someMoment,
    inForce: { file: rules, unnamed: [] },
  });
  for (const one of environments) await put('environment', one.id, one);
  return {
    parts,
    clock,
    store,
    project,
    get,
    put,
    /** What was woken since this was asked last. */
    takeWoken: (): readonly string[] => woken.splice(0).map(({ key }) => key),
    /** The whole log. */
    told: async (): Promise<readonly ChainedEvent[]> => {
      await store.chain(project);
      return store.events(project, 0, 1_000);
    },
  };
}

export type AProject = Awaited<ReturnType<typeof aProjectWith>>;
