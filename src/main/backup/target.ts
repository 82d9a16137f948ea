import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../domain/failure.ts';
import { isRunning, readRecords } from '../../protocol/process-record.ts';
import { emptyDatabase, isFilled, isWorkedOn } from '../../store/postgres/fill.ts';
import type { DataFolder } from '../data-folder.ts';
import { isRestoring } from './unfinished.ts';

/**
 * What a restore puts there. What is in `environments` belongs to the agents and what they run, and stays: they find
 * their control plane again.
 */
const own = ['postgres', 'control', 'artifacts', 'repository.git', 'builder', 'restored'] as const;

/** Throws conflict `control-plane-running`: agents may run meanwhile, who decides may not. */
export async function refuseRunning(data: DataFolder, databaseUrl: string | undefined): Promise<void> {
  const records = await readRecords(data.run);
  const alive = await Promise.all(records.map(isRunning));
  const isUp = records.some(
    ({ name }, at) => alive[at] === true && (name.startsWith('control-plane') || name === 'postgres'),
  );
  if (!isUp && (databaseUrl === undefined || !(await isWorkedOn(databaseUrl)))) return;
  throw new Failure('conflict', 'control-plane-running', 'A control plane runs there now.', {
    wayOut:
      'End it with `rung down` first, everywhere it runs, or restore into another data folder and database.',
  });
}

/**
 * Makes room: what is in the way is moved into a folder of its own, and removed from the user's database. Returns
 * that folder; null: nothing was in the way. Throws conflict `restore-target-taken` unless told to replace.
 */
export async function clearTarget(
  data: DataFolder,
  databaseUrl: string | undefined,
  replace: boolean,
  asideName: string,
): Promise<string | null> {
  const isInterrupted = await isRestoring(data);
  const there = await filledFolders(data);
  const isDatabaseFilled = databaseUrl !== undefined && (await isFilled(databaseUrl));
  if (!replace && !isInterrupted && (there.length > 0 || isDatabaseFilled))
    throw new Failure(
      'conflict',
      'restore-target-taken',
      isDatabaseFilled
        ? 'The database of DATABASE_URL holds a control plane’s memory already.'
        : `There is a control plane in ${data.root} already (${there.join(', ')}).`,
      {
        wayOut:
          'Restore into another folder with --data, or say --replace: then what is in the folder is moved aside, and what is in the database is removed.',
      },
    );
  if (isDatabaseFilled) await emptyDatabase(databaseUrl);
  if (isInterrupted) {
    // What is there is half of what this will write.
    for (const name of there) await rm(join(data.root, name), { recursive: true });
    return null;
  }
  if (there.length === 0) return null;
  const aside = join(data.root, asideName);
  await mkdir(aside, { mode: 0o700 });
  for (const name of there) await rename(join(data.root, name), join(aside, name));
  return aside;
}

async function filledFolders({ root }: DataFolder): Promise<readonly string[]> {
  const filled: string[] = [];
  for (const name of own) {
    const content = await readdir(join(root, name)).catch(() => []);
    if (content.length > 0) filled.push(name);
  }
  return filled;
}
