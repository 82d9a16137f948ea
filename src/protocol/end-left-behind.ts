import { leftBehind, type ProcessRecord, signalAlone } from './process-record.ts';

const lookEveryMs = 20;

/**
 * Ends what a process that has ended left behind in its group, which nobody else would find: it may hold its port for ever.
 * Asked to first, and killed when its time is up; at once where it is given none.
 */
export async function endLeftBehind(
  record: ProcessRecord,
  withinMs: number,
  clock: { monotonicMs(): number; sleep(ms: number): Promise<void> },
): Promise<void> {
  const deadlineMs = clock.monotonicMs() + withinMs;
  let left = await leftBehind(record);
  if (withinMs > 0) for (const pid of left) signalAlone(pid, 'SIGTERM');
  while (left.length > 0 && clock.monotonicMs() < deadlineMs) {
    await clock.sleep(lookEveryMs);
    left = await leftBehind(record);
  }
  for (const pid of left) signalAlone(pid, 'SIGKILL');
}
