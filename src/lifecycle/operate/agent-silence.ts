import type { NewEvent } from '../../domain/event.ts';
import { type Instant, later, type ProjectId } from '../../domain/ids.ts';
import { spanText } from '../../domain/wording.ts';
import type { AgentRecord } from '../../engine/records.ts';
import type { Reader, Transaction } from '../../engine/store.ts';
import { isSilent, silentAfterMs } from '../agent-seen.ts';
import type { Stopwatch } from '../stopwatch.ts';

/**
 * Notes once that an agent is not heard any more. Looks when the silence would be long enough, and not at all while it
 * lasts: whoever hears the agent again wakes this.
 */
export async function reconcileAgent(
  tx: Transaction,
  project: ProjectId,
  id: string,
  now: Instant,
  stopwatch: Stopwatch,
): Promise<{ readonly wakeAt: Instant | null }> {
  const stored = await tx.get(project, 'agent', id);
  if (stored === undefined || stored.value.boot === null || isSilent(stored.value)) {
    stopwatch.forget(`${id} heard`);
    return { wakeAt: null };
  }
  const agent = stored.value;
  const unheardMs = stopwatch.unchangedMs(`${id} heard`, await markOf(tx, agent));
  if (unheardMs < silentAfterMs) return { wakeAt: later(now, Math.ceil(silentAfterMs - unheardMs)) };
  await tx.put(project, 'agent', id, { ...agent, silentSince: now }, stored.version);
  await tx.append([await silentEvent(tx, agent, now)]);
  stopwatch.forget(`${id} heard`);
  return { wakeAt: null };
}

/** Another one whenever something was heard: every report makes a new version of an observation. */
async function markOf(tx: Reader, { project, boot, environments }: AgentRecord): Promise<string> {
  const observed = await Promise.all(environments.map((one) => tx.get(project, 'observation', one)));
  return `${boot ?? ''} ${observed.reduce((sum, one) => sum + (one?.version ?? 0), 0)}`;
}

async function silentEvent(
  tx: Reader,
  { id, project, environments }: AgentRecord,
  now: Instant,
): Promise<NewEvent> {
  const [environment] = environments;
  const found = environment === undefined ? undefined : await tx.get(project, 'environment', environment);
  return {
    project,
    kind: 'agent.silent',
    at: now,
    actor: { kind: 'automation', rule: 'agent silence' },
    environment: environment ?? null,
    subject: `agent/${id}`,
    message: `The agent of ${found?.value.name ?? 'an environment'} is silent: nothing was heard of it for ${spanText(silentAfterMs)}`,
    payload: { silentAfterMs },
  };
}
