import type { EnvironmentName, RoleName } from '../ids.ts';
import { rungOf } from '../pipeline.ts';
import type { ProjectFile } from '../project-file/types.ts';
import type { Rollout } from './types.ts';

/** What is known of the agent of the environment. */
export interface AgentSeen {
  readonly isSilent: boolean;
  /** The word about the weight that it has seen of this rollout; null: none. */
  readonly generation: number | null;
  /** It took this rollout back by itself. */
  readonly tookBack: boolean;
}

export interface Obstacle {
  readonly code: string;
  readonly message: string;
  readonly wayOut: string;
}

/** Who may answer for thin evidence: who approves for the environment; anybody with a role where nobody has to. */
export const rolesThatAdvance = (
  file: Pick<ProjectFile, 'roles' | 'pipelines'>,
  environment: EnvironmentName,
): readonly RoleName[] =>
  rungOf(file, environment)?.step.approvals?.from ?? (Object.keys(file.roles) as RoleName[]);

/**
 * Why no person can let the rollout go on past its evidence now; null when one can. A rule that takes back is never
 * passed, and nothing is exposed again after the judge was lost before somebody is there to judge.
 */
export function advanceObstacle(rollout: Rollout, agent: AgentSeen): Obstacle | null {
  const { state } = rollout;
  if (state.phase !== 'held')
    return {
      code: 'rollout-not-held',
      message: `This rollout is ${state.phase}; no person has to let it go on.`,
      wayOut: 'Only a held rollout can be promoted past its evidence.',
    };
  if (agent.tookBack || rollout.judgement?.verdict.action === 'take back')
    return {
      code: 'rollout-condemned',
      message: 'A rule says that this release is to be taken back; no reason goes past that.',
      wayOut: 'It is being taken back. Mend the release and promote the mended one.',
    };
  const isBack = !agent.isSilent && agent.generation === rollout.generation;
  if (state.percent > 0 || isBack) return null;
  return {
    code: 'judge-not-back',
    message: 'Nobody judges: the agent has not been heard since this rollout fell to 0 %.',
    wayOut: 'Bring the agent back first; see rung status.',
  };
}
