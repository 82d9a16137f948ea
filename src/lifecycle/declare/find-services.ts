import { recordOf, textOf } from '../../domain/project-file/finding.ts';
import type { FoundService } from './starter.ts';

/** A file of the repository, by its path with forward slashes. Only `package.json` files need their text. */
export interface ListedFile {
  readonly path: string;
  readonly text?: string;
}

const mostServices = 20;

/**
 * Services to begin with: every `package.json` outside node_modules that has a start script, nearest the top first.
 * The script's own command is taken where it can be run without a shell, so that SIGTERM reaches the program.
 */
export function findServices(files: readonly ListedFile[]): readonly FoundService[] {
  const paths = new Set(files.map(({ path }) => path));
  return files
    .filter(({ path }) => isPackageFile(path))
    .toSorted((left, right) => depthOf(left.path) - depthOf(right.path) || (left.path < right.path ? -1 : 1))
    .flatMap((file) => serviceOf(file, paths))
    .slice(0, mostServices);
}

const isPackageFile = (path: string): boolean =>
  /(^|\/)package\.json$/.test(path) && !path.split('/').includes('node_modules');
const depthOf = (path: string): number => path.split('/').length;

function serviceOf(file: ListedFile, paths: ReadonlySet<string>): readonly FoundService[] {
  const content = parsed(file.text ?? '');
  const start = textOf(recordOf(content['scripts'])['start']);
  if (start === undefined) return [];
  const path = file.path.slice(0, -'package.json'.length).replace(/\/$/, '') || '.';
  const name = (textOf(content['name']) ?? '').split('/').at(-1) || path.slice(path.lastIndexOf('/') + 1);
  const locked = paths.has(file.path.replace(/package\.json$/, 'package-lock.json'));
  return [{ name, path, run: commandOf(start), ...(locked && { build: ['npm', 'ci'] }) }];
}

function commandOf(script: string): readonly string[] {
  const words = script.trim().split(/ +/);
  const plain = words.every((word) => /^[A-Za-z0-9@%+:,./_-]+$/.test(word));
  return plain && words[0] === 'node' ? words : ['npm', 'start'];
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    return recordOf(JSON.parse(text));
  } catch {
    return {};
  }
}
