import { join } from 'node:path';
import type { ActorId } from '../domain/ids.ts';
import { Failure } from '../domain/failure.ts';
import type { DataFolder } from './data-folder.ts';
import { databaseUrlFile } from '../supervisor/index.ts';
import { readOwn, writeOwn } from './files.ts';

/** What `rung up` was asked for, kept for the programs it starts. */
export interface UpOptions {
  /** Absolute path of the project file. */
  readonly file: string;
  readonly branch: string;
  /** Whose laptop it is. */
  readonly owner: ActorId;
  readonly host: string;
  /** The port people's side has to have; null: a free one, and the same again after a restart where it still is free. */
  readonly port: number | null;
  /** A PostgreSQL of the user's; null: the one in the data folder. Holds a password: never print it. */
  readonly databaseUrl: string | null;
}

export const writeOptions = (data: DataFolder, options: UpOptions): Promise<void> =>
  writeOwn(data.options, JSON.stringify(options));

export async function readOptions(data: DataFolder): Promise<UpOptions> {
  const text = await readOwn(data.options);
  if (text !== null) return JSON.parse(text) as UpOptions;
  throw new Failure('absent', 'options-absent', `Nothing was started from ${data.root} yet.`, {
    wayOut: 'Start with rung up.',
  });
}

/** Of the user's PostgreSQL, or of the one in the data folder, which says anew where it listens when it starts. */
export async function databaseUrlOf(data: DataFolder, options: UpOptions): Promise<string> {
  const url = options.databaseUrl ?? (await readOwn(join(data.run, databaseUrlFile)));
  if (url !== null) return url;
  throw new Failure('unavailable', 'database-away', 'The database has not said yet where it listens.', {
    wayOut: 'It does so when it starts; this is tried again by itself.',
  });
}
