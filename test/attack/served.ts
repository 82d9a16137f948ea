import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Api, type ApiLimits, createApi } from '../../src/api/index.ts';
import { digestOf } from '../../src/domain/canonical.ts';
import { generateSealingKey, generateSigningKey } from '../../src/domain/keys.ts';
import type { ActorId, EnvironmentName, ProjectId } from '../../src/domain/ids.ts';
import type { Log } from '../../src/domain/log.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { createIds } from '../../src/engine/ids.ts';
import { createEngine } from '../../src/engine/reconcile.ts';
import { createControlPlane, createReconcilers } from '../../src/lifecycle/control-plane.ts';
import { declareProject } from '../../src/lifecycle/declare/accept.ts';
import type { Caller, ControlPlane } from '../../src/lifecycle/face.ts';
import { startChainer } from '../../src/lifecycle/operate/chainer.ts';
import { createFigures, type Parts } from '../../src/lifecycle/parts.ts';
import { evidenceReaders, readerFor } from '../../src/providers/evidence/index.ts';
import { folderStore } from '../../src/providers/folder-store/store.ts';
import { createLaptopIdentity, createSignInFolder } from '../../src/providers/laptop-identity/index.ts';
import { openPostgres } from '../../src/store/postgres/store.ts';
import { parse } from '../kit/project-file.ts';
import { testDatabase } from '../kit/postgres.ts';
import { ada, aTree, bo, rungYaml } from './world.ts';

/** A control plane on a real PostgreSQL, as it runs on a laptop, with a project in which something waits. */
export interface Served extends AsyncDisposable {
  readonly api: Api;
  readonly control: ControlPlane;
  readonly project: ProjectId;
  /** Its bearer may everything that members may, one as whom it acts at a time. */
  readonly token: string;
}

export async function serve(log: Log, limits: Partial<ApiLimits> = {}): Promise<Served> {
  await using stack = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'rung-served-'));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const database = await testDatabase();
  const clock = systemClock;
  const { store, queue } = await openPostgres({ url: database.url, clock, log });
  stack.defer(async () => {
    await store.close();
    await database.drop();
  });
  const key = generateSigningKey();
  const parts: Parts = {
    store,
    clock,
    newId: createIds(clock),
    objects: folderStore({ folder: join(folder, 'artifacts') }),
    readers: { known: evidenceReaders, guess: readerFor },
    figures: createFigures(),
    publicKey: key.publicKey,
  };
  const control = createControlPlane(parts);
  const project = await declare(parts);
  const engine = createEngine({ store, queue, clock, log, reconcilers: createReconcilers(parts) });
  await engine.start();
  stack.defer(() => engine.stop());
  const chainer = startChainer({ store, clock, log, privateKey: key.privateKey, everyMs: 2000 });
  stack.defer(() => chainer.stop());
  await begin(control, project);
  const token = randomBytes(24).toString('base64url');
  const api = await listen({ control, folder, token, log, limits });
  stack.defer(() => api.close());
  const moved = stack.move();
  return { api, control, project, token, [Symbol.asyncDispose]: () => moved.disposeAsync() };
}

async function declare(parts: Parts): Promise<ProjectId> {
  const parsed = parse(rungYaml);
  const names = Object.keys(parsed.file.environments) as EnvironmentName[];
  const keys = Object.fromEntries(
    names.map((name) => [
      name,
      { signing: generateSigningKey().publicKey, sealing: generateSealingKey().publicKey },
    ]),
  );
  const by = { kind: 'person', id: ada as ActorId } as const;
  return (await declareProject(parts, { ...parsed, branch: 'main', keys, by })).project;
}

const as = (person: string): Caller => ({
  actor: { kind: 'person', id: person as ActorId },
  scopes: 'all',
  person: person as ActorId,
});

/** One of most things, so that a reader of the API finds something by its id. */
async function begin(control: ControlPlane, project: ProjectId): Promise<void> {
  const bytes = async function* () {
    yield Buffer.from('made');
  };
  const artifact = digestOf('made');
  await control.putArtifact(project, artifact, bytes(), as(bo));
  const at = { tree: aTree, commit: aTree, branch: 'develop' };
  const release = await control.createRelease(
    project,
    { ...at, services: { web: { artifact } }, commits: [{ id: aTree, message: 'feat: begin', author: bo }] },
    as(bo),
  );
  const ask = { release: release.version, to: 'prod', emergency: true, reason: 'the first' };
  await control.requestPromotion(project, ask, as(bo));
  const other = aTree.replaceAll('a', 'b');
  await control.branchesMoved(project, [{ ref: 'develop', commit: other, tree: other }]);
}

async function listen({
  control,
  folder,
  token,
  log,
  limits,
}: {
  readonly control: ControlPlane;
  readonly folder: string;
  readonly token: string;
  readonly log: Log;
  readonly limits: Partial<ApiLimits>;
}): Promise<Api> {
  const signInMemory = createSignInFolder(join(folder, 'sign-ins'), systemClock);
  const identity = createLaptopIdentity({ clock: systemClock, memory: signInMemory });
  return createApi({
    controlPlane: control,
    clock: systemClock,
    log,
    identity,
    signInMemory,
    sessionKey: randomBytes(32),
    listen: { host: '127.0.0.1', port: 0 },
    webFolder: null,
    laptop: { owner: ada as ActorId, links: identity, token: Buffer.from(token) },
    limits,
  });
}
