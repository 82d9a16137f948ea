import { extname, join } from 'node:path';

/** Where our own programs lie: `src` with TypeScript, or a folder with what was built of it. */
const programFolder = join(import.meta.dirname, '..');
const ending = extname(import.meta.filename);

export type Role = 'control-plane' | 'agent' | 'builder' | 'room';

/** The command line, as a person would type it. */
export const ownCommand: readonly string[] = [process.execPath, join(programFolder, `main${ending}`)];

/** How to start one of our programs: its command line so far. */
export const roleCommand = (role: Role): readonly string[] => [...ownCommand, 'program', role];

export const gatewayCommand: readonly string[] = [
  process.execPath,
  join(programFolder, 'gateway', `main${ending}`),
];
