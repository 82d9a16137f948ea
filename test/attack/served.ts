import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Registry } from 'prom-client';
import { type Api, type ApiLimits, createApi } from '../../src/api/index.ts';
import { generateSigningKey, type KeyPair } from '../../src/domain/keys.ts';
import type { ActorId } from '../../src/domain/ids.ts';
import type { Log } from '../../src/domain/log.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { createIds } from '../../src/engine/ids.ts';
import { createEngine } from '../../src/engine/reconcile.ts';
import { createControlPlane, createReconcilers } from '../../src/lifecycle/control-plane.ts';
import type { ControlPlane } from '../../src/lifecycle/face.ts';
import { startChainer } from '../../src/lifecycle/operate/chainer.ts';
import { createKnownAgents } from '../../src/lifecycle/known-agents.ts';
import { createFigures, type Parts } from '../../src/lifecycle/parts.ts';
import { evidenceReaders, readerFor } from '../../src/providers/evidence/index.ts';
import { folderStore } from '../../src/providers/folder-store/store.ts';
import { createLaptopIdentity, createSignInFolder } from '../../src/providers/laptop-identity/index.ts';
import { openPostgres } from '../../src/store/postgres/store.ts';
import { testDatabase } from '../kit/postgres.ts';
import { ada } from './world.ts';

/** A control plane on a real PostgreSQL, as it runs on a laptop. It has no project yet. */
export interface Served extends AsyncDisposable {
  readonly api: Api;
  readonly parts: Parts;
  readonly control: ControlPlane;
  readonly key: KeyPair;
  /** Its bearer may everything that members may, one as whom it acts at a time. */
  readonly token: string;
  /** What it counts of itself. */
  readonly figures: Registry;
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
    agents: createKnownAgents(clock, store),
    publicKey: key.publicKey,
  };
  const control = createControlPlane(parts);
  const engine = createEngine({ store, queue, clock, log, reconcilers: createReconcilers(parts) });
  await engine.start();
  stack.defer(() => engine.stop());
  const chainer = startChainer({ store, clock, log, privateKey: key.privateKey, everyMs: 2000 });
  stack.defer(() => chainer.stop());
  const token = randomBytes(24).toString('base64url');
  const figures = new Registry();
  const api = await listen({ control, folder, token, log, limits, figures });
  stack.defer(() => api.close());
  const moved = stack.move();
  return { api, parts, control, key, token, figures, [Symbol.asyncDispose]: () => moved.disposeAsync() };
}

interface Listening {
  readonly control: ControlPlane;
  readonly folder: string;
  readonly token: string;
  readonly log: Log;
  readonly limits: Partial<ApiLimits>;
  readonly figures: Registry;
}

async function listen({ control, folder, token, log, limits, figures }: Listening): Promise<Api> {
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
    metrics: figures,
    limits,
  });
}
