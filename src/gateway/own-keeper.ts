import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Log } from '../domain/log.ts';
import type { Clock } from '../engine/clock.ts';
import {
  type KeeperRecord,
  gatewayName,
  isKeeperLine,
  keeperCommand,
  keeperName,
} from '../protocol/gateway-keeper.ts';
import { heldReading, letBeginAndRead } from '../protocol/held-start.ts';
import {
  describeProcess,
  markVariable,
  newMark,
  readRecord,
  writeRecord,
} from '../protocol/process-record.ts';

const lookEveryMs = 100;

/** Where the system shows no command lines, an orphan belongs to the first process. */
function isKeeper(pid: number): boolean {
  if (pid === 1) return false;
  if (process.platform !== 'linux') return true;
  try {
    return isKeeperLine(readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
  } catch {
    return false;
  }
}

/**
 * A gateway whose keeper was killed gives itself another one, which is handed the same listening sockets and waits for
 * this gateway's end: so that neither death refuses a client.
 */
export class OwnKeeper implements Disposable {
  readonly #dir: string;
  readonly #descriptors: readonly number[];
  readonly #log: Log;
  readonly #parent = process.ppid;
  /** Its keeper was killed before it could look. */
  readonly #isOrphan = !isKeeper(process.ppid);
  readonly #looking: Disposable;
  #keeper: ChildProcess | null = null;
  /** Of a keeper that is not in its record yet. */
  #unrecorded: (() => Promise<void>) | null = null;
  #isEnding = false;

  /** @param descriptors of the listening sockets, as they were inherited */
  constructor(dir: string, descriptors: readonly number[], clock: Clock, log: Log) {
    this.#dir = dir;
    this.#descriptors = descriptors;
    this.#log = log;
    this.#looking = clock.every(lookEveryMs, () => this.#look());
  }

  /** The gateway is asked to end, and nobody is to start it again. */
  [Symbol.dispose](): void {
    this.#isEnding = true;
    this.#looking[Symbol.dispose]();
    this.#keeper?.kill('SIGKILL');
  }

  async #look(): Promise<void> {
    if (this.#unrecorded !== null) await this.#noteKeeper(this.#unrecorded);
    const isKept = !this.#isOrphan && process.ppid === this.#parent;
    if (this.#isEnding || this.#keeper !== null || isKept) return;
    this.#log.warn({ code: 'keeper-gone' }, 'The keeper of this gateway was killed; it gets another one');
    await this.#replace();
  }

  async #replace(): Promise<void> {
    const gateway = [process.execPath, ...process.execArgv, ...process.argv.slice(1)];
    const [program = '', ...args] = heldReading(keeperCommand(gateway));
    const mark = newMark();
    const keeper = spawn(program, args, {
      cwd: this.#dir,
      detached: true,
      env: { ...process.env, [markVariable]: mark },
      stdio: ['pipe', 1, 2, ...this.#passedOn()],
    });
    this.#keeper = keeper;
    keeper.once('error', () => this.#lost());
    keeper.once('exit', () => this.#lost());
    keeper.unref();
    await this.#noteKeeper(async () => {
      await this.#record(keeper.pid, mark);
      letBeginAndRead(keeper);
    });
  }

  /** A disk that is full now takes it at a later look. */
  async #noteKeeper(record: () => Promise<void>): Promise<void> {
    this.#unrecorded = record;
    try {
      await record();
      this.#unrecorded = null;
    } catch (thrown) {
      this.#log.warn({ err: thrown }, 'The new keeper of this gateway was not recorded yet');
    }
  }

  #lost(): void {
    this.#keeper = null;
  }

  /** Each keeps its number; between them there may be some that are nothing to do with it. */
  #passedOn(): ('ignore' | number)[] {
    const last = Math.max(...this.#descriptors);
    return Array.from({ length: last - 2 }, (_, index) =>
      this.#descriptors.includes(index + 3) ? index + 3 : 'ignore',
    );
  }

  /** This process is in nobody's group any more: it needs a record of its own to be found by who ends everything. */
  async #record(pid: number | undefined, mark: string): Promise<void> {
    const run = path.join(this.#dir, 'run');
    const before = await readRecord<KeeperRecord>(run, keeperName);
    const keeper = pid === undefined ? null : await describeProcess(pid, keeperName, mark);
    const own = await describeProcess(process.pid, gatewayName, process.env[markVariable] ?? '');
    if (own) await writeRecord(run, own);
    if (keeper && before) {
      const record: KeeperRecord = { ...keeper, sockets: before.sockets };
      await writeRecord(run, record);
    }
  }
}
