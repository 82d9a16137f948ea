import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { digestOf } from '../../domain/canonical.ts';
import { Failure } from '../../domain/failure.ts';
import type { Digest } from '../../domain/ids.ts';
import type { DataFolder } from '../data-folder.ts';
import { readOwn, writeOwn } from '../files.ts';

const marker = (data: DataFolder): string => join(data.root, 'restoring.json');

/** A restore that is under way, or was interrupted. */
export interface Restoring {
  readonly file: string;
  /** Which database it fills: a digest, since the address may hold a password. null: the one in the folder. */
  readonly database: Digest | null;
  /** Where what is in the way goes, in the folder. */
  readonly aside: string;
  /** Nothing is in the way any more: what lies there is half of what is restored. */
  readonly isCleared: boolean;
}

export const databaseMark = (url: string | undefined): Digest | null =>
  url === undefined ? null : digestOf(url);

/** Set while a restore is under way; a data folder that has it is not whole. */
export const markRestoring = (data: DataFolder, restoring: Restoring): Promise<void> =>
  writeOwn(marker(data), JSON.stringify(restoring));

/** Nothing is missing any more. */
export const markRestored = (data: DataFolder): Promise<void> => rm(marker(data), { force: true });

/** Throws conflict `restore-unfinished`. */
export async function refuseUnfinished(data: DataFolder): Promise<void> {
  const interrupted = await interruptedRestore(data);
  if (interrupted === null) return;
  const { file } = interrupted;
  throw new Failure('conflict', 'restore-unfinished', `A restore into ${data.root} was interrupted.`, {
    wayOut: `Do it again: rung restore ${file} --data ${data.root}`,
  });
}

/** null: none was. */
export async function interruptedRestore(data: DataFolder): Promise<Restoring | null> {
  const text = await readOwn(marker(data));
  return text === null ? null : (JSON.parse(text) as Restoring);
}
