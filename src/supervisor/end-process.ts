import type { Clock } from '../engine/clock.ts';
import { type ProcessRecord, isGroupThere, isRunning, signalGroup } from '../protocol/process-record.ts';

const lookEveryMs = 20;

/** SIGTERM, then SIGKILL when it does not end in time. Succeeds on what is gone. */
export async function endProcess(record: ProcessRecord, withinMs: number, clock: Clock): Promise<void> {
  if (!(await isRunning(record))) return;
  signalGroup(record.pid, 'SIGTERM');
  if (await isGoneWithin(record, withinMs, clock)) return;
  signalGroup(record.pid, 'SIGKILL');
  await isGoneWithin(record, 1000, clock);
}

async function isGoneWithin(record: ProcessRecord, withinMs: number, clock: Clock): Promise<boolean> {
  const deadlineMs = clock.monotonicMs() + withinMs;
  while (await isGroupThere(record.pid)) {
    if (clock.monotonicMs() > deadlineMs) return false;
    await clock.sleep(lookEveryMs);
  }
  return true;
}
