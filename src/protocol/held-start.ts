import type { ChildProcess } from 'node:child_process';

const waitsForAWord = 'read -r _ && exec "$@" < /dev/null';

/**
 * A command that begins once whoever started it says so with `letBegin`, over its stdin as a pipe, and ends where that one is
 * killed before: so that nothing ever runs that was not recorded, and that nobody would find again. Pid and time of start stay.
 */
export const held = (argv: readonly string[]): readonly string[] =>
  process.platform === 'win32' ? argv : ['/bin/sh', '-c', waitsForAWord, 'rung', ...argv];

/** A process that ended meanwhile is told in vain. */
export function letBegin({ stdin }: Pick<ChildProcess, 'stdin'>): void {
  stdin?.on('error', () => undefined);
  stdin?.end('\n');
}
