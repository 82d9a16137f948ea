import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { Failure } from '../../domain/failure.ts';
import { longestFileBytes, tooLarge } from './decode.ts';
import { type ParsedProjectFile, parseProjectFile, projectFileForm } from './parse.ts';

/**
 * Reads and checks a project file on disk. Throws what `parseProjectFile` throws; absent `project-file-absent`;
 * invalid `project-file-unreadable`.
 */
export async function readProjectFile(path: string, name = path): Promise<ParsedProjectFile> {
  await using file = await opened(path, name);
  const { size } = await regular(file, name);
  if (size > longestFileBytes) throw tooLarge(name, projectFileForm);
  return parseProjectFile(await file.readFile(), name);
}

async function regular(file: FileHandle, name: string): Promise<{ readonly size: number }> {
  const stat = await file.stat();
  if (stat.isFile()) return stat;
  throw unreadable(name, stat.isDirectory() ? 'it is a folder' : 'it is not a plain file');
}

async function opened(path: string, name: string): Promise<FileHandle> {
  try {
    // Non-blocking, so that a named pipe without a writer cannot hold us.
    return await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw absent(name);
    throw unreadable(name, code === 'EACCES' ? 'this user may not read it' : String(code), error);
  }
}

const absent = (name: string): Failure =>
  new Failure('absent', 'project-file-absent', `There is no ${name}.`, {
    wayOut: 'Write one with `rung init`, or say where it is.',
  });

const unreadable = (name: string, why: string, cause?: unknown): Failure =>
  new Failure('invalid', 'project-file-unreadable', `${name} cannot be read: ${why}.`, {
    wayOut: `Make ${name} a file that this user may read.`,
    cause,
  });
