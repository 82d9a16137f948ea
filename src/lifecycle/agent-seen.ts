import type { Environment } from '../domain/environment.ts';
import type { Instant } from '../domain/ids.ts';
import type { AgentSeen } from '../domain/rollout/judge-back.ts';
import type { Rollout } from '../domain/rollout/types.ts';
import type { AgentRecord } from '../engine/records.ts';
import type { Reader } from '../engine/store.ts';

/** An agent that says nothing for so long, and has no poll held open, is called silent. */
export const silentAfterMs = 25_000;

/** Whether the agent was heard once and is not any more. One that never called is not silent: it is not there yet. */
export const isSilent = (agent: AgentRecord): boolean => (agent.silentSince ?? null) !== null;

/** What the agent of an environment has to do with a rollout there. */
export async function agentSeen(
  tx: Reader,
  rollout: Rollout,
  { id, project, name, agent }: Pick<Environment, 'id' | 'project' | 'name' | 'agent'>,
): Promise<AgentSeen> {
  const record = (await tx.get(project, 'agent', agent))?.value ?? null;
  const seen = (await tx.get(project, 'observation', id))?.value;
  const told = seen?.observation.rollout;
  const mine = told?.id === rollout.id ? told : null;
  return {
    agent,
    environment: name,
    isSilent: record === null || isSilent(record),
    heardAt: laterOf(record?.lastHeardAt ?? null, seen?.at ?? null),
    generation: mine?.generation ?? null,
    tookBack: mine !== null && mine.takenBack !== null,
  };
}

/** The later of two times of which each may never have been. */
export const laterOf = (one: Instant | null, other: Instant | null): Instant | null =>
  one === null || (other !== null && other > one) ? other : one;
