import { spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { access, open, readFile, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeProcess, markVariable, writeRecord } from '../../src/protocol/process-record.ts';
import { intoRoomOf } from '../../src/providers/process/isolation/commands.ts';
import { type Rung, until } from './rung.ts';

const places = '/usr/lib';

/** Where Debian's package libfaketime lies; null where it is not installed. */
export async function findFakeTime(): Promise<string | null> {
  for (const folder of await readdir(places).catch(() => [] as string[])) {
    const library = join(places, folder, 'faketime', 'libfaketimeMT.so.1');
    const isThere = await access(library, constants.R_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return library;
  }
  return null;
}

/**
 * The wall clock of one program of ours, which can be set while it runs. As with a clock that is really set, time that
 * only goes on (CLOCK_MONOTONIC) does not move. Plays the supervisor for that program, so there must be no other one.
 */
export class FakeClock {
  readonly #file: string;
  readonly #library: string;

  constructor(rung: Rung, name: string, library: string) {
    this.#file = join(rung.folder, `clock-of-${name}`);
    this.#library = library;
  }

  /** Ahead of this machine's clock; negative: behind it. */
  async setAheadMs(aheadMs: number): Promise<void> {
    // Read at every look at the clock: never half written.
    await writeFile(`${this.#file}.new`, `${aheadMs < 0 ? '-' : '+'}${Math.abs(aheadMs) / 1000}\n`);
    await rename(`${this.#file}.new`, this.#file);
  }

  /** Ends the program and starts it again as it was, under this clock. */
  async startAgain(rung: Rung, name: string, room?: number): Promise<void> {
    const pid = (await rung.programs())[name] ?? Number.NaN;
    const [argv, environ] = await Promise.all(['cmdline', 'environ'].map((what) => listIn(pid, what)));
    process.kill(pid, 'SIGTERM');
    await until(`the end of ${name}`, async () => (await rung.programs())[name] === undefined);
    const before = room === undefined ? [] : await intoRoomOf(room, ['user', 'mnt']);
    const [program = '', ...args] = [...before, ...(argv ?? [])];
    const env = variablesIn(environ ?? []);
    await using log = await open(join(rung.data, 'logs', `${name}.log`), 'a');
    const child = spawn(program, args, {
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
      env: {
        ...env,
        LD_PRELOAD: this.#library,
        FAKETIME_TIMESTAMP_FILE: this.#file,
        FAKETIME_NO_CACHE: '1',
        FAKETIME_DONT_FAKE_MONOTONIC: '1',
      },
    });
    child.unref();
    const record = await describeProcess(child.pid ?? Number.NaN, name, env[markVariable] ?? '');
    if (record !== null) await writeRecord(join(rung.data, 'run'), record);
  }
}

async function listIn(pid: number, what: string): Promise<readonly string[]> {
  const text = await readFile(`/proc/${pid}/${what}`, 'utf8');
  return text.split('\0').filter((one) => one !== '');
}

const variablesIn = (environ: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    environ.map((one) => {
      const end = one.indexOf('=');
      return [one.slice(0, end), one.slice(end + 1)] as const;
    }),
  );
