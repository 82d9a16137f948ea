import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../domain/log.ts';
import type { Clock } from '../engine/clock.ts';
import { describeProcess, readRecord, removeRecord, writeRecord } from '../protocol/process-record.ts';
import { endProcess } from './end-process.ts';
import { endEnvironments } from './environment-processes.ts';
import type { RunningPostgres } from './postgres.ts';
import { type Program, databaseUrlFile, folders } from './program.ts';
import { cutLogs } from './program-logs.ts';
import { Supervised } from './supervised.ts';
import { takeFolder } from './supervisor-lock.ts';

export interface SupervisorOptions {
  readonly dataFolder: string;
  /** Of the supervisor's own process. */
  readonly pid: number;
  /** Starts PostgreSQL, or takes over the one that was left; null where the user has a database of their own. */
  readonly database: (() => Promise<RunningPostgres>) | null;
  readonly clock: Clock;
  readonly log: Log;
}

export interface Supervisor {
  /** Takes the data folder. Throws conflict `already-running`. */
  start(): Promise<void>;
  /** Starts the database, where it is ours; its URL lies in `<data>/run/database-url` then. */
  startDatabase(): Promise<void>;
  /** Starts a program and keeps it running. What a killed supervisor left of it is ended first. */
  add(program: Program): Promise<void>;
  /** Stops one program, for example an agent whose environment is retired; what a killed supervisor left of it, too. */
  remove(name: string): Promise<void>;
  /** Process id of each program that runs now. */
  pids(): Readonly<Record<string, number | null>>;
  /** Ends everything, gateways and services included, within seconds; the database last. */
  stop(): Promise<void>;
}

const databaseName = 'postgres';
const cutEveryMs = 10_000;
const databaseAgainMs = 500;
const leftWithinMs = 5000;

/** Starts everything a laptop needs, each a process of its own, and starts again what ends. */
export function createSupervisor(options: SupervisorOptions): Supervisor {
  const { dataFolder, clock, log } = options;
  const run = join(dataFolder, folders.run);
  const programs = new Map<string, Supervised>();
  const ending = new AbortController();
  let held: AsyncDisposable | null = null;
  let cutting: Disposable | null = null;
  let database: RunningPostgres | null = null;
  /** What is only just starting has to be there to be ended. */
  let starting: Promise<void> = Promise.resolve();

  const bringUp = async (): Promise<void> => {
    if (options.database === null) return;
    database = await options.database();
    await noteDatabase(run, database);
    void database.ended.then(restartDatabase);
  };
  const startDatabase = (): Promise<void> => {
    starting = bringUp();
    return starting;
  };
  const restartDatabase = async (): Promise<void> => {
    while (!ending.signal.aborted) {
      log.warn({ program: databaseName }, 'PostgreSQL ended; it is started again');
      try {
        return await startDatabase();
      } catch (thrown) {
        log.error({ err: thrown }, 'PostgreSQL could not be started');
        await clock.sleep(databaseAgainMs, ending.signal).catch(() => undefined);
      }
    }
  };
  return {
    start: async () => {
      held = await takeFolder(run, options.pid, clock);
      cutting = clock.every(cutEveryMs, () => cutLogs(join(dataFolder, folders.logs), log));
      // Who reads it waits for the one that is written when the database is there.
      await rm(join(run, databaseUrlFile), { force: true });
    },
    startDatabase,
    add: async (program) => {
      const supervised = new Supervised(program, dataFolder, clock, log);
      programs.set(program.name, supervised);
      await supervised.start();
    },
    remove: async (name) => {
      const left = programs.has(name) ? null : await readRecord(run, name);
      if (left !== null) await endProcess(left, leftWithinMs, clock);
      await programs.get(name)?.stop();
      programs.delete(name);
      await removeRecord(run, name);
    },
    pids: () => Object.fromEntries([...programs].map(([name, { pid }]) => [name, pid])),
    stop: async () => {
      ending.abort();
      cutting?.[Symbol.dispose]();
      await Promise.all([...programs.values()].map((program) => program.stop()));
      await endEnvironments(dataFolder, clock);
      await starting.catch(() => undefined);
      await database?.stop();
      await removeRecord(run, databaseName);
      await held?.[Symbol.asyncDispose]();
    },
  };
}

async function noteDatabase(run: string, { url, pid }: RunningPostgres): Promise<void> {
  await mkdir(run, { recursive: true, mode: 0o700 });
  const file = join(run, databaseUrlFile);
  await writeFile(`${file}.tmp`, url, { mode: 0o600 });
  await rename(`${file}.tmp`, file);
  const record = await describeProcess(pid, databaseName, '');
  if (record) await writeRecord(run, record);
}
