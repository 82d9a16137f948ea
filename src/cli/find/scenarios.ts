import { readdir, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { Failure } from '../../domain/failure.ts';
import type { Cli } from '../cli.ts';
import type { Simulator } from '../../simulate/index.ts';
import { fileFailure, readBytes } from './files.ts';

export interface FoundScenario {
  /** As it is shown: relative to where the person is. */
  readonly name: string;
  readonly path: string;
}

const projectFileName = 'rung.yaml';
const usualFolder = 'scenarios';
const mostScenarios = 1000;

/** The files that are named, those in the folders that are named, or those in `scenarios`. */
export async function findScenarios(
  cli: Pick<Cli, 'cwd'>,
  named: readonly string[],
): Promise<readonly FoundScenario[]> {
  const places = named.length === 0 ? [usualFolder] : named;
  const found = (await Promise.all(places.map((place) => scenariosAt(resolve(cli.cwd, place))))).flat();
  if (found.length === 0 || found.length > mostScenarios) throw none(places, found.length);
  return found.map((path) => ({ path, name: relative(cli.cwd, path) || path }));
}

async function scenariosAt(path: string): Promise<readonly string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    const names = await readdir(path);
    return names
      .filter((name) => /\.ya?ml$/u.test(name) && name !== projectFileName)
      .toSorted()
      .map((name) => join(path, name));
  } catch (thrown) {
    throw fileFailure(path, thrown);
  }
}

const none = (places: readonly string[], count: number): Failure =>
  count === 0
    ? new Failure('absent', 'scenario-absent', `There is no scenario in ${places.join(', ')}.`, {
        wayOut: 'Write one, as the guide on `rung simulate` shows, or name another folder.',
      })
    : new Failure('limited', 'scenarios-too-many', `There are ${String(count)} scenarios.`, {
        wayOut: `Name ${String(mostScenarios)} at the most.`,
      });

const readLimitBytes = 4 * 1024 * 1024;

export const readScenario = ({ path }: FoundScenario): Promise<Uint8Array> => readBytes(path, readLimitBytes);

/** The project file that rules a scenario: the nearest one, in its own folder or in one above. */
export async function projectFileFor({ path, name }: FoundScenario): Promise<string> {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const file = join(folder, projectFileName);
    const isThere = await stat(file).then(
      (found) => found.isFile(),
      () => false,
    );
    if (isThere) return file;
    if (dirname(folder) === folder)
      throw new Failure(
        'absent',
        'project-file-absent',
        `There is no rung.yaml beside ${name}, or above it.`,
        {
          wayOut: 'Write one with `rung init`, or name it with --file FILE.',
        },
      );
  }
}

/** What plays scenarios by the project file at an absolute path. */
export const simulatorOf = async (cli: Cli, path: string): Promise<Simulator> =>
  cli.programs.simulator(await readBytes(path, readLimitBytes), relative(cli.cwd, path) || path);
