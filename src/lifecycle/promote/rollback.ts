import type { Actor } from '../../domain/actor.ts';
import { previousRelease, type Environment } from '../../domain/environment.ts';
import { Failure } from '../../domain/failure.ts';
import type { ProjectId, ServiceName } from '../../domain/ids.ts';
import type { Release } from '../../domain/release.ts';
import { rolesOf } from '../../domain/roles.ts';
import type { Rollout } from '../../domain/rollout/types.ts';
import type { Reader } from '../../engine/store.ts';
import { noRole } from '../callers.ts';
import type { ControlPlane } from '../face.ts';
import { environmentNamed, liveRollout, releaseNamed, rulesFor } from '../lookup.ts';
import type { Ask } from './request.ts';

export type RollbackWanted = Parameters<ControlPlane['requestRollback']>[1];
/** What a rollback asks for: the named version or the one before, of all services or of those that are named. */
export async function rollbackAsk(
  tx: Reader,
  project: ProjectId,
  wanted: RollbackWanted,
  requester: Actor,
): Promise<Ask> {
  const target = (await environmentNamed(tx, project, wanted.environment)).value;
  const services = await namedServices(tx, target, wanted.services);
  const release = await rollbackTarget(tx, target, wanted.to, services);
  needServices(release, services ?? []);
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
export async function undoneBy(
  tx: Reader,
  project: ProjectId,
  wanted: RollbackWanted,
  by: Actor,
): Promise<Rollout | null> {
  const target = (await environmentNamed(tx, project, wanted.environment)).value;
  const live = (await liveRollout(tx, project, target.id))?.value;
  if (live === undefined || live.policy === null || live.state.phase === 'rolling back') return null;
  if (!(await undoes(tx, project, wanted, live))) return null;
  if (by.kind === 'person' && rolesOf(await rulesFor(tx, target), by.id).length === 0) throw noRole(by.id);
  return live;
}

async function undoes(
  tx: Reader,
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
  tx: Reader,
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

function needServices({ version, manifest }: Release, services: readonly ServiceName[]): void {
  const missing = services.filter((service) => !(service in manifest.services));
  if (missing.length === 0) return;
  throw new Failure('conflict', 'service-not-in-release', `${version} brings no ${missing.join(', ')}.`, {
    wayOut: `It brings ${Object.keys(manifest.services).join(', ')}; choose a version that has what you name.`,
  });
}

/** The named version, or the newest other release that has run here. */
async function rollbackTarget(
  tx: Reader,
  target: Environment,
  to: string | undefined,
  services: readonly ServiceName[] | undefined,
): Promise<Release> {
  if (to !== undefined && to !== 'previous') return (await releaseNamed(tx, target.project, to)).value;
  await needNoneUnderWay(tx, target, services ?? []);
  const previous = previousRelease(target, services);
  if (previous !== null) return (await releaseNamed(tx, target.project, previous)).value;
  throw new Failure(
    'conflict',
    'rollback-target-missing',
    `Nothing ran in ${target.name} before what serves now.`,
    {
      wayOut: 'Name a version that has run there, with --to, or mend it in a new release.',
    },
  );
}

/** What ran before is what a rollout that is being taken back leaves behind: from there it would be one further. */
async function needNoneUnderWay(
  tx: Reader,
  target: Environment,
  services: readonly ServiceName[],
): Promise<void> {
  const live = (await liveRollout(tx, target.project, target.id))?.value;
  const moved = live?.services.find(({ service }) => services.length === 0 || services.includes(service));
  if (live?.state.phase !== 'rolling back' || moved === undefined) return;
  throw new Failure(
    'conflict',
    'rollback-under-way',
    `${moved.to.version} is being taken back from ${target.name} already.`,
    { wayOut: 'Wait for it: rung watch. To go back further, name the version with --to.' },
  );
}
