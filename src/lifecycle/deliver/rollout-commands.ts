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
import { commitRollout, loadRollout } from './reconcile-rollout.ts';
import { abort, pause, resume, supersede } from './transitions.ts';

type Commands = Pick<ControlPlane, 'pause' | 'resume' | 'abort'>;

type ShowRollout = (tx: Reader, project: ProjectId, id: RolloutId) => Promise<RolloutView>;

/** What a person may do to a rollout while it lives. */
export function createRolloutCommands({ store, clock }: Parts, viewOfRollout: ShowRollout): Commands {
  const act = (
    project: ProjectId,
    id: RolloutId,
    caller: Caller,
    what: string,
    change: (rollout: Rollout, by: Actor, now: Instant) => Rollout,
  ): Promise<RolloutView> => {
    const by = asPerson(caller, what);
    return store.transaction(async (tx) => {
      const now = clock.now();
      const loaded = await loadRollout(tx, project, id);
      const file = await rulesFor(tx, loaded.environment.value);
      if (rolesOf(file, by.id).length === 0) throw noRole(by.id);
      await commitRollout(tx, loaded, change(loaded.rollout.value, by, now), now, by);
      await tx.wake([{ key: `rollout/${id}`, project, at: now }]);
      return viewOfRollout(tx, project, id);
    });
  };
  return {
    pause: (project, id, { note }, caller) =>
      act(project, id, caller, 'pause a rollout', (rollout, by, now) => pause(rollout, by, note, now)),
    resume: (project, id, _ask, caller) =>
      act(project, id, caller, 'resume a rollout', (rollout, _by, now) => resume(rollout, now)),
    abort: (project, id, { reason }, caller) =>
      act(project, id, caller, 'take a rollout back', (rollout, by, now) => abort(rollout, by, reason, now)),
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

/** A held or watching rollout ends as superseded; what it served at 100 % stays what serves. */
export async function giveWay(tx: Transaction, live: Rollout, to: Promotion, now: Instant): Promise<void> {
  const loaded = await loadRollout(tx, live.project, live.id);
  await commitRollout(tx, loaded, supersede(loaded.rollout.value, to.id, now), now, to.requestedBy);
}
