import { digestOfJson } from '../../domain/canonical.ts';
import type { Environment } from '../../domain/environment.ts';
import type { Instant } from '../../domain/ids.ts';
import type { Stored, Transaction } from '../../engine/store.ts';
import { withStable } from '../../domain/settle.ts';
import type { Rollout } from '../../domain/rollout/types.ts';
import type { AgentIdentity, HeldService, Observation } from '../../protocol/messages.ts';
import { desiredChanged } from '../desired-changed.ts';
import { liveRollout } from '../lookup.ts';
import { commitRollout, loadRollout } from './reconcile-rollout.ts';
import { abort, settle } from './transitions.ts';

/**
 * The first word of an agent after a restore. Where it was asked for nothing after the backup, all is as it was. Where it
 * was, what it holds is newer than what was restored, and is taken up: what was taken back since stays so. That is
 * believed of an agent once after a restore and never else, and opens no gate but that of what was on its way.
 */
export async function confirmRestored(
  tx: Transaction,
  { project }: AgentIdentity,
  observation: Observation,
  now: Instant,
): Promise<void> {
  const stored = await tx.get(project, 'environment', observation.environment);
  const from = stored?.value.restoredFrom;
  if (stored === undefined || from === undefined) return;
  if (observation.holding !== undefined && observation.revision > from)
    return takeUp(tx, stored.value, observation.holding, observation, now);
  if (isOfThisRestore(observation, stored.value)) await putConfirmed(tx, stored, stored.value);
}

/** What was seen under a word of an earlier restore says nothing of this one. An agent of an older version does not tell them apart. */
const isOfThisRestore = (seen: Observation, { restoredFrom, restoredAt }: Environment): boolean =>
  seen.restoredFrom === restoredFrom && (seen.restoredAt === undefined || seen.restoredAt === restoredAt);

async function takeUp(
  tx: Transaction,
  { project, id }: Environment,
  holding: readonly HeldService[],
  { revision, rollout }: Observation,
  now: Instant,
): Promise<void> {
  const live = await liveRollout(tx, project, id);
  if (live !== null) await endLive(tx, live.value, holding, rollout, now);
  const stored = await tx.get(project, 'environment', id);
  if (stored === undefined) return;
  const before = stored.value;
  const after = withHeld({ ...before, revision: Math.max(revision, before.revision) + 1 }, holding, now);
  await putConfirmed(tx, stored, after);
  await tx.append([takenUpEvent(before, after, now), desiredChanged(after, null, now)]);
  await tx.wake([{ key: `environment/${id}`, project, at: now }]);
}

/** What the agent serves alone by now went through after the backup; everything else was not seen to. */
async function endLive(
  tx: Transaction,
  live: Rollout,
  holding: readonly HeldService[],
  seen: Observation['rollout'],
  now: Instant,
): Promise<void> {
  const wentThrough = live.services.every(({ service, to }) =>
    holding.some((one) => one.service === service && one.stable?.artifact === to.artifact),
  );
  const loaded = await loadRollout(tx, live.project, live.id);
  const ended = endOf(live, wentThrough, beyond(live, seen), now);
  await commitRollout(tx, loaded, ended, now, automation);
  await tx.wake([{ key: `rollout/${live.id}`, project: live.project, at: now }]);
}

function endOf(live: Rollout, wentThrough: boolean, raised: Rollout, now: Instant): Rollout {
  // It is being taken back already, and the gateway may have passed the number under which it was told so.
  if (live.state.phase === 'rolling back')
    return raised === live ? live : { ...raised, generation: raised.generation + 1 };
  if (wentThrough) return settle(live, now);
  return abort(raised, automation, 'Its agent was asked for something else after the backup.', now);
}

/** A gateway obeys no word that is older than its last: what is said now comes after all that was said before the restore. */
const beyond = (live: Rollout, seen: Observation['rollout']): Rollout =>
  seen?.id === live.id && seen.generation >= live.generation
    ? { ...live, generation: seen.generation }
    : live;

const automation = { kind: 'automation', rule: 'restore' } as const;

/** How it came to run is not known: so it is no deployment, and proves nothing to a gate. */
function withHeld(environment: Environment, holding: readonly HeldService[], now: Instant): Environment {
  const gone = Object.keys(environment.stable).filter((name) =>
    holding.every(({ service }) => service !== name),
  );
  const stable = withStable(environment.stable, [
    ...holding.map(({ service, stable }) => [service, stable] as const),
    ...gone.map((name) => [name as HeldService['service'], null] as const),
  ]);
  const isSame = digestOfJson(stable) === digestOfJson(environment.stable);
  if (isSame) return environment;
  const deployments = environment.deployments.map((one) =>
    one.until === null ? { ...one, until: now } : one,
  );
  return { ...environment, stable, deployments, validation: null };
}

async function putConfirmed(
  tx: Transaction,
  { version }: Stored<'environment'>,
  { restoredFrom: _told, restoredAt: _at, ...environment }: Environment,
): Promise<void> {
  await tx.put(environment.project, 'environment', environment.id, environment, version);
}

const takenUpEvent = (before: Environment, after: Environment, now: Instant) => {
  const served = Object.entries(after.stable).map(([service, one]) => `${service} ${one.version}`);
  return {
    project: after.project,
    kind: 'environment.taken-up',
    at: now,
    actor: { kind: 'agent', agent: after.agent, environment: after.id },
    environment: after.id,
    subject: `environment/${after.id}`,
    message: `${after.name} goes on with ${served.join(', ') || 'nothing'}, which its agent was asked for after the backup`,
    payload: { before: before.stable, after: after.stable, revision: after.revision },
  } as const;
};
