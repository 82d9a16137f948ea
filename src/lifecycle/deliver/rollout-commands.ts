import type { Actor } from '../../domain/actor.ts';
import type { Promotion } from '../../domain/promotion.ts';
import type { Reader, Transaction } from '../../engine/store.ts';
import type { Instant, ProjectId, RolloutId } from '../../domain/ids.ts';
import { rolesOf } from '../../domain/roles.ts';
import type { Rollout } from '../../domain/rollout/types.ts';
import { asPerson, noRole } from '../callers.ts';
import type { Caller, ControlPlane } from '../face.ts';
import type { Parts } from '../parts.ts';
import { rulesFor } from '../lookup.ts';
import type { RolloutView } from '../views.ts';
import { advanced, needSameHold, resumed } from './go-on.ts';
import { commitRollout, type Loaded, loadRollout } from './reconcile-rollout.ts';
import { abort, holdRestored, pause, supersede } from './transitions.ts';

type Commands = Pick<ControlPlane, 'pause' | 'resume' | 'advance' | 'abort'>;

type ShowRollout = (tx: Reader, rollout: Rollout) => Promise<RolloutView>;

/** Who says it, and what they say where the state itself does not keep it. */
interface Word {
  readonly by: Actor;
  readonly note?: string | undefined;
}

/** What a person may do to a rollout while it lives. */
export function createRolloutCommands({ store, clock }: Parts, show: ShowRollout): Commands {
  const act = (
    project: ProjectId,
    id: RolloutId,
    caller: Caller,
    what: string,
    change: (loaded: Loaded, by: Actor, now: Instant, tx: Reader) => Rollout | Promise<Rollout>,
    note?: string,
  ): Promise<RolloutView> => {
    const by = asPerson(caller, what);
    return store.transaction(async (tx) => {
      const now = clock.now();
      const loaded = await loadRollout(tx, project, id);
      const file = await rulesFor(tx, loaded.environment.value);
      if (rolesOf(file, by.id).length === 0) throw noRole(by.id);
      const after = await change(loaded, by, now, tx);
      return commit(tx, loaded, after, { by, note }, now);
    });
  };
  const commit = async (
    tx: Transaction,
    loaded: Loaded,
    after: Rollout,
    { by, note }: Word,
    now: Instant,
  ) => {
    await commitRollout(tx, loaded, after, now, by, note);
    await tx.wake([{ key: `rollout/${after.id}`, project: after.project, at: now }]);
    return show(tx, after);
  };
  return {
    pause: (project, id, { note }, caller) =>
      act(project, id, caller, 'pause a rollout', ({ rollout }, by, now) =>
        pause(rollout.value, by, note, now),
      ),
    resume: (project, id, { note, heldSince }, caller) => {
      const go = (loaded: Loaded, _by: Actor, now: Instant, tx: Reader): Promise<Rollout> => {
        needSameHold(loaded.rollout.value, heldSince);
        return resumed(tx, loaded, now);
      };
      return act(project, id, caller, 'resume a rollout', go, note);
    },
    advance: async (project, id, { reason, dryRun, heldSince }, caller) => {
      const by = asPerson(caller, 'let a rollout go on past its evidence');
      const look = async (tx: Reader) => {
        const loaded = await loadRollout(tx, project, id);
        const now = clock.now();
        needSameHold(loaded.rollout.value, heldSince);
        return { loaded, now, after: await advanced(tx, loaded, by, reason, now) };
      };
      if (dryRun === true) return store.read(async (tx) => show(tx, (await look(tx)).after));
      return store.transaction(async (tx) => {
        const { loaded, after, now } = await look(tx);
        return commit(tx, loaded, after, { by }, now);
      });
    },
    abort: (project, id, { reason }, caller) =>
      act(project, id, caller, 'take a rollout back', ({ rollout }, by, now) =>
        abort(rollout.value, by, reason, now),
      ),
  };
}

/** Takes a live rollout back for somebody who asked for the version it came from. */
export async function takeBackLive(
  tx: Transaction,
  live: Rollout,
  by: Actor,
  note: string,
  now: Instant,
): Promise<void> {
  const loaded = await loadRollout(tx, live.project, live.id);
  await commitRollout(tx, loaded, abort(loaded.rollout.value, by, note, now), now, by);
  await tx.wake([{ key: `rollout/${live.id}`, project: live.project, at: now }]);
}

/** A live rollout of a control plane that was restored: see `holdRestored`. */
export async function holdLive(
  tx: Transaction,
  live: Rollout,
  by: Actor,
  note: string,
  now: Instant,
): Promise<void> {
  const loaded = await loadRollout(tx, live.project, live.id);
  await commitRollout(tx, loaded, holdRestored(loaded.rollout.value, by, note, now), now, by, note);
}

/** A held or watching rollout ends as superseded; what it served at 100 % stays what serves. */
export async function giveWay(tx: Transaction, live: Rollout, to: Promotion, now: Instant): Promise<void> {
  const loaded = await loadRollout(tx, live.project, live.id);
  await commitRollout(tx, loaded, supersede(loaded.rollout.value, to.id, now), now, to.requestedBy);
}
