import type { NewEvent } from '../domain/event.ts';
import type { Instant } from '../domain/ids.ts';
import { spanText } from '../domain/wording.ts';
import type { AgentRecord } from '../engine/records.ts';
import type { Reader } from '../engine/store.ts';

/** That an agent is there, or back; of the record as it was before. */
export async function agentConnected(
  tx: Reader,
  { id, project, environments, ...before }: AgentRecord,
  boot: string,
  now: Instant,
): Promise<NewEvent> {
  const [environment] = environments;
  const found = environment === undefined ? undefined : await tx.get(project, 'environment', environment);
  const silentMs = before.silentSince == null ? null : Math.max(0, now - before.silentSince);
  const after = silentMs === null ? '' : `, after ${spanText(silentMs)} of silence`;
  return {
    project,
    kind: 'agent.connected',
    at: now,
    actor: { kind: 'agent', agent: id },
    environment: environment ?? null,
    subject: `agent/${id}`,
    message: `The agent of ${found?.value.name ?? 'an environment'} ${before.boot === null ? 'is there' : 'is back'}${after}`,
    payload: { boot, silentMs },
  };
}
