import type { AgentId, EnvironmentName, Instant } from '../ids.ts';
import type { Rollout } from './types.ts';

/** What is known of the agent of the environment. */
export interface AgentSeen {
  readonly agent: AgentId;
  readonly environment: EnvironmentName;
  readonly isSilent: boolean;
  /** When it last said something; null: never. */
  readonly heardAt: Instant | null;
  /** The word about the weight that it has seen of this rollout; null: none. */
  readonly generation: number | null;
  /** It took this rollout back by itself. */
  readonly tookBack: boolean;
}

/** Why a person cannot do it now, and what they can do about that. */
export interface Obstacle {
  readonly code: string;
  readonly message: string;
  readonly wayOut: string;
}

/** Why nobody can resume a held rollout now; null when somebody can. Without an agent that judges, it stays as it is. */
export function resumeObstacle(rollout: Rollout, agent: AgentSeen): Obstacle | null {
  const { state } = rollout;
  if (state.phase !== 'held') return null;
  const isJudged = state.percent === 0 ? hasSeen(agent, rollout) : !agent.isSilent;
  return isJudged ? null : judgeObstacle(agent);
}

/** It is heard, and has heard the newest word about this rollout. */
export const hasSeen = (agent: AgentSeen, rollout: Rollout): boolean =>
  !agent.isSilent && agent.generation === rollout.generation;

export const judgeObstacle = (agent: AgentSeen): Obstacle => ({
  code: 'judge-not-back',
  message: `Nobody judges: the agent of ${agent.environment} ${heardText(agent)}.`,
  wayOut: `Start it again (a supervisor that runs does so by itself; its log is agent-${agent.environment}.log), and wait until rung status hears it.`,
});

function heardText({ heardAt, isSilent }: AgentSeen): string {
  if (heardAt === null) return 'was never heard';
  const at = `${new Date(heardAt).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
  return isSilent
    ? `is silent, and was last heard at ${at}`
    : `has not answered since this rollout fell to 0 %, and was last heard at ${at}`;
}
