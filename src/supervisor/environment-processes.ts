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

interface Found {
  readonly folder: string;
  readonly record: ProcessRecord;
}

/**
 * Ends rooms, gateways and services of every environment. Rooms go first, and without being asked: they would start
 * anew what is ended here.
 */
export async function endEnvironments(dataFolder: string, clock: Clock): Promise<void> {
  const found = await findRecords(join(dataFolder, folders.environments));
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
