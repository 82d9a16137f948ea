import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { Failure, isFailure } from '../domain/failure.ts';
import type { Log } from '../domain/log.ts';
import { systemDisk } from '../disk/system-disk.ts';
import type { Clock } from '../engine/clock.ts';
import { freePort, isSoonFree, portRanges } from '../protocol/free-port.ts';
import { childEnded, commandOf, endProcess, isAlive, noticeGone } from './postgres-process.ts';
import { type PostgresPrograms, findPrograms } from './postgres-programs.ts';

export interface RunningPostgres {
  /** With the password in it: never print it, never put it on a command line. */
  readonly url: string;
  readonly pid: number;
  /** true when a server that was left running was taken over. */
  readonly adopted: boolean;
  /** Resolves when the server is gone, wanted or not. */
  readonly ended: Promise<void>;
  /** Fast shutdown: open transactions are rolled back, nothing that was committed is lost. */
  readonly stop: () => Promise<void>;
}

export interface PostgresParts {
  /** Everything is in here: data, password, log. Made when absent, for this user alone. */
  readonly folder: string;
  readonly log: Log;
  readonly clock: Clock;
  /** Further server settings, for tests. */
  readonly settings?: Readonly<Record<string, string>>;
}

const userName = 'rung';
const startWithinMs = 30_000;

const laptopSettings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  shared_buffers: '64MB',
  // Each replica of the control plane has up to 18.
  max_connections: '100',
  fsync: 'on',
  timezone: 'UTC',
  log_min_messages: 'warning',
  idle_in_transaction_session_timeout: '60s',
};

/**
 * A PostgreSQL of our own on loopback, with a password. Takes over the server that a killed supervisor left running
 * on the folder; else starts it, on the port it had before where that is free. Throws `Failure`.
 */
export async function startPostgres(given: PostgresParts): Promise<RunningPostgres> {
  const parts = { ...given, folder: resolve(given.folder) };
  const { folder, clock, log } = parts;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const programs = await findPrograms(folder);
  const password = await passwordIn(folder);
  const left = await runningIn(folder);
  if (left !== null) {
    const url = urlOf(left.port, password);
    if (await isOurs(url, folder, clock)) {
      log.info({ pid: left.pid }, 'Took over the PostgreSQL that was still running');
      return handleOf(left.pid, url, null, clock);
    }
    await endProcess(left.pid, clock);
  }
  await initialise(folder, programs);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await launch(parts, programs, password);
    } catch (thrown) {
      if (!isFailure(thrown) || thrown.code !== 'postgres-ended' || attempt >= triesFor(thrown)) throw thrown;
    }
    // What a killed server left behind needs a moment to end, and somebody may have taken the port meanwhile.
    await clock.sleep(200);
  }
}

/** A killed server counts as running until its parent, or the system, has taken note of its end. */
const triesFor = ({ message }: Failure): number => (message.includes('already exists') ? 50 : 5);

async function launch(
  parts: PostgresParts,
  programs: PostgresPrograms,
  password: string,
): Promise<RunningPostgres> {
  const { folder, clock, log } = parts;
  const port = await choosePort(folder, clock);
  const settings = Object.entries({ ...laptopSettings, ...parts.settings, port: String(port) });
  const output = await open(join(folder, 'postgres.log'), 'w', 0o600);
  const child = spawnAs(
    programs,
    programs.postgres,
    ['-D', dataIn(folder), ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    output.fd,
  );
  await output.close();
  const handle = handleOf(child.pid ?? 0, urlOf(port, password), child, clock);
  await answers(handle, folder, clock);
  await createDatabase(handle.url);
  await writeFile(join(folder, 'port'), `${port}\n`, { mode: 0o600 });
  log.info({ pid: handle.pid, port }, 'PostgreSQL is up');
  return handle;
}

/** Detached: Ctrl-C in the terminal is for us to hear, and the server is stopped last. */
function spawnAs(
  programs: PostgresPrograms,
  program: string,
  args: readonly string[],
  output: number,
): ChildProcess {
  const [first = program, ...rest] = [...programs.before, program, ...args];
  const child = spawn(first, rest, {
    detached: true,
    stdio: ['ignore', output, output],
    env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' },
    ...programs.as,
  });
  child.unref();
  return child;
}

function handleOf(pid: number, url: string, child: ChildProcess | null, clock: Clock): RunningPostgres {
  const ended = child === null ? noticeGone(pid, clock) : childEnded(child);
  const stop = async (): Promise<void> => {
    await endProcess(pid, clock);
    // Of an adopted one it is noticed by looking now and then, and nothing would keep this process alive for that.
    if (child !== null) await ended;
  };
  return { url, pid, adopted: child === null, ended, stop };
}

/** Waits until it takes connections. Throws unavailable `postgres-ended`, denied `postgres-password-lost`. */
async function answers(handle: RunningPostgres, folder: string, clock: Clock): Promise<void> {
  const end = new AbortController();
  void handle.ended.finally(() => end.abort());
  const untilMs = clock.monotonicMs() + startWithinMs;
  let code: unknown = null;
  while (!end.signal.aborted && clock.monotonicMs() < untilMs && code !== wrongPassword) {
    code = await query(handle.url, 'postgres', 'select 1').then(
      () => 'up',
      (thrown: unknown) => (thrown as { code?: unknown }).code,
    );
    if (code === 'up') return;
    await clock.sleep(20);
  }
  if (!end.signal.aborted) await handle.stop();
  throw code === wrongPassword ? passwordLost(folder) : await didNotStart(folder);
}

const wrongPassword = '28P01';

const passwordLost = (folder: string): Failure =>
  new Failure('denied', 'postgres-password-lost', `The password in ${folder} does not fit the data there.`, {
    wayOut: 'Put back the file "password" from a backup, or use another --data folder.',
  });

async function didNotStart(folder: string): Promise<Failure> {
  const file = join(folder, 'postgres.log');
  const written = await readFile(file, 'utf8').catch(() => '');
  return new Failure('unavailable', 'postgres-ended', `PostgreSQL does not start: ${written.slice(-500)}`, {
    wayOut: `Read ${file}; free disk space, or use another --data folder.`,
  });
}

/** Not on the command line, where every user of the machine could read it. */
async function passwordIn(folder: string): Promise<string> {
  const file = join(folder, 'password');
  // What is there and cannot be read now must never be written over: the database would be shut for good.
  const kept = await systemDisk.read(file);
  if (kept !== null) return Buffer.from(kept).toString('utf8').trim();
  const password = randomBytes(32).toString('base64url');
  await systemDisk.replace(file, `${password}\n`, 'power cut');
  return password;
}

/** Into a folder beside, then renamed: a half-made one is never taken for a whole one. */
async function initialise(folder: string, programs: PostgresPrograms): Promise<void> {
  const data = dataIn(folder);
  if ((await readFile(join(data, 'PG_VERSION')).catch(() => null)) !== null) return;
  const fresh = `${data}.new`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { mode: 0o700 });
  if (programs.as !== null) await giveTo(programs.as, [folder, fresh, join(folder, 'password')]);
  const args = ['-D', fresh, '-U', userName, '--auth=scram-sha-256', `--pwfile=${join(folder, 'password')}`];
  const command = [...programs.before, programs.initdb, ...args, '--locale=C', '--encoding=UTF8'];
  const [first = programs.initdb, ...rest] = command;
  try {
    await promisify(execFile)(first, rest, { env: { PATH: process.env['PATH'] ?? '' }, ...programs.as });
  } catch (cause) {
    throw new Failure('unavailable', 'postgres-not-initialised', 'PostgreSQL could not lay out its data.', {
      wayOut: `Check that ${folder} can be written and has 100 MB to spare.`,
      cause,
    });
  }
  await rename(fresh, data);
}

async function giveTo(as: { uid: number; gid: number }, places: readonly string[]): Promise<void> {
  for (const place of places) await chown(place, as.uid, as.gid);
  await chmod(places[0] ?? '', 0o700);
}

/** Ends the server that runs on the folder, if one does. */
export async function endPostgres(folder: string, clock: Clock): Promise<void> {
  const left = await runningIn(resolve(folder));
  if (left !== null) await endProcess(left.pid, clock);
}

/** What `postmaster.pid` says, when that process is alive. */
async function runningIn(folder: string): Promise<{ readonly pid: number; readonly port: number } | null> {
  const file = await readFile(join(dataIn(folder), 'postmaster.pid'), 'utf8').catch(() => '');
  const [pid, , , port] = file.split('\n').map(Number);
  if (pid === undefined || port === undefined || !(pid > 1) || !isAlive(pid)) return null;
  return (await commandOf(pid)).includes(dataIn(folder)) ? { pid, port } : null;
}

/** Whether what listens there knows our password and serves our folder. Tries for a while: it may be starting. */
async function isOurs(url: string, folder: string, clock: Clock): Promise<boolean> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const answer = await query(url, 'postgres', 'show data_directory').catch((thrown: unknown) => thrown);
    if (Array.isArray(answer)) {
      const isSame =
        (answer[0] as { data_directory?: string } | undefined)?.data_directory === dataIn(folder);
      if (isSame) await createDatabase(url);
      return isSame;
    }
    if ((answer as { code?: string }).code !== '57P03') return false;
    await clock.sleep(100);
  }
  return false;
}

async function createDatabase(url: string): Promise<void> {
  const found = await query(url, 'postgres', `select 1 from pg_database where datname = '${userName}'`);
  if (found.length === 0) await query(url, 'postgres', `create database ${userName}`);
}

async function query(url: string, database: string, text: string): Promise<readonly unknown[]> {
  const address = new URL(url);
  address.pathname = database;
  const client = new Client({ connectionString: address.href, connectionTimeoutMillis: 5_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end().catch(() => {});
  }
}

/** The one it had before where that is free, so that what was connected finds it again. */
async function choosePort(folder: string, clock: Clock): Promise<number> {
  const before = Number(await readFile(join(folder, 'port'), 'utf8').catch(() => '0'));
  return before !== 0 && (await isSoonFree(before, clock)) ? before : freePort(portRanges.outer);
}

const dataIn = (folder: string): string => join(folder, 'data');
const urlOf = (port: number, password: string): string =>
  `postgresql://${userName}:${password}@127.0.0.1:${port}/${userName}`;
