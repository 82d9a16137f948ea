import { setMaxIdleHTTPParsers } from 'node:http';
import { join } from 'node:path';
import type { Registry } from 'prom-client';
import { freePort, isSoonFree, portRanges } from '../protocol/free-port.ts';
import { createAgentListener } from '../api/agents/listener.ts';
import { type Api, createApi } from '../api/index.ts';
import type { Log } from '../domain/log.ts';
import { type EnvironmentName, later } from '../domain/ids.ts';
import type { KeyPair } from '../domain/keys.ts';
import { systemClock } from '../engine/clock.ts';
import { createIds } from '../engine/ids.ts';
import { createEngine } from '../engine/reconcile.ts';
import type { Store } from '../engine/store.ts';
import { createControlPlane, createReconcilers } from '../lifecycle/control-plane.ts';
import { headsSeen } from '../lifecycle/deliver/builds.ts';
import { type Declared, declareProject } from '../lifecycle/declare/accept.ts';
import { readProjectFile } from '../lifecycle/declare/read.ts';
import { createAgentFace } from '../lifecycle/deliver/agent-side.ts';
import type { ControlPlane } from '../lifecycle/face.ts';
import { startAlarmWatch } from '../lifecycle/operate/alarms/watch.ts';
import { startChainer } from '../lifecycle/operate/chainer.ts';
import { noteSilence } from '../lifecycle/operate/agent-silence.ts';
import { startPayloadExpiry } from '../lifecycle/operate/payload-expiry.ts';
import { sweepEvery } from '../lifecycle/operate/sweeps.ts';
import { startQuestioner } from '../lifecycle/promote/questioner.ts';
import { createKnownAgents } from '../lifecycle/known-agents.ts';
import { createFigures, type Parts } from '../lifecycle/parts.ts';
import { wakeAll, wakeWhenClockIsSet } from '../lifecycle/wake-all.ts';
import { alarmSources } from '../providers/alarms/index.ts';
import { evidenceReaders, readerFor } from '../providers/evidence/index.ts';
import { removeLeftDrafts } from '../providers/folder-store/drafts.ts';
import { folderStore } from '../providers/folder-store/store.ts';
import { localForge } from '../providers/git/forge.ts';
import { createLaptopIdentity, createSignInFolder } from '../providers/laptop-identity/index.ts';
import { createWebhook } from '../providers/webhook/index.ts';
import { openPostgres } from '../store/postgres/store.ts';
import { alarmTokens } from './alarm-token.ts';
import { readAddress, writeAddress } from './address.ts';
import { writeAgentFile } from './agent-file.ts';
import { renewBuilderToken, writeBuilderToken } from './builder-token.ts';
import { dataFolder, type DataFolder, environmentFolder, hiddenFrom } from './data-folder.ts';
import { homeOf } from './folder-identity.ts';
import { cliToken, controlKey, environmentKeys, sessionKey } from './keys.ts';
import { followForge } from './follow-forge.ts';
import { engineMetrics, ProgramFigures } from './metrics.ts';
import { databaseUrlOf, readOptions, type UpOptions } from './options.ts';
import { webFolder } from './own-package.ts';
import { controlSocket } from './replicas.ts';
import { onceAvailable } from './waiting.ts';

export interface RunningControlPlane {
  stop(): Promise<void>;
}

const clock = systemClock;
/** Of connections that ended, kept for the next ones at 10 kB each; Node itself keeps a thousand. */
const idleParsers = 32;

/**
 * The control plane as it runs on a laptop: decides, and holds no credential of any environment. Any number of replicas
 * run from one data folder; each has its own number.
 */
export async function runControlPlane(root: string, log: Log, replica = 1): Promise<RunningControlPlane> {
  setMaxIdleHTTPParsers(idleParsers);
  await using stack = new AsyncDisposableStack();
  const data = dataFolder(root);
  const options = await readOptions(data);
  const key = await controlKey(data);
  const { store, queue } = await onceAvailable(
    async () =>
      openPostgres({ url: await databaseUrlOf(data, options), clock, log, home: await homeOf(data) }),
    clock,
    log,
  );
  stack.defer(() => store.close());
  const parts = partsOf(data, store, key);
  const control = createControlPlane(parts);
  const declared = await declare(parts, data, options);
  const metrics = new ProgramFigures();
  const engine = createEngine({
    store,
    queue,
    clock,
    log,
    reconcilers: createReconcilers(parts),
    onReconciled: engineMetrics(metrics),
  });
  const chainer = startChainer({ store, clock, log, privateKey: key.privateKey, everyMs: 2000 });
  stack.defer(() => chainer.stop());
  const open = alarmSources(alarmTokens(data, process.env));
  const alarms = startAlarmWatch({ store, clock, log, open });
  stack.defer(() => alarms.stop());
  stack.defer(() => engine.stop());
  stack.use(wakeWhenClockIsSet({ store, clock }));
  // None of the three needs the others.
  const begun = wakeAll({ store, clock }).then(() => engine.start());
  const ready = async (): Promise<void> => void (await store.projects());
  const [agents, api] = await Promise.all([
    listenToAgents({ parts, data, declared, key, replica, log }),
    listenToPeople({ control, data, replica, options, metrics, ready, log }),
    begun,
  ]);
  stack.use(agents);
  stack.defer(() => api.close());
  const questioner = startQuestioner({
    store,
    clock,
    log,
    hook: createWebhook({ clock, privateKey: key.privateKey }),
    privateKey: key.privateKey,
    origin: () => api.address,
  });
  stack.defer(() => questioner.stop());
  const drafts = sweepDrafts(data, log);
  stack.defer(() => drafts.stop());
  const expiry = startPayloadExpiry({ store, clock, log });
  stack.defer(() => expiry.stop());
  const silence = noteSilence({ ...parts, log });
  stack.defer(() => silence.stop());
  const { project } = declared;
  const seen = () => headsSeen(store, project);
  stack.use(await followForge(control, localForge(data.repository), project, log, seen));
  // One of them sees to it: all would make one each.
  if (replica === 1) {
    const ofBuilder = { control, data, project: declared.project, owner: options.owner };
    await writeBuilderToken(ofBuilder, clock.now());
    stack.use(renewBuilderToken(ofBuilder, clock, log));
  }
  await writeAddress(data, replica, { url: api.address, project: declared.project, pid: process.pid });
  log.info({ address: api.address, project: declared.project }, 'The control plane is up');
  const running = stack.move();
  return { stop: () => running.disposeAsync() };
}

const dayMs = 86_400_000;

/** Nobody writes at one artifact for a day. */
const sweepDrafts = (data: DataFolder, log: Log) =>
  sweepEvery(clock, dayMs, async () => {
    try {
      const removed = await removeLeftDrafts(data.artifacts, later(clock.now(), -dayMs));
      if (removed > 0) log.info({ removed }, 'Removed what broken uploads had left');
    } catch (thrown) {
      log.warn({ error: String(thrown) }, 'What broken uploads left is looked for again tomorrow');
    }
  });

const partsOf = (data: DataFolder, store: Store, key: KeyPair): Parts => ({
  store,
  clock,
  newId: createIds(clock),
  objects: folderStore({ folder: data.artifacts }),
  readers: { known: evidenceReaders, guess: readerFor },
  figures: createFigures(),
  agents: createKnownAgents(clock, store),
  publicKey: key.publicKey,
});

/** The project file as it is now becomes the rules in force, by the word of whoever started Rung on this machine. */
async function declare(parts: Parts, data: DataFolder, options: UpOptions): Promise<Declared> {
  const parsed = await readProjectFile(options.file);
  const names = Object.keys(parsed.file.environments) as EnvironmentName[];
  const keys = await Promise.all(
    names.map(async (name) => {
      const { signing, sealing } = await environmentKeys(data, name);
      return [name, { signing: signing.publicKey, sealing: sealing.publicKey }] as const;
    }),
  );
  const by = { kind: 'person', id: options.owner } as const;
  return declareProject(parts, { ...parsed, branch: options.branch, keys: Object.fromEntries(keys), by });
}

async function listenToAgents({
  parts,
  data,
  declared,
  key,
  replica,
  log,
}: {
  readonly parts: Parts;
  readonly data: DataFolder;
  readonly declared: Declared;
  readonly key: KeyPair;
  readonly replica: number;
  readonly log: Log;
}): Promise<AsyncDisposable> {
  const listener = await createAgentListener({ face: createAgentFace(parts, declared.project), clock, log });
  for (const { name, agent } of declared.environments) {
    const dir = environmentFolder(data, name);
    await writeAgentFile(dir, {
      agent,
      project: declared.project,
      environment: name,
      controlKey: key.publicKey,
      hidden: hiddenFrom(data),
      repository: data.repository,
    });
    await listener.listen(controlSocket(dir, replica));
  }
  return { [Symbol.asyncDispose]: () => listener.close() };
}

async function listenToPeople({
  control: controlPlane,
  data,
  replica,
  options,
  metrics,
  ready,
  log,
}: {
  readonly control: ControlPlane;
  readonly data: DataFolder;
  readonly replica: number;
  readonly options: UpOptions;
  readonly metrics: Registry;
  /** Throws while the control plane can take no work. */
  readonly ready: () => Promise<void>;
  readonly log: Log;
}): Promise<Api> {
  const memory = createSignInFolder(join(data.control, 'sign-ins'), clock);
  const identity = createLaptopIdentity({ clock, memory });
  const key = await sessionKey(data);
  const token = Buffer.from(await cliToken(data));
  const apiAt = async (port: number): Promise<Api> =>
    createApi({
      controlPlane,
      clock,
      log,
      identity,
      signInMemory: memory,
      sessionKey: key,
      listen: { host: options.host, port },
      webFolder,
      laptop: { owner: options.owner, links: identity, token },
      metrics,
      ready,
    });
  if (options.port !== null && replica === 1) return apiAt(options.port);
  const last = await lastPort(data, replica);
  const isFree = last !== null && (await isSoonFree(last, clock));
  return apiAt(isFree ? last : await freePort(portRanges.outer));
}

/** A restarted control plane listens where it did, so that open pages find it again. */
async function lastPort(data: DataFolder, replica: number): Promise<number | null> {
  const address = await readAddress(data, replica).catch(() => null);
  return address && Number(new URL(address.url).port);
}
