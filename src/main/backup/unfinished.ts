import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../domain/failure.ts';
import type { DataFolder } from '../data-folder.ts';
import { readOwn, writeOwn } from '../files.ts';

const marker = (data: DataFolder): string => join(data.root, 'restoring.json');

/** Set while a restore is under way; a data folder that has it is not whole. */
export const markRestoring = (data: DataFolder, file: string): Promise<void> =>
  writeOwn(marker(data), JSON.stringify({ file }));

/** Nothing is missing any more. */
export const markRestored = (data: DataFolder): Promise<void> => rm(marker(data), { force: true });

/** Throws conflict `restore-unfinished`. */
export async function refuseUnfinished(data: DataFolder): Promise<void> {
  const text = await readOwn(marker(data));
  if (text === null) return;
  const { file } = JSON.parse(text) as { readonly file: string };
  throw new Failure('conflict', 'restore-unfinished', `A restore into ${data.root} was interrupted.`, {
    wayOut: `Do it again: rung restore ${file} --data ${data.root}`,
  });
}

export const isRestoring = async (data: DataFolder): Promise<boolean> =>
  (await readOwn(marker(data))) !== null;
