import { releaseIn } from '../../domain/environment.ts';
import { Failure } from '../../domain/failure.ts';
import type { Actor } from '../../domain/actor.ts';
import type { Rollout } from '../../domain/rollout/types.ts';
import type { Instant, ProjectId, PromotionId, ReleaseId, ServiceName } from '../../domain/ids.ts';
import { rolesOf } from '../../domain/roles.ts';
import type { Environment } from '../../domain/environment.ts';
import type { Release } from '../../domain/release.ts';
import type { Transaction } from '../../engine/store.ts';
import { asPerson, needScope, noRole } from '../callers.ts';
import type { Caller, ControlPlane } from '../face.ts';
import type { Parts } from '../parts.ts';
import type { PromotionView } from '../views.ts';
import { promotionView } from '../read/promotion-view.ts';
import { viewOfPromotion } from '../read/queries.ts';
import { environmentNamed, liveRollout, releaseNamed, rulesFor } from '../lookup.ts';
import { approve, reject, withdraw } from './people.ts';
import { type Ask, considerPromotion, refusal, refusedEvent, requestPromotion } from './request.ts';

type Commands = Pick<
  ControlPlane,
  'requestPromotion' | 'requestRollback' | 'approve' | 'reject' | 'withdraw'
>;

/** Takes the live rollout back, in the transaction that is under way. Handed in by who knows about rollouts. */
export type TakeBackLive = (
  tx: Transaction,
  rollout: Rollout,
  by: Actor,
  note: string,
  now: Instant,
) => Promise<void>;

/** What people ask for on the way up, and their answers. */
export function createPromotionCommands(parts: Parts, takeBack: TakeBackLive): Commands {
  const { store, clock } = parts;
  const ask = async (read: (tx: Transaction) => Promise<Ask>, dryRun: boolean): Promise<PromotionView> => {
    const outcome = await store.transaction(async (tx) => {
      const wanted = await read(tx);
      const id = parts.newId() as PromotionId;
      const now = clock.now();
      const asking = dryRun
        ? await considerPromotion(tx, wanted, id, now)
        : await requestPromotion(tx, wanted, id, now);
      const refused = asking.admission.blockers.some((blocker) => blocker.effect === 'refused');
      if (refused && !dryRun) await tx.append([refusedEvent(asking, now)]);
      return {
        asking,
        refused: refused && !dryRun,
        view: promotionView(asking.promotion, asking.facts, now),
      };
    });
    if (outcome.refused) throw refusal(outcome.asking);
    return outcome.view;
  };
  const change = async (
    project: ProjectId,
    id: PromotionId,
    work: (tx: Transaction) => Promise<void>,
  ): Promise<PromotionView> =>
    store.transaction(async (tx) => {
      await work(tx);
      const stored = await tx.get(project, 'promotion', id);
      if (stored === undefined)
        throw new Failure('absent', 'promotion-unknown', `There is no promotion ${id}.`);
      return viewOfPromotion(tx, parts, stored.value);
    });
  return {
    requestPromotion: async (project, { release, to, reason, dryRun }, caller) => {
      needScope(caller, 'promote');
      return ask(
        async (tx) => ({
          kind: 'promotion',
          release: (await releaseNamed(tx, project, release)).value,
          target: (await environmentNamed(tx, project, to)).value,
          requester: caller.actor,
          reason: reason ?? '',
        }),
        dryRun ?? false,
      );
    },
    requestRollback: async (project, wanted, caller) => {
      const by = asPerson(caller, 'roll back');
      const undone = await store.transaction((tx) => undoLive(tx, parts, takeBack, project, wanted, by));
      return undone ?? ask((tx) => rollbackAsk(tx, project, wanted, by), wanted.dryRun ?? false);
    },
    approve: (project, id, { planHash, comment }, caller) => {
      const by = asPerson(caller, 'approve');
      return change(project, id, (tx) =>
        approve(tx, project, id, { planHash, comment: comment ?? '', by }, clock.now()),
      );
    },
    reject: (project, id, { reason }, caller) => {
      const by = asPerson(caller, 'reject');
      return change(project, id, (tx) => reject(tx, project, id, { reason, by }, clock.now()));
    },
    withdraw: (project, id, caller) => {
      needScope(caller, 'promote');
      return change(project, id, async (tx) => {
        await needMembership(tx, project, id, caller);
        await withdraw(tx, project, id, caller.actor, clock.now());
      });
    },
  };
}

async function needMembership(
  tx: Transaction,
  project: ProjectId,
  id: PromotionId,
  caller: Caller,
): Promise<void> {
  const promotion = (await tx.get(project, 'promotion', id))?.value;
  const target =
    promotion === undefined ? undefined : await tx.get(project, 'environment', promotion.environment);
  if (target === undefined || caller.person === null) return;
  if (rolesOf(await rulesFor(tx, target.value), caller.person).length === 0) throw noRole(caller.person);
}

type RollbackWanted = Parameters<ControlPlane['requestRollback']>[1];

async function rollbackAsk(
  tx: Transaction,
  project: ProjectId,
  wanted: RollbackWanted,
  requester: Actor,
): Promise<Ask> {
  const target = (await environmentNamed(tx, project, wanted.environment)).value;
  const services = await namedServices(tx, target, wanted.services);
  const release = await rollbackTarget(tx, target, wanted.to, services);
  const { reason } = wanted;
  return {
    kind: 'rollback',
    release,
    target,
    requester,
    reason,
    ...(services === undefined ? {} : { services }),
  };
}

/**
 * Going back to what a live rollout came from is taking that rollout back: the old version is still warm. null: there
 * is no such rollout, or something else is meant.
 */
async function undoLive(
  tx: Transaction,
  parts: Parts,
  takeBack: TakeBackLive,
  project: ProjectId,
  wanted: RollbackWanted,
  by: Actor & { kind: 'person' },
): Promise<PromotionView | null> {
  const target = (await environmentNamed(tx, project, wanted.environment)).value;
  const live = (await liveRollout(tx, project, target.id))?.value;
  if (live === undefined || live.policy === null || live.state.phase === 'rolling back') return null;
  if (!(await undoes(tx, project, wanted, live))) return null;
  if (rolesOf(await rulesFor(tx, target), by.id).length === 0) throw noRole(by.id);
  if (wanted.dryRun !== true) await takeBack(tx, live, by, wanted.reason, parts.clock.now());
  const promotion = await tx.get(project, 'promotion', live.promotion);
  return promotion === undefined ? null : viewOfPromotion(tx, parts, promotion.value);
}

async function undoes(
  tx: Transaction,
  project: ProjectId,
  wanted: RollbackWanted,
  live: Rollout,
): Promise<boolean> {
  const named = wanted.services ?? [];
  const whole = named.length === 0 || live.services.every((one) => named.includes(one.service));
  if (!whole) return false;
  if (wanted.to === undefined || wanted.to === 'previous') return true;
  const release = (await releaseNamed(tx, project, wanted.to)).value;
  return live.services.every((one) => one.from?.release === release.id);
}

async function namedServices(
  tx: Transaction,
  target: Environment,
  services: readonly string[] | undefined,
): Promise<readonly ServiceName[] | undefined> {
  if (services === undefined || services.length === 0) return undefined;
  const file = await rulesFor(tx, target);
  const unknown = services.filter((service) => !(service in file.services));
  if (unknown.length === 0) return services as readonly ServiceName[];
  throw new Failure('absent', 'service-unknown', `There is no service ${unknown.join(', ')}.`, {
    wayOut: `The services are: ${Object.keys(file.services).join(', ')}.`,
  });
}

/** The named version, or the newest other release that has run here. */
async function rollbackTarget(
  tx: Transaction,
  target: Environment,
  to: string | undefined,
  services: readonly ServiceName[] | undefined,
): Promise<Release> {
  if (to !== undefined && to !== 'previous') return (await releaseNamed(tx, target.project, to)).value;
  const previous = previousRelease(target, services);
  if (previous !== null) return (await releaseNamed(tx, target.project, previous)).value;
  throw new Failure('conflict', 'rollback-target-missing', `Nothing ran in ${target.name} before.`, {
    wayOut: 'There is no earlier version to go back to; mend it in a new release.',
  });
}

function previousRelease(
  target: Environment,
  services: readonly ServiceName[] | undefined,
): ReleaseId | null {
  const serving = new Set(
    Object.entries(target.stable)
      .filter(([service]) => services === undefined || services.includes(service as ServiceName))
      .map(([, variant]) => variant.release),
  );
  const current = releaseIn(target);
  return (
    target.deployments.findLast((one) => !serving.has(one.release) && one.release !== current)?.release ??
    null
  );
}
