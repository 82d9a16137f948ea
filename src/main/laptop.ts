import { chmod, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Failure, isFailure } from '../domain/failure.ts';
import type { ActorId } from '../domain/ids.ts';
import type { Log } from '../domain/log.ts';
import type { ProjectFile } from '../domain/project-file/types.ts';
import { systemClock } from '../engine/clock.ts';
import { readProjectFile } from '../lifecycle/declare/read.ts';
import { createBare } from '../providers/git/create.ts';
import { ensureRoom, type RoomPlace } from '../providers/process/isolation/ensure-room.ts';
import { intoRoomOf } from '../providers/process/isolation/commands.ts';
import { createSupervisor, type Program, type Supervisor } from '../supervisor/index.ts';
import { startPostgres } from '../supervisor/postgres.ts';
import { type Address, readAddress } from './address.ts';
import { dataFolder, type DataFolder, environmentFolder, hiddenFrom } from './data-folder.ts';
import { agentFile } from './agent-file.ts';
import { refuseUnfinished } from './backup/unfinished.ts';
import { refuseCopied, writeIdentity } from './folder-identity.ts';
import { readOwn } from './files.ts';
import { writeOwn } from './files.ts';
import { environmentKeys } from './keys.ts';
import {
  lastTrouble,
  namedFull,
  needDatabase,
  needFreePort,
  needWritable,
  refuseTooDeep,
} from './laptop-needs.ts';
import { programEnvironment } from './environment.ts';
import { writeOptions } from './options.ts';
import { branchOf, ownerOf } from './owner.ts';
import { roleCommand } from './own-programs.ts';
import { writePinnedKeys } from './pinned-keys.ts';

export interface LaptopAsk {
  /** Absolute. */
  readonly dataFolder: string;
  /** Absolute path of the project file. */
  readonly file: string;
  readonly port: number | undefined;
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
  stop(): Promise<void>;
}

const clock = systemClock;
const readyWithinMs = 60_000;

/** Everything on one machine: database, control plane, an agent for each environment, and a builder that plays CI. */
export async function startLaptop(ask: LaptopAsk): Promise<Laptop> {
  const { file } = await readProjectFile(ask.file);
  const data = dataFolder(ask.dataFolder);
  const environments = Object.keys(file.environments);
  refuseTooDeep(data, environments);
  await needWritable(data);
  await refuseUnfinished(data);
  await refuseCopied(data);
  if (ask.databaseUrl !== undefined) await needDatabase(ask.databaseUrl);
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
    throw await withBoard(thrown, data);
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
      data,
      environments,
      supervisor,
      database,
      log,
    });
    await writePinnedKeys(data, ask.file, environments);
    return { data, file, owner, address, supervisor, stop: () => supervisor.stop() };
  } catch (thrown) {
    // What is only just starting has to be there to be ended.
    await database?.catch(() => undefined);
    await supervisor.stop().catch(() => undefined);
    throw namedFull(thrown, data);
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

/** All at once: the control plane waits for the database, and the agents for the control plane. */
async function startPrograms(parts: {
  readonly signal: AbortSignal;
  readonly data: DataFolder;
  readonly environments: readonly string[];
  readonly supervisor: Supervisor;
  readonly database: Promise<void>;
  readonly log: Log;
}): Promise<Address> {
  const { data, environments, supervisor, log } = parts;
  const introduced = await introductions(data, environments);
  const agents = environments.map((name) => agentProgram(data, name, log));
  await Promise.all([
    parts.database,
    ...[controlPlaneProgram(data), ...agents].map((one) => supervisor.add(one)),
  ]);
  const address = await ready(data, supervisor, parts.signal);
  await supervisor.add(program('builder', async () => [...roleCommand('builder'), data.root]));
  // One that has read who it was on another database would be refused for ever.
  const now = await introductions(data, environments);
  for (const [index, agent] of agents.entries()) {
    if (introduced[index] === null || introduced[index] === now[index]) continue;
    await supervisor.remove(agent.name);
    await supervisor.add(agent);
  }
  return address;
}

const introductions = (
  data: DataFolder,
  environments: readonly string[],
): Promise<readonly (string | null)[]> =>
  Promise.all(environments.map((name) => readOwn(agentFile(environmentFolder(data, name)))));

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
    createBare(data.repository),
  ]);

/** PostgreSQL may have to run as another account where we are root: it passes through, and lists nothing. */
const rootMode = (): number => (process.getuid?.() === 0 ? 0o711 : 0o700);

const program = (name: string, command: Program['command']): Program => ({
  name,
  command,
  environment: programEnvironment(),
  stopWithinMs: 5000,
});

const controlPlaneProgram = (data: DataFolder): Program =>
  program('control-plane', async () => [...roleCommand('control-plane'), data.root]);

/** The agent runs in its environment's room, so that it sees no other environment's files. */
function agentProgram(data: DataFolder, environment: string, log: Log): Program {
  const dir = environmentFolder(data, environment);
  const place: RoomPlace = {
    dir,
    hidden: hiddenFrom(data),
    program: roleCommand('room'),
    isolation: 'as far as possible',
    environment: programEnvironment(),
    clock,
    log,
  };
  return program(`agent-${environment}`, async () => {
    const room = await ensureRoom(place);
    return [...(await intoRoomOf(room.pid, ['user', 'mnt'])), ...roleCommand('agent'), dir];
  });
}

async function ready(data: DataFolder, supervisor: Supervisor, signal: AbortSignal): Promise<Address> {
  const deadlineMs = clock.monotonicMs() + readyWithinMs;
  for (;;) {
    const address = await readAddress(data).catch(() => null);
    if (address?.pid === supervisor.pids()['control-plane'] && address !== null && (await answers(address)))
      return address;
    if (clock.monotonicMs() > deadlineMs)
      throw new Failure(
        'unavailable',
        'control-plane-silent',
        `The control plane did not come up within a minute. ${await lastTrouble(data, 'control-plane')}`.trim(),
        {
          wayOut: `Its log says why: ${join(data.logs, 'control-plane.log')}`,
        },
      );
    await clock.sleep(20, signal);
  }
}

const answers = ({ url }: Address): Promise<boolean> =>
  fetch(`${url}/readyz`).then(
    (response) => response.ok,
    () => false,
  );
