import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../domain/log.ts';
import type { Clock } from '../engine/clock.ts';
import {
  type ProcessRecord,
  describeProcess,
  markVariable,
  newMark,
  readRecord,
  recordOrEnd,
  removeRecord,
} from '../protocol/process-record.ts';
import { held, letBegin } from '../protocol/held-start.ts';
import { endProcess } from './end-process.ts';
import { type Program, folders } from './program.ts';

const steadyAfterMs = 10_000;
const firstDelayMs = 100;
const longestDelayMs = 15_000;

/** The first restart is at once; what ends again quickly waits longer and longer. */
export const restartDelayMs = (quickEnds: number): number =>
  quickEnds <= 1 ? 0 : Math.min(longestDelayMs, firstDelayMs * 2 ** (quickEnds - 2));

/** Keeps one program running until it is stopped. */
export class Supervised {
  readonly #program: Program;
  readonly #dataFolder: string;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #stopping = new AbortController();
  #record: ProcessRecord | null = null;
  #life: Promise<void> = Promise.resolve();

  constructor(program: Program, dataFolder: string, clock: Clock, log: Log) {
    this.#program = program;
    this.#dataFolder = dataFolder;
    this.#clock = clock;
    this.#log = log;
  }

  get name(): string {
    return this.#program.name;
  }

  /** Of the process that runs now; null between two. */
  get pid(): number | null {
    return this.#record?.pid ?? null;
  }

  /** Ends what a killed supervisor left of the program (it has no state of its own), then starts it. */
  async start(): Promise<void> {
    const left = await readRecord(this.#run, this.name);
    if (left) await endProcess(left, this.#program.stopWithinMs, this.#clock);
    this.#life = this.#live();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    if (this.#record) await endProcess(this.#record, this.#program.stopWithinMs, this.#clock);
    await this.#life;
    await removeRecord(this.#run, this.name);
  }

  get #run(): string {
    return join(this.#dataFolder, folders.run);
  }

  async #live(): Promise<void> {
    let quickEnds = 0;
    while (!this.#stopping.signal.aborted) {
      const startedMs = this.#clock.monotonicMs();
      const how = await this.#once().catch((thrown: unknown) => String(thrown));
      if (this.#stopping.signal.aborted) return;
      quickEnds = this.#clock.monotonicMs() - startedMs < steadyAfterMs ? quickEnds + 1 : 1;
      const delayMs = restartDelayMs(quickEnds);
      this.#log.warn(
        { program: this.name, how, delayMs },
        `${this.name} ended (${how}); it is started again`,
      );
      if (delayMs > 0) await this.#clock.sleep(delayMs, this.#stopping.signal).catch(() => undefined);
    }
  }

  /** One process of the program, from its start to its end; how it ended, in words. */
  async #once(): Promise<string> {
    const [command = '', ...args] = held(await this.#program.command());
    const mark = newMark();
    const logs = join(this.#dataFolder, folders.logs);
    await mkdir(logs, { recursive: true, mode: 0o700 });
    await using log = await open(join(logs, `${this.name}.log`), 'a', 0o600);
    if (this.#stopping.signal.aborted) return 'not started';
    const child = spawn(command, args, {
      detached: true,
      env: { ...this.#program.environment, [markVariable]: mark },
      stdio: ['pipe', log.fd, log.fd],
    });
    const ended = endOf(child);
    try {
      await this.#note(child, mark);
      letBegin(child);
    } catch (thrown) {
      child.stdin?.destroy();
      throw thrown;
    } finally {
      // Also what never began, for it could not be recorded, is gone before the next one is started.
      await ended;
      this.#record = null;
    }
    return ended;
  }

  async #note(child: ChildProcess, mark: string): Promise<void> {
    if (child.pid === undefined) return;
    this.#record = await describeProcess(child.pid, this.name, mark);
    if (this.#record === null) return;
    await recordOrEnd(this.#run, this.#record);
    // It was asked to stop while it was being started.
    if (this.#stopping.signal.aborted)
      await endProcess(this.#record, this.#program.stopWithinMs, this.#clock);
  }
}

const endOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `code ${code}`));
  });
