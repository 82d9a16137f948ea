import type { Actor } from '../../domain/actor.ts';
import { digestOf } from '../../domain/canonical.ts';
import type { ActorId, Digest, EnvironmentName, Instant, ProjectId } from '../../domain/ids.ts';
import type { KeyPair } from '../../domain/keys.ts';
import { silentLog } from '../../domain/log.ts';
import { createEngine, type Engine } from '../../engine/reconcile.ts';
import { uuidAt } from '../../engine/uuid.ts';
import { someMoment } from '../../engine/virtual-clock.ts';
import { createControlPlane, createReconcilers } from '../../lifecycle/control-plane.ts';
import { createAgentFace } from '../../lifecycle/deliver/agent-side.ts';
import { declareProject, type Declared } from '../../lifecycle/declare/accept.ts';
import type { ParsedProjectFile } from '../../lifecycle/declare/parse.ts';
import type { Caller, ControlPlane } from '../../lifecycle/face.ts';
import type { AgentFace } from '../../lifecycle/agent-face.ts';
import { createKnownAgents } from '../../lifecycle/known-agents.ts';
import { createFigures, type EvidenceReaders, type Parts } from '../../lifecycle/parts.ts';
import { noteSilence } from '../../lifecycle/operate/agent-silence.ts';
import type { ObjectStore } from '../../ports/object-store.ts';
import { wakeAll, wakeWhenClockIsSet } from '../../lifecycle/wake-all.ts';
import { openMemory } from '../../store/memory/store.ts';
import { createJumpingClock, type JumpingClock } from './jumping-clock.ts';
import { seededBytes } from './seeded-bytes.ts';

/** A whole control plane in memory and virtual time: the code that decides in production, and nothing else. */
export interface Plane {
  readonly clock: JumpingClock;
  readonly parts: Parts;
  readonly control: ControlPlane;
  readonly agents: AgentFace;
  readonly project: ProjectId;
  readonly declared: Declared;
  /**
   * Makes a release of a merge into a branch, and gives its version. Artifacts are what these words say; all are new
   * unless told.
   */
  release(message: string, services?: Readonly<Record<string, string>>, branch?: string): Promise<string>;
  as(person: string): Caller;
  chainNow(): Promise<void>;
  /** The control plane ends; its store stays. */
  stop(): Promise<void>;
  /** The control plane ends, where it has not, and another comes up over the same store. */
  restart(): Promise<void>;
  isUp(): boolean;
  /** Calls each time that a control plane has come up again. */
  onUp(call: () => void): void;
  close(): Promise<void>;
}

/**
 * Agents of this world speak when there is something to say. That they are silent else is passed over, unless they are
 * told to beat as real ones do.
 */
export type Silence = 'passed over' | 'noted';

/** Less often than for real: in virtual time each look costs. */
const noticeEveryMs = 10_000;

export interface PlaneOptions {
  readonly beginsAt?: Instant;
  readonly silence?: Silence;
  /** See the memory store. */
  readonly trusting?: boolean;
  readonly readers?: EvidenceReaders;
  /** The control plane's Ed25519 key, where anybody asks for what it signs. */
  readonly key?: KeyPair;
  /** What runs in the control plane beside its reconcilers, and ends with it. */
  readonly beside?: (parts: Parts) => { stop(): Promise<void> };
}

/** Closed by whoever opened it. The same seed gives the same ids, and with them the same run. */
export async function simulatePlane(
  parsed: ParsedProjectFile,
  seed: number,
  options: PlaneOptions = {},
): Promise<Plane> {
  const { beginsAt = someMoment, silence = 'passed over', trusting = false } = options;
  const clock = createJumpingClock(beginsAt);
  const random = seededBytes(seed);
  const { store, queue } = openMemory({ clock, random, trusting });
  const parts: Parts = {
    store,
    clock,
    newId: () => uuidAt(clock.now(), random),
    objects: rememberingObjects(),
    readers: options.readers ?? { known: new Map(), guess: () => null },
    figures: createFigures(),
    agents: createKnownAgents(clock, store),
    publicKey: options.key?.publicKey ?? 'not read here',
  };
  const start = async (): Promise<Pick<Engine, 'stop'>> => {
    await wakeAll(parts);
    const reconcilers = createReconcilers(parts);
    const engine = createEngine({ store, queue, clock, log: silentLog, reconcilers });
    await engine.start();
    const beside = options.beside?.(parts);
    const listening = silence === 'noted' ? noteSilence({ ...parts, log: silentLog }) : null;
    return {
      stop: async () => void (await Promise.all([engine.stop(), beside?.stop(), listening?.stop()])),
    };
  };
  const declared = await declare(parts, parsed);
  const { project } = declared;
  const chain = store.onAppended((of) => void store.chain(of));
  let engine: Pick<Engine, 'stop'> | null = await start();
  const told: (() => void)[] = [];
  const waking = wakeWhenClockIsSet({ store, clock, everyMs: noticeEveryMs });
  const stop = async (): Promise<void> => {
    const running = engine;
    engine = null;
    await running?.stop();
  };
  await store.chain(project);
  const control = createControlPlane(parts);
  return {
    clock,
    parts,
    control,
    agents: createAgentFace(parts, project),
    project,
    declared,
    as: callerOf,
    chainNow: async () => void (await store.chain(project)),
    release: createBuilder(parts, clock, control, project),
    stop,
    restart: async () => {
      await stop();
      engine = await start();
      for (const call of told) call();
    },
    isUp: () => engine !== null,
    onUp: (call) => void told.push(call),
    close: async () => {
      waking[Symbol.dispose]();
      chain[Symbol.dispose]();
      await stop();
      await store.close();
    },
  };
}

function declare(parts: Parts, parsed: ParsedProjectFile): Promise<Declared> {
  const names = Object.keys(parsed.file.environments) as EnvironmentName[];
  const key = (name: string) => ({ signing: `signing key of ${name}`, sealing: `sealing key of ${name}` });
  const keys = Object.fromEntries(names.map((name) => [name, key(name)]));
  const by: Actor = { kind: 'person', id: 'owner@example.org' as ActorId };
  return declareProject(parts, { ...parsed, branch: 'main', keys, by });
}

const callerOf = (person: string): Caller => ({
  actor: { kind: 'person', id: person as ActorId },
  scopes: 'all',
  person: person as ActorId,
});

const builder: Caller = {
  actor: { kind: 'token', id: 'builder' as ActorId, name: 'builder' },
  scopes: ['build'],
  person: null,
};

function createBuilder(
  parts: Parts,
  clock: JumpingClock,
  control: ControlPlane,
  project: ProjectId,
): Plane['release'] {
  let built = 0;
  return async (message, services, branch = 'develop') => {
    built += 1;
    const tree = digestOf(`tree ${built}`).slice(7, 47);
    const contents = Object.entries(services ?? { web: `web ${built}`, orders: `orders ${built}` });
    const artifacts = contents.map(([name, content]) => [name, digestOf(`${name} ${content}`)] as const);
    for (const [, artifact] of artifacts) await parts.objects.put(artifact, nothing);
    await control.branchesMoved(project, [{ ref: branch, commit: tree, tree }]);
    const ask = {
      tree,
      commit: tree,
      branch,
      services: Object.fromEntries(artifacts.map(([name, artifact]) => [name, { artifact }])),
      commits: [{ id: tree, message, author: 'ada' }],
    };
    const { version } = await control.createRelease(project, ask, builder);
    await clock.settle();
    return version;
  };
}

const nothing: AsyncIterable<Uint8Array> = {
  [Symbol.asyncIterator]: () => ({ next: async () => ({ done: true, value: undefined }) }),
};

/** Keeps what is small: a simulation reads evidence, and its artifacts are names only. */
function rememberingObjects(): ObjectStore {
  const known = new Map<Digest, Uint8Array>();
  const read = async (bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of bytes) chunks.push(chunk);
    return Buffer.concat(chunks);
  };
  return {
    put: async (digest, bytes) => {
      known.set(digest, await read(bytes));
      return { stored: true, size: 0 };
    },
    keep: async (bytes, _limit, look) => {
      const content = await read(bytes);
      const found = await look(async function* arrived() {
        yield content;
      });
      const digest = digestOf(content);
      known.set(digest, content);
      return { digest, size: content.byteLength, found };
    },
    get: async function* get(digest) {
      yield known.get(digest) ?? new Uint8Array();
    },
    has: async (digest) => known.get(digest)?.byteLength ?? null,
  };
}
