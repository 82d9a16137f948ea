import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Failure } from '../domain/failure.ts';
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
import { environmentKeys } from './keys.ts';
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
  readonly log: Log;
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
  await prepare(data, file);
  const owner = await ownerOf(dirname(ask.file));
  const supervisor = createSupervisor({
    dataFolder: data.root,
    pid: process.pid,
    database:
      ask.databaseUrl === undefined
        ? () => startPostgres({ folder: data.postgres, log: ask.log, clock })
        : null,
    clock,
    log: ask.log,
  });
  ask.onStep('Starting the database');
  await supervisor.start();
  try {
    await writeOptions(data, {
      file: ask.file,
      branch: await branchOf(dirname(ask.file)),
      owner,
      host: '127.0.0.1',
      port: ask.port ?? null,
      databaseUrl: ask.databaseUrl ?? null,
    });
    ask.onStep('Starting the control plane');
    await supervisor.add(program('control-plane', async () => [...roleCommand('control-plane'), data.root]));
    const address = await ready(data, supervisor, ask.signal);
    ask.onStep('Starting the agents');
    for (const name of Object.keys(file.environments))
      await supervisor.add(agentProgram(data, name, ask.log));
    await supervisor.add(program('builder', async () => [...roleCommand('builder'), data.root]));
    await writePinnedKeys(data, ask.file, Object.keys(file.environments));
    return { data, file, owner, address, supervisor, stop: () => supervisor.stop() };
  } catch (thrown) {
    await supervisor.stop();
    throw thrown;
  }
}

async function prepare(data: DataFolder, file: ProjectFile): Promise<void> {
  for (const folder of [
    data.root,
    data.control,
    data.run,
    data.logs,
    data.builder,
    data.environments,
    data.artifacts,
  ])
    await mkdir(folder, { recursive: true, mode: 0o700 });
  await createBare(data.repository);
  for (const name of Object.keys(file.environments)) await environmentKeys(data, name);
}

const program = (name: string, command: Program['command']): Program => ({
  name,
  command,
  environment: programEnvironment(),
  stopWithinMs: 5000,
});

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
        'The control plane did not come up within a minute.',
        {
          wayOut: `Its log says why: ${join(data.logs, 'control-plane.log')}`,
        },
      );
    await clock.sleep(40, signal);
  }
}

const answers = ({ url }: Address): Promise<boolean> =>
  fetch(`${url}/readyz`).then(
    (response) => response.ok,
    () => false,
  );
