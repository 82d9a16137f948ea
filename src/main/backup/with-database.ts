import { silentLog } from '../../domain/log.ts';
import { systemClock } from '../../engine/clock.ts';
import { runningSupervisor } from '../../supervisor/index.ts';
import { startPostgres } from '../../supervisor/postgres.ts';
import { takeFolder } from '../../supervisor/supervisor-lock.ts';
import type { DataFolder } from '../data-folder.ts';
import { databaseUrlOf, readOptions } from '../options.ts';

/**
 * Works with the data folder's database: the one that runs, the user's, or the embedded one, which is started for as
 * long as it takes while nothing else runs from the folder.
 */
export async function withDatabase<T>(data: DataFolder, work: (url: string) => Promise<T>): Promise<T> {
  const options = await readOptions(data);
  const isUp = (await runningSupervisor(data.run)) !== null;
  if (options.databaseUrl !== null || isUp) return work(await databaseUrlOf(data, options));
  await using _held = await takeFolder(data.run, process.pid, systemClock);
  return withEmbedded(data, work);
}

/** The embedded one; the caller holds the data folder. */
export async function withEmbedded<T>(data: DataFolder, work: (url: string) => Promise<T>): Promise<T> {
  const server = await startPostgres({ folder: data.postgres, log: silentLog, clock: systemClock });
  try {
    return await work(server.url);
  } finally {
    await server.stop();
  }
}
