import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

interface Manifest {
  readonly name: string;
  readonly version: string;
}

/** The root of the checkout or the package that this runs from, where examples and schemas lie. */
export const packageFolder = packageAbove(import.meta.dirname);

/** Rung's own version. */
export const ownVersion = (): string => manifestIn(packageFolder)?.version ?? 'unknown';

/** Where the built page lies: in a checkout beside its sources, wherever its programs were built into. */
export const webFolder = join(packageFolder, sourcesOf(packageFolder), 'web', 'dist');

function sourcesOf(root: string): string {
  return existsSync(join(root, 'src')) ? 'src' : 'dist';
}

function packageAbove(folder: string): string {
  const above = dirname(folder);
  return above === folder || manifestIn(above)?.name === '@rung/rung' ? above : packageAbove(above);
}

function manifestIn(folder: string): Manifest | null {
  const file = join(folder, 'package.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Manifest) : null;
}
