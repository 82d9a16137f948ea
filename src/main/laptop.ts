import { chmod, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Failure, isFailure } from '../domain/failure.ts';
import type { ActorId } from '../domain/ids.ts';
import type { Log } from '../domain/log.ts';
import type { ProjectFile } from '../domain/project-file/types.ts';
import { systemClock } from '../engine/clock.ts';
import { readProjectFile } from '../lifecycle/declare/read.ts';
import { createBare } from '../providers/git/create.ts';
import { createSupervisor, type Supervisor } from '../supervisor/index.ts';
import { startPostgres } from '../supervisor/postgres.ts';
import { type Address, readAddress } from './address.ts';
import { dataFolder, type DataFolder } from './data-folder.ts';
import { refuseUnfinished } from './backup/unfinished.ts';
import { refuseCopied, writeIdentity } from './folder-identity.ts';
import { writeOwn } from './files.ts';
import { cliToken, controlKey, environmentKeys, sessionKey } from './keys.ts';
import { startPrograms } from './laptop-programs.ts';
import {
  namedFull,
  needDatabase,
  needFreePort,
  needWritable,
  refuseTooDeep,
  refuseSharedDatabase,
} from './laptop-needs.ts';
import { writeOptions } from './options.ts';
import { branchOf, ownerOf } from './owner.ts';
import { writePinnedKeys } from './pinned-keys.ts';

export interface LaptopAsk {
  /** Absolute. */
  readonly dataFolder: string;
  /** Absolute path of the project file. */
  readonly file: string;
  readonly port: number | undefined;
  /** Of the control plane. */
  readonly replicas: number;
  /** The supervisor's own log; opened when the data folder is known to take one. */
  readonly openLog: () => Log;
  /** A PostgreSQL of the user's; the one in the data folder where there is none. */
  readonly databaseUrl: string | undefined;
  readonly signal: AbortSignal;
  /** Told what is being done, for a person who waits. */
  readonly onStep: (step: string) => void;
}

export interface Laptop {
  readonly data: DataFolder;
  readonly file: ProjectFile;
  readonly owner: ActorId;
  readonly address: Address;
  readonly supervisor: Supervisor;
  /** The supervisor's own. */
  readonly log: Log;
  stop(): Promise<void>;
}

const clock = systemClock;

/** Everything on one machine: database, control plane, an agent for each environment, and a builder that plays CI. */
export async function startLaptop(ask: LaptopAsk): Promise<Laptop> {
  const { file } = await readProjectFile(ask.file);
  const data = dataFolder(ask.dataFolder);
  const environments = Object.keys(file.environments);
  refuseTooDeep(data, environments);
  await needWritable(data);
  await refuseUnfinished(data);
  await refuseCopied(data);
  if (ask.databaseUrl !== undefined) {
    await needDatabase(ask.databaseUrl);
    await refuseSharedDatabase(ask.databaseUrl, data);
  }
  const owner = await ownerOf(dirname(ask.file));
  const log = ask.openLog();
  const supervisor = createSupervisor({
    dataFolder: data.root,
    pid: process.pid,
    database:
      ask.databaseUrl === undefined ? () => startPostgres({ folder: data.postgres, log, clock }) : null,
    clock,
    log,
  });
  await supervisor.start().catch(async (thrown: unknown) => {
    throw await namedFull(await withBoard(thrown, data), data);
  });
  // The longest of all beginnings: nothing of what is prepared meanwhile needs it.
  let database: Promise<void> | null = null;
  try {
    await makeFolders(data);
    await writeIdentity(data);
    ask.onStep('Starting the database, the control plane and the agents');
    database = supervisor.startDatabase();
    database.catch(() => undefined);
    await prepare(data, environments);
    if (ask.port !== undefined) await needFreePort(ask.port, data);
    await writeOptions(data, {
      file: ask.file,
      branch: await branchOf(dirname(ask.file)),
      owner,
      host: '127.0.0.1',
      port: ask.port ?? null,
      databaseUrl: ask.databaseUrl ?? null,
    });
    const address = await startPrograms({
      signal: ask.signal,
      replicas: ask.replicas,
      data,
      environments,
      supervisor,
      database,
      log,
    });
    await writePinnedKeys(data, ask.file, environments);
    return { data, file, owner, address, supervisor, log, stop: () => supervisor.stop() };
  } catch (thrown) {
    // What is only just starting has to be there to be ended.
    await database?.catch(() => undefined);
    await supervisor.stop().catch(() => undefined);
    throw await namedFull(thrown, data);
  }
}

/** Who is told that one runs already wants to know where. */
async function withBoard(thrown: unknown, data: DataFolder): Promise<unknown> {
  if (!isFailure(thrown) || thrown.code !== 'already-running') return thrown;
  const address = await readAddress(data).catch(() => null);
  if (address === null) return thrown;
  const { kind, code, message, wayOut, facts } = thrown;
  return new Failure(kind, code, `${message} Its board: ${address.url}`, {
    ...(wayOut === undefined ? {} : { wayOut }),
    facts: { ...facts, url: address.url },
  });
}

/** For their owner alone; what is there already is left as it is. */
export async function makeFolders(data: DataFolder): Promise<void> {
  const { control, run, logs, builder, artifacts, postgres } = data;
  // What rooms are to cover has to be there before they are made.
  const folders = [control, run, logs, builder, data.environments, artifacts, postgres];
  for (const folder of [data.root, ...folders]) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await chmod(folder, folder === data.root ? rootMode() : 0o700);
  }
}

const prepare = (data: DataFolder, environments: readonly string[]): Promise<unknown> =>
  Promise.all([
    // Keys lie in here: a `git add .` beside it must never take them along.
    writeOwn(join(data.root, '.gitignore'), '*\n'),
    ...environments.map((name) => environmentKeys(data, name)),
    // Made once, before replicas that would each make their own.
    ...[controlKey, sessionKey, cliToken].map((make) => make(data)),
    createBare(data.repository),
  ]);

/** PostgreSQL may have to run as another account where we are root: it passes through, and lists nothing. */
const rootMode = (): number => (process.getuid?.() === 0 ? 0o711 : 0o700);
