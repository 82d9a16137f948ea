import type { ChildProcess } from 'node:child_process';

const waitsForAWord = 'read -r _ && exec "$@"';

/**
 * A command that begins once whoever started it says so with `letBegin`, over its stdin as a pipe, and ends where that one is
 * killed before: so that nothing ever runs that was not recorded, and that nobody would find again. Pid and time of start stay.
 */
export const held = (argv: readonly string[]): readonly string[] =>
  heldBy(`${waitsForAWord} < /dev/null`, argv);

/** The same, for a command that goes on to read what comes after the word: see `letBeginAndRead`. */
export const heldReading = (argv: readonly string[]): readonly string[] => heldBy(waitsForAWord, argv);

const heldBy = (script: string, argv: readonly string[]): readonly string[] =>
  process.platform === 'win32' ? argv : ['/bin/sh', '-c', script, 'rung', ...argv];

/** A process that ended meanwhile is told in vain. */
export function letBegin({ stdin }: Pick<ChildProcess, 'stdin'>): void {
  stdin?.on('error', () => undefined);
  stdin?.end('\n');
}

/** Its stdin stays open, until this process ends. */
export function letBeginAndRead({ stdin }: Pick<ChildProcess, 'stdin'>): void {
  stdin?.on('error', () => undefined);
  stdin?.write('\n');
}
