import type { Actor } from '../../domain/actor.ts';
import type { AgentId, Digest, EnvironmentId, Instant, ProjectId } from '../../domain/ids.ts';
import { livePhases, type Rollout } from '../../domain/rollout/types.ts';
import type { Store, Stored, Transaction } from '../../engine/store.ts';
import { allEnvironments, everyOne } from '../lookup.ts';

/** How far an agent vouched for the chain before it was set back: what lies behind the backup's position is lost. */
export interface LostHead {
  readonly environment: string;
  readonly agent: AgentId | null;
  readonly position: number;
  readonly link: Digest;
}

export interface Restoration {
  readonly by: Actor;
  /** RFC 3339. */
  readonly takenAt: string;
  /** Where the project's chain stood in the backup. */
  readonly position: number;
  readonly lost: readonly LostHead[];
}

/** What other chapters do about what is under way. */
export interface RestoreActs {
  readonly holdLive: (tx: Transaction, live: Rollout, by: Actor, note: string, now: Instant) => Promise<void>;
  readonly withdraw: (
    tx: Transaction,
    waiting: Stored<'promotion'>,
    by: Actor,
    note: string,
    now: Instant,
  ) => Promise<void>;
}

export interface AfterRestore {
  readonly held: number;
  readonly withdrawn: number;
}

/**
 * The first thing a restored control plane does: says in the log that it was restored, and from when. Nothing goes on
 * by itself of what was under way: people may have decided otherwise since, and this control plane does not know it.
 */
export async function noteRestored(
  store: Store,
  acts: RestoreActs,
  project: ProjectId,
  restoration: Restoration,
  now: Instant,
): Promise<AfterRestore> {
  const { by, takenAt } = restoration;
  const note = `The control plane was restored from the backup of ${takenAt}.`;
  return store.transaction(async (tx) => {
    const live = await everyOne(tx, project, 'rollout', { phase: livePhases });
    const waiting = await everyOne(tx, project, 'promotion', { phase: ['waiting'] });
    await tx.append([restoredEvent(project, restoration, now)]);
    for (const { id } of await allEnvironments(tx, project)) await markRestored(tx, project, id, now);
    for (const { value } of live) await acts.holdLive(tx, value, by, note, now);
    for (const stored of waiting) await acts.withdraw(tx, stored, by, note, now);
    return { held: live.length, withdrawn: waiting.length };
  });
}

/** Until its agent is heard, what it was asked for after the backup is not known. */
async function markRestored(
  tx: Transaction,
  project: ProjectId,
  id: EnvironmentId,
  now: Instant,
): Promise<void> {
  const stored = await tx.get(project, 'environment', id);
  if (stored === undefined) return;
  const { value, version } = stored;
  const restored = { ...value, restoredFrom: value.revision, restoredAt: now };
  await tx.put(project, 'environment', id, restored, version);
}

const restoredEvent = (project: ProjectId, { by, takenAt, position, lost }: Restoration, now: Instant) =>
  ({
    project,
    kind: 'control-plane.restored',
    at: now,
    actor: by,
    environment: null,
    subject: `project/${project}`,
    message: `The control plane was restored from the backup of ${takenAt}, at position ${position} of the log${lostText(position, lost)}`,
    payload: { takenAt, position, lost },
  }) as const;

function lostText(position: number, lost: readonly LostHead[]): string {
  const furthest = lost.toSorted((one, other) => other.position - one.position)[0];
  if (furthest === undefined) return '';
  return `; lost are at least positions ${position + 1} to ${furthest.position}, which the agent of ${furthest.environment} vouched for`;
}
