import type { DesiredEnvironment } from '../protocol/messages.ts';

const heartbeatMs = 5000;

/** So often, at least, everything is looked at. Runtime and traffic tell of changes by themselves. */
export function heartbeatOf(desired: DesiredEnvironment | null): number {
  const task = desired?.rollout?.task;
  const leaseMs = task?.kind === 'weigh' ? task.leaseMs : null;
  return Math.min(heartbeatMs, (leaseMs ?? Number.POSITIVE_INFINITY) / 3);
}

/**
 * After so long the same is said again. While a release is on its way, because the judge may be lost; else never: a poll that
 * is held open says that the agent is there.
 */
export const toldAgainOf = (desired: DesiredEnvironment | null): number =>
  desired?.rollout == null ? Number.POSITIVE_INFINITY : heartbeatOf(desired);
