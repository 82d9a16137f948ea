import type { AgentSeen } from '../domain/rollout/advance-by-person.ts';
import type { Rollout } from '../domain/rollout/types.ts';
import type { AgentRecord, ObservationRecord } from '../engine/records.ts';

/** An agent that says nothing for so long is called silent. Agents report every 10 s at the least. */
export const silentAfterMs = 25_000;

/** Whether the agent was heard once and is not any more. One that never called is not silent: it is not there yet. */
export const isSilent = (agent: AgentRecord): boolean => (agent.silentSince ?? null) !== null;

/** What the agent of an environment has to do with a rollout there. */
export function agentSeen(
  rollout: Rollout,
  observation: ObservationRecord | null,
  agent: AgentRecord | null,
): AgentSeen {
  const told = observation?.observation.rollout ?? null;
  const mine = told?.id === rollout.id ? told : null;
  return {
    isSilent: agent === null || isSilent(agent),
    generation: mine?.generation ?? null,
    tookBack: mine !== null && mine.takenBack !== null,
  };
}
