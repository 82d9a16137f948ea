import type { DesiredEnvironment } from '../protocol/messages.ts';

const heartbeatMs = 5000;

/** So often, at least, something is said, and looked at before. Runtime and traffic tell of changes by themselves. */
export function heartbeatOf(desired: DesiredEnvironment | null): number {
  const task = desired?.rollout?.task;
  const leaseMs = task?.kind === 'weigh' ? task.leaseMs : null;
  return Math.min(heartbeatMs, (leaseMs ?? Number.POSITIVE_INFINITY) / 3);
}
