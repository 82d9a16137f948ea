import { extname, join } from 'node:path';

/** Where our own programs lie: `src` with TypeScript, or a folder with what was built of it. */
const programFolder = join(import.meta.dirname, '..');
const ending = extname(import.meta.filename);

export type Role = 'control-plane' | 'agent' | 'builder' | 'room';

/** The command line, as a person would type it. */
export const ownCommand: readonly string[] = [process.execPath, join(programFolder, `main${ending}`)];

/** How to start one of our programs: its command line so far. */
export const roleCommand = (role: Role): readonly string[] => [...ownCommand, 'program', role];

/**
 * Of Node, in MB: requests leave little behind but buffers, and the time that everybody waits while these are cleared
 * away grows with how many there are. With what Node takes by itself that is 20 ms, and four times the memory.
 */
const clearOften = '--max-semi-space-size=2';

export const gatewayCommand: readonly string[] = [
  process.execPath,
  clearOften,
  join(programFolder, 'gateway', `main${ending}`),
];
