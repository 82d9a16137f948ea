import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Failure } from '../../domain/failure.ts';
import type { Surroundings } from './place.ts';

export const defaultDataFolder = '.rung';

/** `--data`, else RUNG_DATA, else null: it has to be looked for. Absolute. */
export function namedDataFolder(flag: string | undefined, around: Surroundings): string | null {
  const named = flag ?? around.env['RUNG_DATA'];
  return named === undefined || named === '' ? null : resolve(around.cwd, named);
}

/** The folder to start from where nobody named one: the nearest `.rung` upwards, else a new one right here. */
export async function dataFolderToStart(flag: string | undefined, around: Surroundings): Promise<string> {
  return (
    namedDataFolder(flag, around) ??
    (await nearestDataFolder(around.cwd)) ??
    join(around.cwd, defaultDataFolder)
  );
}

/** The data folder of something that was started. Throws absent `data-folder-unknown`. */
export async function dataFolderOf(flag: string | undefined, around: Surroundings): Promise<string> {
  const folder = namedDataFolder(flag, around) ?? (await nearestDataFolder(around.cwd));
  if (folder !== null) return folder;
  throw new Failure(
    'absent',
    'data-folder-unknown',
    'There is no .rung folder here or in any folder above.',
    {
      wayOut: 'Start with `rung up`, or say where the control plane is with --data FOLDER or --url ADDRESS.',
    },
  );
}

async function nearestDataFolder(from: string): Promise<string | null> {
  const folder = join(from, defaultDataFolder);
  if (await isFolder(folder)) return folder;
  const above = dirname(from);
  return above === from ? null : nearestDataFolder(above);
}

const isFolder = async (path: string): Promise<boolean> => {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
};
