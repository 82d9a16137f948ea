import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../domain/failure.ts';
import { isRunning, readRecords } from '../../protocol/process-record.ts';
import { emptyDatabase, isFilled, isWorkedOn } from '../../store/postgres/fill.ts';
import type { DataFolder } from '../data-folder.ts';
import { interruptedRestore, markRestoring, type Restoring } from './unfinished.ts';

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
 * Makes room: what is in the way is moved into a folder of its own, and removed from the user's database. From before
 * that the folder is marked, so that a restore that is cut off anywhere is known as one. Returns where things were moved
 * to; null: nothing was in the way. Throws conflict `restore-target-taken` unless told to replace.
 */
export async function clearTarget(
  data: DataFolder,
  databaseUrl: string | undefined,
  replace: boolean,
  restoring: Restoring,
): Promise<string | null> {
  const interrupted = await interruptedRestore(data);
  const there = await filledFolders(data);
  const isDatabaseFilled = databaseUrl !== undefined && (await isFilled(databaseUrl));
  // What is half there is of the interrupted one; a database that it was not about is somebody's memory.
  const isDatabaseTaken = isDatabaseFilled && interrupted?.database !== restoring.database;
  if (!replace && ((interrupted === null && there.length > 0) || isDatabaseTaken))
    throw targetTaken(data, there, isDatabaseTaken);
  const { aside } = interrupted ?? restoring;
  await mkdir(data.root, { recursive: true, mode: 0o700 });
  await markRestoring(data, { ...restoring, aside, isCleared: interrupted?.isCleared ?? false });
  const movedTo = await clearFolders(
    data,
    there,
    interrupted?.isCleared === true ? null : join(data.root, aside),
  );
  if (isDatabaseFilled) await emptyDatabase(databaseUrl);
  await markRestoring(data, { ...restoring, aside, isCleared: true });
  return movedTo;
}

const targetTaken = (data: DataFolder, there: readonly string[], isDatabaseTaken: boolean): Failure =>
  new Failure(
    'conflict',
    'restore-target-taken',
    isDatabaseTaken
      ? 'The database of DATABASE_URL holds a control plane’s memory already.'
      : `There is a control plane in ${data.root} already (${there.join(', ')}).`,
    {
      wayOut:
        'Restore into another folder with --data, or say --replace: then what is in the folder is moved aside, and what is in the database is removed.',
    },
  );

/** `aside` null: what is there is worth nothing. */
async function clearFolders(
  { root }: DataFolder,
  there: readonly string[],
  aside: string | null,
): Promise<string | null> {
  if (aside === null) {
    for (const name of there) await rm(join(root, name), { recursive: true });
    return null;
  }
  if (there.length === 0) return null;
  await mkdir(aside, { recursive: true, mode: 0o700 });
  for (const name of there) await rename(join(root, name), join(aside, name));
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
