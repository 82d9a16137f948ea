import type { EnvironmentName } from './ids.ts';
import type { PipelineStep, ProjectFile } from './project-file/types.ts';

/** Where an environment stands in a pipeline: its own step and those before it, first rung first. */
export interface Rung {
  readonly pipeline: string;
  readonly step: PipelineStep;
  readonly before: readonly PipelineStep[];
}

/** The first pipeline that has the environment as a rung; null when none has. */
export function rungOf(file: Pick<ProjectFile, 'pipelines'>, environment: EnvironmentName): Rung | null {
  for (const [pipeline, steps] of Object.entries(file.pipelines)) {
    const index = steps.findIndex((step) => step.environment === environment);
    const step = steps[index];
    if (step !== undefined) return { pipeline, step, before: steps.slice(0, index) };
  }
  return null;
}

/** The environments that come right after this one, over all pipelines. */
export function nextRungs(
  file: Pick<ProjectFile, 'pipelines'>,
  environment: EnvironmentName,
): readonly EnvironmentName[] {
  return Object.values(file.pipelines).flatMap((steps) => {
    const index = steps.findIndex((step) => step.environment === environment);
    const next = index < 0 ? undefined : steps[index + 1];
    return next === undefined ? [] : [next.environment];
  });
}
