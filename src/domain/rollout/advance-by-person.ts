import type { EnvironmentName, RoleName } from '../ids.ts';
import { rungOf } from '../pipeline.ts';
import type { ProjectFile } from '../project-file/types.ts';
import { type AgentSeen, hasSeen, judgeObstacle, type Obstacle } from './judge-back.ts';
import type { Rollout } from './types.ts';

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
  return state.percent > 0 || hasSeen(agent, rollout) ? null : judgeObstacle(agent);
}
