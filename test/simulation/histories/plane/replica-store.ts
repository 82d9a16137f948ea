import type { Chance } from '../../../../src/simulate/chance.ts';
import type { ProjectId } from '../../../../src/domain/ids.ts';
import type { Store, Transaction } from '../../../../src/engine/store.ts';
import { databaseAway, databaseSilent } from '../../../../src/store/failures.ts';
import { SerializationConflict } from '../../../../src/store/memory/transaction.ts';
import { spanMs } from '../machine/chance.ts';
import type { Scope } from '../machine/scope.ts';
import { Ears } from './ears.ts';
import { type Ledger, Written } from './ledger.ts';
import type { Weather } from './weather.ts';

export interface ReplicaStoreParts {
  readonly store: Store;
  readonly scope: Scope;
  readonly weather: Weather;
  readonly ledger: Ledger;
  readonly chance: Chance;
}

const connectMs = 5_000;

/** The shared store as one replica has it: behind a network, and only as long as the replica lives. */
export function replicaStore(parts: ReplicaStoreParts): Store {
  const { store, scope, weather } = parts;
  const told = new Told(parts);
  const asked = async <T>(point: 'read' | 'chain' | 'checkpoint' | 'countersign', work: () => Promise<T>) => {
    if (weather.isDatabaseAway) await away(parts);
    return scope.step(point, work);
  };
  return {
    transaction: (work) => transaction(parts, work),
    read: (work) => asked('read', () => store.read(work)),
    events: (...args) => asked('read', () => store.events(...args)),
    eventsBefore: (...args) => asked('read', () => store.eventsBefore(...args)),
    head: (project) => asked('read', () => store.head(project)),
    lastCheckpoint: (...args) => asked('read', () => store.lastCheckpoint(...args)),
    heard: (...args) => asked('read', () => store.heard(...args)),
    checkpoints: (...args) => asked('read', () => store.checkpoints(...args)),
    projects: () => asked('read', () => store.projects()),
    expirePayloads: (...args) => asked('chain', () => store.expirePayloads(...args)),
    chain: (project) => asked('chain', () => store.chain(project)),
    addCheckpoint: (...args) => asked('checkpoint', () => store.addCheckpoint(...args)),
    countersign: (...args) => asked('countersign', () => store.countersign(...args)),
    onChained: (project, call) => told.onChained(project, call),
    onAppended: (call) => told.onAppended(call),
    hearing: () => told.hearing(),
    close: async () => undefined,
  };
}

type OnChained = Parameters<Store['onChained']>[1];
type OnAppended = Parameters<Store['onAppended']>[0];

/** What a replica is told of commits: all that there is while it hears, and once it hears again, that it may have missed some. */
class Told {
  readonly #parts: ReplicaStoreParts;
  readonly #ears: Ears;
  readonly #onBack = new Set<(projects: readonly ProjectId[]) => void>();

  constructor(parts: ReplicaStoreParts) {
    this.#parts = parts;
    this.#ears = new Ears({ ...parts, onBack: () => void this.#tellAll() });
  }

  onChained(project: ProjectId, call: OnChained): Disposable {
    const listener = this.#parts.store.onChained(project, (what) => this.#tell(() => call(what)));
    return this.#until(listener, () => call(null));
  }

  onAppended(call: OnAppended): Disposable {
    const listener = this.#parts.store.onAppended((project, kinds) => this.#tell(() => call(project, kinds)));
    return this.#until(listener, (projects) => projects.forEach((project) => call(project, null)));
  }

  hearing(): number | null {
    return this.#ears.stretch;
  }

  #tell(call: () => void): void {
    if (this.#ears.stretch !== null) this.#parts.scope.deliver(call);
  }

  /** After it was away nobody knows which projects have something new: that has to be asked first. */
  async #tellAll(): Promise<void> {
    const { store, scope } = this.#parts;
    const projects = (await store.projects()).map(({ id }) => id);
    for (const call of this.#onBack) scope.deliver(() => call(projects));
  }

  /** It is disposed, or the replica ends. */
  #until(listener: Disposable, onBack: (projects: readonly ProjectId[]) => void): Disposable {
    this.#onBack.add(onBack);
    const over = (): void => {
      listener[Symbol.dispose]();
      this.#onBack.delete(onBack);
    };
    const ending = this.#parts.scope.onEnd(over);
    return {
      [Symbol.dispose]: () => {
        ending[Symbol.dispose]();
        over();
      },
    };
  }
}

async function away({ scope }: ReplicaStoreParts): Promise<never> {
  await scope.clock.sleep(connectMs);
  throw databaseAway(new Error('simulated'));
}

async function transaction<T>(parts: ReplicaStoreParts, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const { store, scope, weather, ledger, chance } = parts;
  if (weather.isDatabaseAway) await away(parts);
  let written = new Written();
  const result = await store.transaction(async (tx) => {
    written = new Written();
    const worked = await work(noting(tx, written));
    if (chance() < weather.slowCommits) await scope.clock.sleep(spanMs(chance, 1, 2_000));
    const before = scope.pass('commit', 'before');
    if (before !== null) await before;
    if (chance() < weather.collisions) throw new SerializationConflict('simulated');
    return worked;
  });
  ledger.commit(scope.name, written);
  if (written.puts.size > 0 && chance() < weather.lostCommits) throw databaseSilent(connectMs);
  const after = scope.pass('commit', 'after');
  if (after !== null) await after;
  return result;
}

const noting = (tx: Transaction, written: Written): Transaction => ({
  get: (...args) => tx.get(...args),
  list: (...args) => tx.list(...args),
  samplesAfter: (...args) => tx.samplesAfter(...args),
  wake: (wakeUps) => tx.wake(wakeUps),
  takeSequence: (...args) => tx.takeSequence(...args),
  forgetOtherBoots: (...args) => tx.forgetOtherBoots(...args),
  put: async (project, kind, id, value, expected) => {
    const version = await tx.put(project, kind, id, value, expected);
    written.put(project, kind, id, value);
    return version;
  },
  remove: async (project, kind, id) => {
    await tx.remove(project, kind, id);
    written.put(project, kind, id, undefined);
  },
  addSamples: async (project, samples) => {
    await tx.addSamples(project, samples);
    written.samples.push(...samples);
  },
  append: async (events) => {
    await tx.append(events);
    written.events.push(...events);
  },
});
