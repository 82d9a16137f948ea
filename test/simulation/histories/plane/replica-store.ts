import type { Chance } from '../../../../src/simulate/chance.ts';
import type { Store, Transaction } from '../../../../src/engine/store.ts';
import { databaseAway, databaseSilent } from '../../../../src/store/failures.ts';
import { SerializationConflict } from '../../../../src/store/memory/transaction.ts';
import { spanMs } from '../machine/chance.ts';
import type { Scope } from '../machine/scope.ts';
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
    onChained: (project, call) =>
      listening(
        parts,
        store.onChained(project, () => told(parts, call)),
      ),
    onAppended: (call) =>
      listening(
        parts,
        store.onAppended((project, kinds) => told(parts, () => call(project, kinds))),
      ),
    close: async () => undefined,
  };
}

/** What is told while the database cannot be reached is never heard. */
function told({ scope, weather }: ReplicaStoreParts, call: () => void): void {
  if (!weather.isDatabaseAway) scope.deliver(call);
}

/** Until it is disposed, or the replica ends. */
function listening({ scope }: ReplicaStoreParts, listener: Disposable): Disposable {
  const ending = scope.onEnd(() => listener[Symbol.dispose]());
  return {
    [Symbol.dispose]: () => {
      ending[Symbol.dispose]();
      listener[Symbol.dispose]();
    },
  };
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
