import { type ChildProcess, spawn } from 'node:child_process';
import { delimiter, dirname } from 'node:path';
import type { Command } from '../domain/project-file/types.ts';
import type { Clock } from '../engine/clock.ts';

export interface CommandOrder {
  readonly command: Command;
  readonly cwd: string;
  /** Home and temporary folder of the command. */
  readonly home: string;
  readonly timeoutMs: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

export type CommandResult =
  | { readonly ended: 'passed' }
  | { readonly ended: 'aborted' }
  /** `what` goes on from "The build …". */
  | { readonly ended: 'failed'; readonly what: string; readonly outputTail: string };

const tailBytes = 4096;

/**
 * Runs a build command without a shell, in a process group of its own, which is killed as a whole at the time limit
 * or on abort. It sees no variable of ours but PATH, with our Node first.
 */
export async function runCommand(order: CommandOrder): Promise<CommandResult> {
  // What was aborted already says so no more.
  if (order.signal.aborted) return { ended: 'aborted' };
  const tail = new Tail();
  const child = start(order);
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => tail.add(chunk));
  let cut: 'time' | 'abort' | null = null;
  const end = (why: 'time' | 'abort'): void => {
    cut ??= why;
    killGroup(child);
  };
  using _limit = order.clock.after(order.timeoutMs, () => end('time'));
  const onAbort = (): void => end('abort');
  order.signal.addEventListener('abort', onAbort, { once: true });
  const what = await ended(child);
  order.signal.removeEventListener('abort', onAbort);
  // A child of the command may have been left behind in the group.
  killGroup(child);
  return resultOf(cut, what, order.timeoutMs, tail.text());
}

function start({ command, cwd, home }: CommandOrder): ChildProcess {
  const [program = '', ...args] = command;
  return spawn(program, args, {
    cwd,
    env: buildEnvironment(home),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
}

const buildEnvironment = (home: string): Record<string, string> => ({
  PATH: [dirname(process.execPath), process.env['PATH'] ?? '/usr/local/bin:/usr/bin:/bin'].join(delimiter),
  HOME: home,
  TMPDIR: home,
  LANG: 'C.UTF-8',
  TZ: 'UTC',
  CI: 'true',
  // reproducible-builds.org: build tools that honour it write no time of their own.
  SOURCE_DATE_EPOCH: '0',
});

function ended(child: ChildProcess): Promise<string | null> {
  return new Promise((resolve) => {
    child.once('error', (error: NodeJS.ErrnoException) =>
      resolve(
        error.code === 'ENOENT' ? 'names a program that is not there' : `could not start (${error.code})`,
      ),
    );
    // `exit`, not `close`: a daemon left behind may hold the pipes open.
    child.once('exit', (code, signal) => {
      if (code === 0) resolve(null);
      else resolve(signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`);
    });
  });
}

function resultOf(
  cut: 'time' | 'abort' | null,
  what: string | null,
  timeoutMs: number,
  outputTail: string,
): CommandResult {
  if (cut === 'abort') return { ended: 'aborted' };
  if (cut === 'time') return { ended: 'failed', what: `took longer than ${timeoutMs / 1000} s`, outputTail };
  return what === null ? { ended: 'passed' } : { ended: 'failed', what, outputTail };
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // All gone already.
  }
}

/** The last of what a command wrote, whatever the amount. */
class Tail {
  #bytes = Buffer.alloc(0);
  add(chunk: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes, chunk]).subarray(-tailBytes);
  }
  text(): string {
    // oxlint-disable-next-line no-control-regex
    return this.#bytes.toString('utf8').replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '');
  }
}
