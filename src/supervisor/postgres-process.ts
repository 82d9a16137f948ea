import { type ChildProcess, execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { Clock } from '../engine/clock.ts';
import { describeProcess, signalAlone } from '../protocol/process-record.ts';

const stopWithinMs = 15_000;

/** However it ends, or when it could not be started at all. */
export const childEnded = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });

/** Of a process that is not our child. Does not keep this one alive. */
export const noticeGone = (pid: number, clock: Clock): Promise<void> =>
  new Promise((resolve) => {
    const watch = clock.every(100, async () => {
      if (await isThere(pid)) return;
      watch[Symbol.dispose]();
      resolve();
    });
  });

/** A process number can belong to somebody else by now: never signal one that does not name our folder. */
export const commandOf = (pid: number): Promise<string> =>
  readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() =>
    promisify(execFile)('ps', ['-o', 'command=', '-p', String(pid)]).then(
      ({ stdout }) => stdout,
      () => '',
    ),
  );

/** Fast shutdown, and the immediate one where that takes too long: it recovers at the next start. */
export async function endProcess(pid: number, clock: Clock): Promise<void> {
  using _last = clock.after(stopWithinMs, () => signalAlone(pid, 'SIGQUIT'));
  signalAlone(pid, 'SIGINT');
  while (await isThere(pid)) await clock.sleep(20);
}

/** What has ended is not, though a container's first process may never take note of its end. */
const isThere = async (pid: number): Promise<boolean> =>
  (await describeProcess(pid, 'postgres', '')) !== null;

/** Of any user. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM';
  }
}
