import { rm, readFile, writeFile, mkdir } from 'node:fs/promises';
import { Failure } from '../domain/failure.ts';
import type { Clock } from '../engine/clock.ts';
import {
  type ProcessRecord,
  describeProcess,
  isRunning,
  readRecord,
  recordFile,
} from '../protocol/process-record.ts';

export const supervisorName = 'supervisor';
/** Two that start at the same moment both see a stale record; after so long only one of them finds its own. */
const settleMs = 50;

/** Takes the data folder for this process; throws conflict `already-running` while another supervisor has it. */
export async function takeFolder(runFolder: string, pid: number, clock: Clock): Promise<AsyncDisposable> {
  await mkdir(runFolder, { recursive: true, mode: 0o700 });
  const own = await describeProcess(pid, supervisorName, '');
  const file = recordFile(runFolder, supervisorName);
  const text = JSON.stringify(own);
  await refuseRunning(runFolder, pid);
  await rm(file, { force: true });
  await writeFile(file, text, { mode: 0o600, flag: 'wx' }).catch(() => undefined);
  await clock.sleep(settleMs);
  if ((await readFile(file, 'utf8').catch(() => '')) !== text) await refuseRunning(runFolder, pid);
  return { [Symbol.asyncDispose]: () => rm(file, { force: true }) };
}

/** The supervisor that has the folder; null when none has. */
export async function runningSupervisor(runFolder: string): Promise<ProcessRecord | null> {
  const record = await readRecord(runFolder, supervisorName);
  return record && (await isRunning(record)) ? record : null;
}

async function refuseRunning(runFolder: string, pid: number): Promise<void> {
  const other = await runningSupervisor(runFolder);
  if (other === null || other.pid === pid) return;
  throw new Failure(
    'conflict',
    'already-running',
    `Rung is running already on this data folder (process ${other.pid}).`,
    {
      wayOut: 'Use the one that runs, end it with `rung down`, or choose another folder with --data.',
      facts: { pid: other.pid },
    },
  );
}
