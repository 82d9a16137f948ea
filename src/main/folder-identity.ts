import { readFile, realpath, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';
import { Failure } from '../domain/failure.ts';
import { readRecords } from '../protocol/process-record.ts';
import type { DataFolder } from './data-folder.ts';
import { entriesIn, readOwn, writeOwn } from './files.ts';

const identityFile = ({ root }: DataFolder): string => join(root, 'folder.json');

export async function writeIdentity(data: DataFolder): Promise<void> {
  const text = JSON.stringify(await identityOf(data));
  if ((await readOwn(identityFile(data))) !== text) await writeOwn(identityFile(data), text);
}

/** By this a folder is known again, wherever it is moved to on its disk: a copy has another. */
const identityOf = async ({ root }: DataFolder): Promise<{ readonly inode: string }> => ({
  inode: String((await stat(root, { bigint: true })).ino),
});

/**
 * A copy of a folder from which Rung ran at that moment has a torn database in it, and records of programs that are the
 * original's. A copy made while nothing ran is as good as the original. Throws conflict `data-folder-copied`.
 */
export async function refuseCopied(data: DataFolder): Promise<void> {
  const text = await readOwn(identityFile(data));
  if (text === null || text === JSON.stringify(await identityOf(data)) || (await wasAtRest(data))) return;
  throw new Failure(
    'conflict',
    'data-folder-copied',
    `${data.root} is a copy of a data folder from which Rung was running.`,
    {
      wayOut: `Make a backup of the one that runs (rung backup) and restore that here. If that one is gone for good, and nothing wrote there any more when it was copied, delete ${identityFile(data)} and start again.`,
    },
  );
}

async function wasAtRest({ run, postgres }: DataFolder): Promise<boolean> {
  const records = await readRecords(run);
  const server = await readFile(join(postgres, 'data', 'postmaster.pid')).catch(() => null);
  return records.length === 0 && server === null;
}

/**
 * Whoever mistypes a folder's name must not lose what is in it. One that is empty, or not there, is no loss. Throws absent
 * `data-folder-unknown`.
 */
export async function refuseForeign(data: DataFolder): Promise<void> {
  const { root, control, environments, artifacts } = data;
  const names = (await entriesIn(root)).map(({ name }) => name);
  const own = [control, environments, artifacts].map((folder) => basename(folder));
  const isOwn = names.includes(basename(identityFile(data))) || own.every((name) => names.includes(name));
  if (isOwn || names.length === 0) return;
  throw new Failure('absent', 'data-folder-unknown', `${root} is no data folder of Rung.`, {
    wayOut: 'Name the one that is meant with --data, or delete this one yourself. Nothing was deleted.',
  });
}

/** What a control plane of this folder calls itself towards a database that others might use, too. */
export const homeOf = async ({ root }: DataFolder): Promise<string> =>
  `${hostname()}:${await realpath(root)}`;
