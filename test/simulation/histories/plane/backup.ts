import type { Actor } from '../../../../src/domain/actor.ts';
import type { ActorId, ProjectId } from '../../../../src/domain/ids.ts';
import { restoreActs } from '../../../../src/lifecycle/control-plane.ts';
import { noteRestored } from '../../../../src/lifecycle/operate/restored.ts';
import type { Backup } from '../../../../src/store/memory/store.ts';
import { Host } from '../machine/host.ts';
import { Scope } from '../machine/scope.ts';
import type { World } from '../world.ts';
import type { Ledger } from './ledger.ts';
import { replicaStore } from './replica-store.ts';
import { fairWeather } from './weather.ts';

/** What the store held at one moment, and what was known of it. */
export interface TakenBackup {
  readonly backup: Backup;
  readonly ledger: Ledger;
  readonly takenAt: string;
  /** Of the log of each project. */
  readonly positions: ReadonlyMap<ProjectId, number>;
}

const operator: Actor = { kind: 'person', id: 'owner@example.org' as ActorId };

export async function takeBackup({ store, ledger, clock }: World): Promise<TakenBackup> {
  const positions = new Map<ProjectId, number>();
  for (const { id } of await store.projects()) positions.set(id, (await store.head(id)).position);
  const takenAt = new Date(clock.now()).toISOString();
  return { backup: store.backUp(), ledger: ledger.copy(), takenAt, positions };
}

/**
 * Somebody sets the store back to an earlier moment, as `rung backup restore` does: nobody works with it meanwhile, and
 * what it says first is that it was restored.
 */
export async function restoreBackup(world: World, taken: TakenBackup): Promise<void> {
  const { store, ledger, queue, replicas, trace, weather } = world;
  for (const replica of replicas) replica.kill(1_000);
  store.restore(taken.backup);
  ledger.takeOver(taken.ledger);
  queue.forget();
  world.witness.restored();
  // Keys and tokens that were revoked after the backup are not, as far as anybody can know.
  const keys = ledger.all('agent').flatMap((agent) => agent.keys);
  world.revokedKeys.clear();
  for (const { signing, revokedAt } of keys) if (revokedAt !== null) world.revokedKeys.add(signing);
  trace.add('the store', `is restored as it was at ${taken.takenAt}`);
  const scope = new Scope({
    name: 'restore',
    host: new Host(world.clock),
    onPoint: () => undefined,
    onTrap: () => undefined,
  });
  const asOne = { store, scope, ledger, weather: fairWeather(), chance: world.chance('restore') };
  const now = world.clock.now();
  for (const [project, position] of taken.positions) {
    const restoration = { by: operator, takenAt: taken.takenAt, position, lost: [] };
    const after = await noteRestored(replicaStore(asOne), restoreActs, project, restoration, now);
    trace.add('restore', `${after.held} held, ${after.withdrawn} withdrawn`);
  }
  weather.changedMs = world.clock.monotonicMs();
}
