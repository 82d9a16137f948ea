import type { Digest, EnvironmentName } from '../../../src/domain/ids.ts';
import type { CreateRelease } from '../../../src/lifecycle/face.ts';
import type { Log } from '../../../src/domain/log.ts';
import { createVirtualClock, someMoment, type VirtualClock } from '../../../src/engine/virtual-clock.ts';
import type { Chance } from '../../../src/simulate/chance.ts';
import { seededBytes } from '../../../src/simulate/world/seeded-bytes.ts';
import { openMemoryStore, type RestorableStore } from '../../../src/store/memory/store.ts';
import { chanceFor, pick } from './machine/chance.ts';
import { Host } from './machine/host.ts';
import { keyOf } from './machine/key.ts';
import type { Point } from './machine/points.ts';
import type { Scope } from './machine/scope.ts';
import { Trace } from './machine/trace.ts';
import { Outside } from './people/outside.ts';
import { drawShape, fileOf, firstWording, type Shape, type Wording } from './people/project.ts';
import type { Nature } from './place/artifact.ts';
import { Network } from './place/network.ts';
import { Place } from './place/place.ts';
import type { TakenBackup } from './plane/backup.ts';
import { Ledger } from './plane/ledger.ts';
import { nominalObjects } from './plane/objects.ts';
import { type Replica, startReplica } from './plane/replica.ts';
import { replicaStore } from './plane/replica-store.ts';
import { SharedQueue } from './plane/shared-queue.ts';
import { fairWeather, type Weather } from './plane/weather.ts';
import { Program } from './program.ts';
import { Reached } from './reached.ts';
import { Witness } from './witness.ts';

const replicaCount = 3;

/** Everything there is in one history: replicas, agents, gateways, people, and what lies between them. */
export class World {
  readonly seed: number;
  readonly clock: VirtualClock = createVirtualClock(someMoment);
  readonly trace = new Trace(() => this.clock.monotonicMs());
  readonly reached = new Reached();
  readonly weather: Weather = fairWeather();
  readonly store: RestorableStore;
  readonly queue: SharedQueue;
  readonly ledger: Ledger;
  readonly witness: Witness;
  readonly artifacts = new Map<Digest, Nature>();
  readonly objects = nominalObjects();
  readonly network: Network;
  readonly replicas: readonly Program<Replica>[];
  readonly places: readonly Place[];
  /** Of agents, as people were told. */
  readonly revokedKeys = new Set<string>();
  /** Since when what was good is not any more, on the world's clock. */
  readonly wentBadMs = new Map<Digest, number>();
  /** In the order in which they were built. */
  readonly versions: string[] = [];
  readonly shape: Shape;
  wording: Wording;
  readonly outside: Outside;
  builds = 0;
  /** What CI has built. */
  readonly offers: CreateRelease[] = [];
  /** The last that somebody made. */
  backup: TakenBackup | null = null;
  restores = 0;
  /** All its steps are done. */
  isEnding = false;

  constructor(seed: number) {
    this.seed = seed;
    this.shape = drawShape(this.chance('shape'));
    this.wording = { ...firstWording, distinct: this.chance('shape')() < 0.5 ? 1 : 2 };
    this.outside = new Outside(this.chance('outside'));
    const random = seededBytes(seed);
    this.ledger = new Ledger((commit) => this.witness.commit(commit));
    this.queue = new SharedQueue(this.chance('queue'));
    this.store = openMemoryStore({ random, trusting: seed % 10 !== 0 }, (wakeUps) => this.queue.add(wakeUps));
    this.network = new Network({
      clock: this.clock,
      weather: this.weather,
      chance: this.chance('network'),
      replica: () => this.anyReplica(this.chance('which replica')),
      haveKeysChanged: () => this.places.some(({ hasOldKeys }) => hasOldKeys),
      isRevoked: ({ publicKey }) => this.revokedKeys.has(publicKey),
      onIntruder: ({ environment }) =>
        this.witness.found('revoked-key-opens-nothing', `the agent of ${environment} was let in`),
    });
    const keys = new Map(
      this.shape.environments.map((name) => [name, keyOf(seed, `agent of ${name}`)] as const),
    );
    const controlKey = keyOf(seed, 'control plane');
    const agentKeys = Object.fromEntries(
      [...keys].map(([name, { publicKey }]) => [name, { signing: publicKey, sealing: publicKey }]),
    ) as Record<EnvironmentName, { signing: string; sealing: string }>;
    this.replicas = Array.from({ length: replicaCount }, (_, index) => {
      const name = `replica ${index + 1}`;
      const chance = this.chance(name);
      return this.#program(name, new Host(this.clock), (scope) =>
        startReplica({
          scope,
          store: replicaStore({
            store: this.store,
            weather: this.weather,
            ledger: this.ledger,
            scope,
            chance,
          }),
          queue: this.queue,
          objects: this.objects,
          log: this.log(name),
          random,
          key: controlKey,
          ...this.shape,
          outside: this.outside,
          file: () => fileOf(this.shape, this.wording),
          agentKeys,
        }),
      );
    });
    this.places = [...keys].map(
      ([name, key]) => new Place(this, name, key, controlKey.publicKey, (...of) => this.#program(...of)),
    );
    this.witness = new Witness(this);
  }

  #chances = new Map<string, Chance>();
  chance(purpose: string): Chance {
    const found = this.#chances.get(purpose) ?? chanceFor(this.seed, purpose);
    this.#chances.set(purpose, found);
    return found;
  }

  /** What a program that nobody looks at says of itself: nothing may surprise it. */
  log(name: string): Log {
    const { witness } = this;
    const surprise = (facts: object, message: string): void =>
      witness.defect(`${name}: ${message} ${JSON.stringify(facts)}`);
    return {
      info: () => undefined,
      warn: (facts, message) => {
        if ('code' in facts && ['defect', 'chaining-failed'].includes(String(facts.code)))
          surprise(facts, message);
      },
      error: (facts, message) => {
        // The chain was set back: that is what an agent has to say then.
        const isTrue = this.restores > 0 && 'code' in facts && facts.code === 'chain-rewritten';
        if (!isTrue) surprise(facts, message);
      },
    };
  }

  /** One that is up; a stopped one is, as far as anybody can tell from outside. */
  anyReplica(chance: Chance): Replica | null {
    const up = this.replicas.flatMap(({ running }) => (running === null ? [] : [running]));
    return up.length === 0 ? null : pick(chance, up);
  }

  /** Somebody comes back to it, if the history lasts until then. */
  afterwards(ms: number, call: () => void): void {
    this.clock.after(ms, () => {
      if (!this.isEnding) call();
    });
  }

  /** From now on nothing ends by itself. */
  settleNatures(): void {
    for (const [artifact, nature] of this.artifacts)
      this.artifacts.set(artifact, { ...nature, crashesAfterMs: null });
  }

  #program<T>(name: string, host: Host, start: (scope: Scope) => Promise<T>): Program<T> {
    const { clock, trace, reached } = this;
    const onHurry = (point: Point): void =>
      this.witness.found('nobody-goes-round', `${name} does not come to rest at '${point}'`);
    return new Program({
      name,
      host,
      start,
      clock,
      trace,
      reached,
      chance: this.chance(`end of ${name}`),
      onHurry,
    });
  }
}
