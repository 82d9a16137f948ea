import type { Observed } from '../../ports/provider.ts';
import type { Workload, WorkloadChange, WorkloadSpec } from '../../ports/runtime.ts';

/**
 * What has to be started and stopped. Restarting what died is the room's work, done at once and without being
 * asked; only what is missing altogether is started from here.
 */
export function planWorkloads(
  desired: readonly WorkloadSpec[],
  observed: Observed<readonly Workload[]>,
): readonly WorkloadChange[] {
  if (observed.state === 'foreign') return [];
  const there = observed.state === 'present' ? observed.value : [];
  const starts = desired
    .filter((spec) => instancesOf(spec, there) < spec.descriptor.instances)
    .map((spec): WorkloadChange => ({ action: 'start', spec }));
  const stops = there
    .filter((workload) => !desired.some((spec) => isSame(spec, workload)))
    .map(({ service, artifact }): WorkloadChange => ({ action: 'stop', service, artifact }));
  return [...starts, ...stops];
}

type Named = Pick<WorkloadSpec, 'service' | 'artifact'>;

const isSame = (one: Named, other: Named): boolean =>
  one.service === other.service && one.artifact === other.artifact;

const instancesOf = (spec: Named, there: readonly Workload[]): number =>
  there
    .find((workload) => isSame(spec, workload))
    ?.instances.filter(({ state }) => state.phase !== 'stopping').length ?? 0;
