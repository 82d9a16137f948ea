import type { EnvironmentName } from './ids.ts';
import type { PipelineStep, ProjectFile } from './project-file/types.ts';
import { remembered } from './remembered.ts';

/** Where an environment stands in a pipeline: its own step and those before it, first rung first. */
export interface Rung {
  readonly pipeline: string;
  readonly step: PipelineStep;
  readonly before: readonly PipelineStep[];
}

type Pipelines = Pick<ProjectFile, 'pipelines'>;

/** The first pipeline that has the environment as a rung; null when none has. */
export const rungOf = ({ pipelines }: Pipelines, environment: EnvironmentName): Rung | null =>
  rungsIn(pipelines).get(environment) ?? null;

/** Worked out once for a file: admission asks it again and again, and a file can have thousands of rungs. */
const rungsIn = remembered((pipelines: ProjectFile['pipelines']): ReadonlyMap<EnvironmentName, Rung> => {
  const rungs = new Map<EnvironmentName, Rung>();
  for (const [pipeline, steps] of Object.entries(pipelines))
    for (const [index, step] of steps.entries())
      if (!rungs.has(step.environment))
        rungs.set(step.environment, { pipeline, step, before: steps.slice(0, index) });
  return rungs;
});

/** The environments that come right after this one, over all pipelines. */
export function nextRungs(
  { pipelines }: Pipelines,
  environment: EnvironmentName,
): readonly EnvironmentName[] {
  return Object.values(pipelines).flatMap((steps) => {
    const index = steps.findIndex((step) => step.environment === environment);
    const next = index < 0 ? undefined : steps[index + 1];
    return next === undefined ? [] : [next.environment];
  });
}
