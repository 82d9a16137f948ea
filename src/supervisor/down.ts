import { join } from 'node:path';
import type { Clock } from '../engine/clock.ts';
import {
  type ProcessRecord,
  isRunning,
  readRecord,
  readRecords,
  removeRecord,
} from '../protocol/process-record.ts';
import { endProcess } from './end-process.ts';
import { endEnvironments } from './environment-processes.ts';
import { endPostgres } from './postgres.ts';
import { folders } from './program.ts';
import { supervisorName } from './supervisor-lock.ts';

const supervisorWithinMs = 20_000;
const programWithinMs = 3000;
const databaseWithinMs = 15_000;

/** Whether anything of Rung still runs on the data folder is false afterwards; with or without a supervisor. */
export async function down(dataFolder: string, clock: Clock): Promise<void> {
  const run = join(dataFolder, folders.run);
  // A supervisor ends everything itself when it is asked to; the rest is for when there is none.
  const supervisor = await readRecord(run, supervisorName);
  if (supervisor !== null) await endAlone(supervisor, 'SIGTERM', supervisorWithinMs, clock);
  // Only now nobody starts anything any more.
  const records = await readRecords(run);
  const named = (name: string): readonly ProcessRecord[] => records.filter((record) => record.name === name);
  const programs = records.filter(({ name }) => name !== supervisorName && name !== 'postgres');
  await Promise.all(programs.map((record) => endProcess(record, programWithinMs, clock)));
  await endEnvironments(dataFolder, clock);
  // SIGINT is PostgreSQL's fast shutdown: nothing that was committed is lost.
  for (const record of named('postgres')) await endAlone(record, 'SIGINT', databaseWithinMs, clock);
  // One whose supervisor was killed while it was being started has no record.
  await endPostgres(join(dataFolder, folders.postgres), clock);
  await Promise.all(records.map(({ name }) => removeRecord(run, name)));
}

/** Of programs that need not lead a group: the process alone is told. */
async function endAlone(
  record: ProcessRecord,
  signal: NodeJS.Signals,
  withinMs: number,
  clock: Clock,
): Promise<void> {
  if (!(await isRunning(record))) return;
  tell(record.pid, signal);
  const deadlineMs = clock.monotonicMs() + withinMs;
  while (clock.monotonicMs() < deadlineMs) {
    if (!(await isRunning(record))) return;
    await clock.sleep(20);
  }
  tell(record.pid, 'SIGKILL');
}

function tell(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (thrown) {
    // It may end by itself at any moment.
    if ((thrown as NodeJS.ErrnoException).code !== 'ESRCH') throw thrown;
  }
}
