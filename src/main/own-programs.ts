import { extname, join } from 'node:path';

/** Our own source folder: `src` with TypeScript, or what was built of it for the package. */
const sourceFolder = join(import.meta.dirname, '..');
const ending = extname(import.meta.filename);

export type Role = 'control-plane' | 'agent' | 'builder' | 'room';

/** How to start one of our programs: its command line so far. */
export const roleCommand = (role: Role): readonly string[] => [
  process.execPath,
  join(sourceFolder, `main${ending}`),
  'program',
  role,
];

export const gatewayCommand: readonly string[] = [
  process.execPath,
  join(sourceFolder, 'gateway', `main${ending}`),
];

/** Where the built page lies; beside the sources here and in the package alike. */
export const webFolder = join(sourceFolder, 'web', 'dist');

/** The command line, as a person would type it. */
export const ownCommand: readonly string[] = [process.execPath, join(sourceFolder, `main${ending}`)];

/** The package's root, where examples and schemas lie. */
export const packageFolder = join(sourceFolder, '..');
