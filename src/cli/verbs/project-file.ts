import { type Dirent } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { basename, join, relative, resolve, sep } from 'node:path';
import { Failure } from '../../domain/failure.ts';
import type { ProjectFile } from '../../domain/project-file/types.ts';
import type { Cli } from '../cli.ts';
import { fileFailure, readBytes, readSmallFile } from '../find/files.ts';
import type { FoundFile } from '../programs.ts';
import { counted } from '../render/figures.ts';

export interface CheckFlags {
  readonly json?: boolean;
}

// Above what a project file may have, so that the check itself says that it is too large.
const readLimitBytes = 4 * 1024 * 1024;

export async function check(cli: Cli, flags: CheckFlags, name: string): Promise<void> {
  const bytes = await readBytes(resolve(cli.cwd, name), readLimitBytes);
  const { file, digest, hints } = await cli.programs.checkProjectFile(bytes, name, cli.clock.now());
  cli.answer(flags, { file: name, digest, project: file, hints }, (_, look) => [
    `${look.style.good('✓')} ${name} is right: ${contents(file)}`,
    ...hints.map(
      ({ place, message }) =>
        `${look.style.warning('!')} ${name}:${place?.line ?? 1}:${place?.column ?? 1} ${message}`,
    ),
  ]);
}

function contents(file: ProjectFile): string {
  const size = (record: object): number => Object.keys(record).length;
  return [
    counted(size(file.services), 'service'),
    counted(size(file.environments), 'environment'),
    counted(size(file.pipelines), 'pipeline'),
  ].join(', ');
}

export interface InitFlags {
  readonly name?: string;
  readonly json?: boolean;
}

const projectFileName = 'rung.yaml';

/** Writes a first project file, and never over one that is there. */
export async function init(cli: Cli, flags: InitFlags): Promise<void> {
  const projectName = flags.name ?? nameFrom(basename(cli.cwd));
  const files = await packageFilesIn(cli.cwd);
  const path = join(cli.cwd, projectFileName);
  await writeNew(path, await cli.programs.starterFile({ projectName, files }));
  const found = files.filter((one) => one.text !== undefined).map((one) => one.path);
  cli.answer(flags, { file: path, project: projectName, found }, (view, look) => [
    `${look.style.good('✓')} Wrote ${projectFileName} for ${view.project}.`,
    ...view.found.map((one) => `  found ${one}`),
    '',
    'Next',
    '  look through rung.yaml: who may approve, and which branch each environment takes its releases from',
    '  rung check    is it right?',
    '  rung up       start everything on this machine',
  ]);
}

const nameFrom = (folder: string): string =>
  folder
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/gu, '-')
    .replaceAll(/^[^a-z]+|-+$/gu, '')
    .slice(0, 40) || 'project';

async function writeNew(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { flag: 'wx' });
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST')
      throw new Failure('conflict', 'project-file-exists', `${path} exists already, and was left as it is.`, {
        wayOut: '`rung check` says whether it is right.',
      });
    throw fileFailure(path, thrown);
  }
}

const placesOfServices = ['services', 'apps', 'packages'];
const mostFolders = 60;

/** Looked for where services commonly are: the folder itself, its folders, and those of services, apps and packages. */
async function packageFilesIn(root: string): Promise<readonly FoundFile[]> {
  const direct = await foldersIn(root);
  const nested = await Promise.all(
    placesOfServices
      .map((place) => join(root, place))
      .filter((place) => direct.includes(place))
      .map(foldersIn),
  );
  const folders = [root, ...direct, ...nested.flat()].slice(0, mostFolders);
  return (await Promise.all(folders.map((folder) => filesOf(root, folder)))).flat();
}

/** None of a folder that is not ours to look into, as that of a database in a container is. */
async function foldersIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const isWanted = (entry: Dirent): boolean =>
    entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules';
  return entries
    .filter(isWanted)
    .map((entry) => join(folder, entry.name))
    .toSorted();
}

async function filesOf(root: string, folder: string): Promise<readonly FoundFile[]> {
  const names: readonly string[] = await readdir(folder).catch(() => []);
  const path = (name: string): string => relative(root, join(folder, name)).replaceAll(sep, '/');
  const locks = names.filter((name) => name === 'package-lock.json').map((name) => ({ path: path(name) }));
  if (!names.includes('package.json')) return locks;
  // What cannot be read is not looked through for a service; the file is to be looked through anyway.
  const text = await readSmallFile(join(folder, 'package.json')).catch(() => null);
  return text === null ? locks : [...locks, { path: path('package.json'), text }];
}
