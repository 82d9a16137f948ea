import { noAlarms } from '../../../domain/alarms/changes.ts';
import { type EnvironmentId, type Instant, later, type ProjectId } from '../../../domain/ids.ts';
import type { Transaction } from '../../../engine/store.ts';

/**
 * Whether this control plane is the one that looks at the environment now. A claim is over shortly before the next look is
 * due, so that who has it keeps it; one that lies further ahead was made by a clock that has been set back since.
 */
export async function claim(
  tx: Transaction,
  project: ProjectId,
  environment: EnvironmentId,
  now: Instant,
  everyMs: number,
): Promise<boolean> {
  const stored = await tx.get(project, 'alarm', environment);
  const record = stored?.value ?? noAlarms(project, environment);
  const leftMs = (record.claimedUntil ?? 0) - now;
  if (leftMs > 0 && leftMs <= everyMs) return false;
  const claimedUntil = later(now, everyMs * 0.8);
  await tx.put(project, 'alarm', environment, { ...record, claimedUntil }, stored?.version ?? 0);
  return true;
}
