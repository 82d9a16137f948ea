import type { Environment } from '../../domain/environment.ts';
import { Failure } from '../../domain/failure.ts';
import type { Instant, ProjectId } from '../../domain/ids.ts';
import type { Promotion } from '../../domain/promotion.ts';
import type { Sample } from '../../domain/rollout/sample.ts';
import { isLive, type Rollout } from '../../domain/rollout/types.ts';
import type { Actor } from '../../domain/actor.ts';
import type { Reader, Records, Stored, Transaction, WakeUp } from '../../engine/store.ts';
import { desiredChanged } from '../desired-changed.ts';
import type { Stopwatch } from '../stopwatch.ts';
import { consequencesOf } from './consequences.ts';
import { withCourse } from './course.ts';
import { attendedGapMs, decideRollout, type RolloutDecision, type RolloutFacts } from './decide-rollout.ts';
import { desiredOf } from './desired.ts';
import { digestOfJson } from '../../domain/canonical.ts';
import { rolloutEvents } from './rollout-events.ts';

/** A rollout with what stands around it, as stored. */
export interface Loaded {
  readonly rollout: Stored<'rollout'>;
  readonly environment: Stored<'environment'>;
  readonly promotion: Stored<'promotion'>;
  readonly release: Stored<'release'>;
}

export const loadRollout = async (tx: Reader, project: ProjectId, id: string): Promise<Loaded> =>
  around(tx, await must(tx, project, 'rollout', id));

async function around(tx: Reader, rollout: Stored<'rollout'>): Promise<Loaded> {
  const { project } = rollout.value;
  const [environment, promotion] = await Promise.all([
    must(tx, project, 'environment', rollout.value.environment),
    must(tx, project, 'promotion', rollout.value.promotion),
  ]);
  const release = await must(tx, project, 'release', promotion.value.release);
  return { rollout, environment, promotion, release };
}

async function must<K extends 'rollout' | 'environment' | 'promotion' | 'release'>(
  tx: Reader,
  project: ProjectId,
  kind: K,
  id: string,
): Promise<Stored<K>> {
  const found = await tx.get(project, kind, id);
  if (found !== undefined) return found;
  throw new Failure('absent', `${kind}-unknown`, `There is no ${kind} ${id}.`, {
    wayOut: 'Look at rung status for what there is.',
  });
}

/** Samples folded in one turn; more wait for the next. */
export const samplesATurn = 500;

/** Load, decide, commit: the rollout's turn of the reconcile loop. */
export async function reconcileRollout(
  tx: Transaction,
  project: ProjectId,
  id: string,
  now: Instant,
  stopwatch: Stopwatch,
): Promise<{ readonly wakeAt: Instant | null }> {
  const stored = await must(tx, project, 'rollout', id);
  const before = stored.value;
  if (!isLive(before.state)) {
    forget(stopwatch, id);
    return { wakeAt: null };
  }
  const [loaded, observed, samples] = await Promise.all([
    around(tx, stored),
    tx.get(project, 'observation', before.environment),
    tx.samplesAfter(project, before.id, before.lastSample, samplesATurn),
  ]);
  const observation = observed?.value.observation ?? null;
  const look = (rollout: Rollout, revision: number, fresh: readonly Sample[]): RolloutDecision =>
    decideRollout(
      { ...timesOf(rollout, observed, stopwatch, now), observation, rollout, revision, samples: fresh },
      now,
    );
  const decision = look(before, loaded.environment.value.revision, samples);
  const environment = await commitRollout(tx, loaded, decision.rollout, now);
  if (!isLive(decision.rollout.state)) {
    forget(stopwatch, id);
    return { wakeAt: null };
  }
  if (decision.rollout.state === before.state && samples.length < samplesATurn) return decision;
  const isMoreToFold =
    samples.length === samplesATurn || (samples.at(-1)?.number ?? 0) > decision.rollout.lastSample;
  if (isMoreToFold) return { wakeAt: now };
  // In its new state it is looked at again at once only where that look would find something to do.
  const next = look(decision.rollout, environment.revision, []);
  return { wakeAt: next.rollout === decision.rollout ? next.wakeAt : now };
}

/** How long things have lasted, on a clock that is never set. */
function timesOf(
  rollout: Rollout,
  observed: Stored<'observation'> | undefined,
  stopwatch: Stopwatch,
  now: Instant,
): Pick<RolloutFacts, 'agentSilentMs' | 'inPhaseMs' | 'watchLeftMs'> {
  const attendedMs = (what: string, mark: string): number =>
    stopwatch.attendedMs(`${rollout.id} ${what}`, mark, attendedGapMs);
  const inPhaseMs = attendedMs('phase', `${rollout.state.phase} ${rollout.generation}`);
  const unheardMs = attendedMs('agent', `${observed?.version ?? 0}`);
  return {
    agentSilentMs: Math.min(unheardMs, inPhaseMs),
    inPhaseMs,
    watchLeftMs: watchLeftMs(rollout, stopwatch, now),
  };
}

function watchLeftMs({ id, generation, state }: Rollout, stopwatch: Stopwatch, now: Instant): number {
  if (state.phase !== 'watching') return 0;
  return stopwatch.leftMs(`${id} watch`, `${generation}`, state.until - now);
}

function forget(stopwatch: Stopwatch, rollout: string): void {
  for (const what of ['phase', 'agent', 'watch']) stopwatch.forget(`${rollout} ${what}`);
}

/** Writes a rollout's new state with everything that follows from it, in one transaction; gives the environment after it. */
export async function commitRollout(
  tx: Transaction,
  loaded: Loaded,
  after: Rollout,
  now: Instant,
  actor?: Actor,
  note?: string,
): Promise<Environment> {
  const before = loaded.rollout.value;
  const around = {
    environment: loaded.environment.value,
    promotion: loaded.promotion.value,
    release: loaded.release.value,
  };
  const next = consequencesOf(before, after, around, now);
  const environment = raised(around.environment, before, next.environment, after);
  if (after !== before) await tx.put(after.project, 'rollout', after.id, after, loaded.rollout.version);
  await putChanged(tx, 'environment', loaded.environment, environment);
  await putChanged(tx, 'promotion', loaded.promotion, withCourse(before, after, next.promotion, now));
  await putChanged(tx, 'release', loaded.release, next.release);
  const release = { before: around.release, after: next.release };
  await tx.append(rolloutEvents(before, after, { ...around, release }, now, actor, note));
  if (environment.revision !== around.environment.revision)
    await tx.append([desiredChanged(environment, after.id, now)]);
  if (!isLive(after.state)) await tx.wake(wakeUpsAtEnd(environment, around.promotion, now));
  return environment;
}

/** What waits for the environment looks again, and the change request that was carried out closes. */
function wakeUpsAtEnd({ id, project }: Environment, { change }: Promotion, at: Instant): readonly WakeUp[] {
  const keys = [`environment/${id}`, ...(change === undefined ? [] : [`change/${change}`])];
  return keys.map((key) => ({ key, project, at }));
}

/** The revision rises exactly when the agent would be told something else; that more was measured is nothing to tell. */
function raised(
  before: Environment,
  rolloutBefore: Rollout,
  after: Environment,
  rolloutAfter: Rollout,
): Environment {
  if (before === after && rolloutBefore.state === rolloutAfter.state) return after;
  const asked = digestOfJson(desiredOf(before, rolloutBefore));
  const asks = digestOfJson(desiredOf({ ...after, revision: before.revision }, rolloutAfter));
  return asked === asks ? after : { ...after, revision: before.revision + 1 };
}

/** Equal values are left alone, so that a reconcile that finds nothing to do writes nothing. */
async function putChanged<K extends 'environment' | 'promotion' | 'release'>(
  tx: Transaction,
  kind: K,
  stored: Stored<K>,
  value: Records[K],
): Promise<void> {
  if (stored.value !== value && digestOfJson(stored.value) !== digestOfJson(value))
    await tx.put(value.project, kind, value.id, value, stored.version);
}
