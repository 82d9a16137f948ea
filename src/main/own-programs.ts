import { extname, join } from 'node:path';

/** Where our own programs lie: `src` with TypeScript, or a folder with what was built of it. */
const programFolder = join(import.meta.dirname, '..');
const ending = extname(import.meta.filename);

export type Role = 'control-plane' | 'agent' | 'builder' | 'room';

/** The command line, as a person would type it. */
export const ownCommand: readonly string[] = [process.execPath, join(programFolder, `main${ending}`)];

/** Of Node: how many MB new things may fill before they are looked through for what is still needed. */
const youngMemory = (mb: number): string => `--max-semi-space-size=${mb}`;

/**
 * Node's own measure is meant for servers that are always busy: what a start fills stays taken in programs that mostly wait.
 */
const youngMemoryMb: Readonly<Record<Role, number>> = { 'control-plane': 4, agent: 1, builder: 1, room: 1 };

/** What Node is started with for one of our programs. */
export const roleFlags = (role: Role): readonly string[] => [youngMemory(youngMemoryMb[role])];

/** How to start one of our programs: its command line so far. */
export const roleCommand = (role: Role): readonly string[] => [
  process.execPath,
  ...roleFlags(role),
  ...ownCommand.slice(1),
  'program',
  role,
];

/**
 * Requests leave little behind but buffers, and the time that everybody waits while these are cleared
 * away grows with how many there are. With what Node takes by itself that is 20 ms, and four times the memory.
 */
const clearOften = youngMemory(2);

export const gatewayCommand: readonly string[] = [
  process.execPath,
  clearOften,
  join(programFolder, 'gateway', `main${ending}`),
];
