import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../engine/clock.ts';
import {
  type ProcessRecord,
  isRunning,
  readRecords,
  removeRecord,
  signalGroup,
} from '../protocol/process-record.ts';
import { endProcess } from './end-process.ts';
import { folders } from './program.ts';

/** Where an environment's programs leave their records. */
const recordFolders = ['run', 'instances'];
const endWithinMs = 3000;
const mostLooks = 5;

interface Found {
  readonly folder: string;
  readonly record: ProcessRecord;
}

/**
 * Ends rooms, gateways and services of every environment. Rooms go first, and without being asked: they would start
 * anew what is ended here.
 */
export async function endEnvironments(dataFolder: string, clock: Clock): Promise<void> {
  const environments = join(dataFolder, folders.environments);
  // What was only just being started when the first look was taken has its record by the second.
  for (let look = 0; look < mostLooks; look += 1) {
    const found = await findRecords(environments);
    if (look > 0 && found.length === 0) return;
    await endAll(found, clock);
  }
}

async function endAll(found: readonly Found[], clock: Clock): Promise<void> {
  const rooms = found.filter(({ record }) => record.name === 'room');
  for (const { record } of rooms) if (await isRunning(record)) signalGroup(record.pid, 'SIGKILL');
  await Promise.all(found.map(({ record }) => endProcess(record, endWithinMs, clock)));
  await Promise.all(found.map(({ folder, record }) => removeRecord(folder, record.name)));
}

async function findRecords(environments: string): Promise<readonly Found[]> {
  const names = await readdir(environments).catch(() => [] as string[]);
  const places = names.flatMap((name) => recordFolders.map((folder) => join(environments, name, folder)));
  const found = await Promise.all(
    places.map(async (folder) => (await readRecords(folder)).map((record) => ({ folder, record }))),
  );
  return found.flat();
}
