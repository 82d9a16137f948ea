import { randomInt } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../domain/failure.ts';
import type { Clock } from '../engine/clock.ts';
import {
  type ProcessRecord,
  describeProcess,
  isRunning,
  newMark,
  readRecord,
  readRecords,
  removeRecord,
  writeRecord,
} from '../protocol/process-record.ts';

export const supervisorName = 'supervisor';
/** In the run folder: a record, under a name of its own, of each that has the data folder or is about to take it. */
const claimFolder = 'claims';
const mostTries = 20;
const longestPauseMs = 100;

/**
 * Takes the data folder for this process; throws conflict `already-running` while another supervisor has it. Each says that
 * it wants it before it looks for others, so that of two at least one sees the other, however long it stood still between.
 */
export async function takeFolder(runFolder: string, pid: number, clock: Clock): Promise<AsyncDisposable> {
  const claims = join(runFolder, claimFolder);
  await mkdir(claims, { recursive: true, mode: 0o700 });
  const own = await describeProcess(pid, supervisorName, '');
  if (own === null) throw new Error(`There is no process ${pid}.`);
  const claim = { ...own, name: newMark() };
  for (let tries = 1; ; tries += 1) {
    await writeRecord(claims, claim);
    const holder = otherIn([await runningSupervisor(runFolder)], pid);
    const other = holder ?? otherIn(await runningClaims(claims), pid);
    if (other === null) break;
    await removeRecord(claims, claim.name);
    if (holder !== null || tries === mostTries) throw alreadyRunning(other);
    // Both may have seen each other: who tries again first has it.
    await clock.sleep(randomInt(longestPauseMs));
  }
  await writeRecord(runFolder, own);
  return {
    [Symbol.asyncDispose]: async () => {
      await removeRecord(runFolder, supervisorName);
      await removeRecord(claims, claim.name);
    },
  };
}

/** The supervisor that has the folder; null when none has. */
export async function runningSupervisor(runFolder: string): Promise<ProcessRecord | null> {
  const record = await readRecord(runFolder, supervisorName);
  return record && (await isRunning(record)) ? record : null;
}

/** Those of the dead are cleared away: nobody else has a claim of that name. */
async function runningClaims(claims: string): Promise<readonly ProcessRecord[]> {
  const running: ProcessRecord[] = [];
  for (const claim of await readRecords(claims)) {
    if (await isRunning(claim)) running.push(claim);
    else await removeRecord(claims, claim.name);
  }
  return running;
}

const otherIn = (records: readonly (ProcessRecord | null)[], pid: number): ProcessRecord | null =>
  records.find((record) => record !== null && record.pid !== pid) ?? null;

const alreadyRunning = ({ pid }: ProcessRecord): Failure =>
  new Failure(
    'conflict',
    'already-running',
    `Rung is running already on this data folder (process ${pid}).`,
    {
      wayOut: 'Use the one that runs, end it with `rung down`, or choose another folder with --data.',
      facts: { pid },
    },
  );
