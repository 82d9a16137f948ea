import type { Clock } from '../engine/clock.ts';
import { endLeftBehind } from '../protocol/end-left-behind.ts';
import {
  type ProcessRecord,
  isGroupThere,
  isRunning,
  signalAlone,
  signalGroup,
} from '../protocol/process-record.ts';

const lookEveryMs = 20;

/** SIGTERM, then SIGKILL when it does not end in time. Succeeds on what is gone, and ends what that left behind. */
export async function endProcess(record: ProcessRecord, withinMs: number, clock: Clock): Promise<void> {
  if (!(await isRunning(record))) return endLeftBehind(record, withinMs, clock);
  signal(record.pid, 'SIGTERM');
  if (await isGoneWithin(record, withinMs, clock)) return;
  signal(record.pid, 'SIGKILL');
  await isGoneWithin(record, 1000, clock);
}

/** Its whole group where it leads one, else the process alone. */
function signal(pid: number, name: NodeJS.Signals): void {
  if (!signalGroup(pid, name)) signalAlone(pid, name);
}

async function isGoneWithin(record: ProcessRecord, withinMs: number, clock: Clock): Promise<boolean> {
  const deadlineMs = clock.monotonicMs() + withinMs;
  while ((await isGroupThere(record.pid)) || (await isRunning(record))) {
    if (clock.monotonicMs() > deadlineMs) return false;
    await clock.sleep(lookEveryMs);
  }
  return true;
}
