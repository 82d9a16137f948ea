import { type ChildProcess, spawn } from 'node:child_process';
import type { Clock } from '../../../engine/clock.ts';
import { endLeftBehind } from '../../../protocol/end-left-behind.ts';
import { held, letBegin } from '../../../protocol/held-start.ts';
import { type ProcessRecord, describeProcess, isRunning } from '../../../protocol/process-record.ts';

export interface Ending {
  readonly code: number | null;
  readonly signal: string | null;
  /** Set when the program could not be started at all. */
  readonly failure?: string;
}

/** A process that runs, started by us or found again. */
export interface Living {
  readonly record: ProcessRecord;
  /** Resolves when it has ended. Of an adopted one nobody can know how. */
  readonly ended: Promise<Ending>;
}

/** One that waits until it is recorded. */
export interface Started extends Living {
  begin(): void;
}

/** How often an adopted process is looked for: the system tells only a parent of its end. */
const lookEveryMs = 100;

export interface Start {
  readonly name: string;
  readonly mark: string;
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Record<string, string>;
  readonly logFd: number;
}

/** Starts a program as the leader of a group of its own; where that is over already, how it ended. */
export async function startChild(start: Start): Promise<Started | Ending> {
  const [program = '', ...rest] = held(start.argv);
  const child = spawn(program, rest, {
    cwd: start.cwd,
    env: start.env,
    detached: true,
    stdio: ['pipe', start.logFd, start.logFd],
  });
  const ended = endOf(child);
  child.unref();
  const record = child.pid === undefined ? null : await describeProcess(child.pid, start.name, start.mark);
  return record === null ? ended : { record, ended, begin: () => letBegin(child) };
}

export const isLiving = <L extends Living>(one: L | Ending): one is L => 'record' in one;

const endOf = (child: ChildProcess): Promise<Ending> =>
  new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: null, signal: null, failure: error.message }));
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });

/** A process that another room started; null when it has ended meanwhile. */
export async function adopt(record: ProcessRecord, clock: Clock): Promise<Living | null> {
  if (!(await isRunning(record))) {
    await endLeftBehind(record, 0, clock);
    return null;
  }
  const ended = new Promise<Ending>((resolve) => {
    const looking = clock.every(lookEveryMs, async () => {
      if (await isRunning(record)) return;
      looking[Symbol.dispose]();
      resolve({ code: null, signal: null });
    });
  });
  return { record, ended };
}
