import { afterAll } from 'vitest';
import type { Actor } from '../../../src/domain/actor.ts';
import { digestOf } from '../../../src/domain/canonical.ts';
import type { ActorId, Digest, EnvironmentName, ProjectId } from '../../../src/domain/ids.ts';
import { generateSealingKey, generateSigningKey } from '../../../src/domain/keys.ts';
import { silentLog } from '../../../src/domain/log.ts';
import { createEngine } from '../../../src/engine/reconcile.ts';
import { createIds } from '../../../src/engine/ids.ts';
import { createVirtualClock, someMoment, type VirtualClock } from '../../../src/engine/virtual-clock.ts';
import { createControlPlane, createReconcilers } from '../../../src/lifecycle/control-plane.ts';
import { createAgentFace } from '../../../src/lifecycle/deliver/agent-side.ts';
import { declareProject, type Declared } from '../../../src/lifecycle/declare/accept.ts';
import { parseProjectFile } from '../../../src/lifecycle/declare/parse.ts';
import type { Caller, ControlPlane } from '../../../src/lifecycle/face.ts';
import type { AgentFace } from '../../../src/lifecycle/agent-face.ts';
import { createFigures, type Parts } from '../../../src/lifecycle/parts.ts';
import type { ObjectStore } from '../../../src/ports/object-store.ts';
import { openMemory } from '../../../src/store/memory/store.ts';

/** A whole control plane in memory and virtual time: the code that decides in production, and nothing else. */
export interface Plane {
  readonly clock: VirtualClock;
  readonly parts: Parts;
  readonly control: ControlPlane;
  readonly agents: AgentFace;
  readonly project: ProjectId;
  readonly declared: Declared;
  /** Makes a release whose artifacts are what these words say. */
  release(message: string, services?: Readonly<Record<string, string>>): Promise<string>;
  as(person: string): Caller;
  chainNow(): Promise<void>;
}

export async function openPlane(rungYaml: string): Promise<Plane> {
  const clock = createVirtualClock(someMoment);
  const { store, queue } = openMemory({ clock });
  const parts: Parts = {
    store,
    clock,
    newId: createIds(clock),
    objects: rememberingObjects(),
    figures: createFigures(),
    publicKey: generateSigningKey().publicKey,
  };
  const engine = createEngine({ store, queue, clock, log: silentLog, reconcilers: createReconcilers(parts) });
  const control = createControlPlane(parts);
  const parsed = parseProjectFile(new TextEncoder().encode(rungYaml), 'rung.yaml');
  const keys = Object.fromEntries(
    Object.keys(parsed.file.environments).map((name) => [
      name,
      { signing: generateSigningKey().publicKey, sealing: generateSealingKey().publicKey },
    ]),
  ) as Record<EnvironmentName, { signing: string; sealing: string }>;
  const by: Actor = { kind: 'person', id: 'owner@example.org' as ActorId };
  const declared = await declareProject(parts, { ...parsed, branch: 'main', keys, by });
  const { project } = declared;
  const chain = store.onAppended((of) => void store.chain(of));
  await engine.start();
  await store.chain(project);
  afterAll(async () => {
    chain[Symbol.dispose]();
    await engine.stop();
    await store.close();
  });
  let built = 0;
  return {
    clock,
    parts,
    control,
    agents: createAgentFace(parts, project),
    project,
    declared,
    as: (person) => ({
      actor: { kind: 'person', id: person as ActorId },
      scopes: 'all',
      person: person as ActorId,
    }),
    chainNow: async () => void (await store.chain(project)),
    release: async (message, services = { web: 'web', orders: 'orders' }) => {
      built += 1;
      const tree = digestOf(`tree ${built}`).slice(7, 47);
      const artifacts = Object.fromEntries(
        Object.entries(services).map(([name, content]) => [
          name,
          { artifact: digestOf(`${name} ${content} ${built}`) as string },
        ]),
      );
      for (const { artifact } of Object.values(artifacts))
        await parts.objects.put(artifact as Digest, nothing());
      await control.branchesMoved(project, [{ ref: 'develop', commit: tree, tree }]);
      const view = await control.createRelease(
        project,
        {
          tree,
          commit: tree,
          branch: 'develop',
          services: artifacts,
          commits: [{ id: tree, message, author: 'ada' }],
        },
        {
          actor: { kind: 'token', id: 'builder' as ActorId, name: 'builder' },
          scopes: ['build'],
          person: null,
        },
      );
      await clock.settle();
      return view.version;
    },
  };
}

async function* nothing(): AsyncIterable<Uint8Array> {
  await Promise.resolve();
}

/** Takes any bytes under any digest: what is simulated here is deciding, not storing. */
function rememberingObjects(): ObjectStore {
  const known = new Set<string>();
  return {
    put: async (digest) => {
      known.add(digest);
      return { stored: true, size: 0 };
    },
    get: () => nothing(),
    has: async (digest) => (known.has(digest) ? 0 : null),
  };
}
