import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isReady } from '../cli/find/answering.ts';
import { Failure } from '../domain/failure.ts';
import type { Log } from '../domain/log.ts';
import { systemClock } from '../engine/clock.ts';
import { intoRoomOf } from '../providers/process/isolation/commands.ts';
import { ensureRoom, type RoomPlace } from '../providers/process/isolation/ensure-room.ts';
import type { Program, Supervisor } from '../supervisor/index.ts';
import { type Address, addressFile, readAddress } from './address.ts';
import { agentFile } from './agent-file.ts';
import { type DataFolder, environmentFolder, hiddenFrom } from './data-folder.ts';
import { programEnvironment } from './environment.ts';
import { readOwn } from './files.ts';
import { lastTrouble } from './laptop-needs.ts';
import { roleCommand } from './own-programs.ts';
import { mostReplicas, replicaProgram } from './replicas.ts';

const clock = systemClock;
const readyWithinMs = 60_000;

/** All at once: the control plane waits for the database, and the agents for the control plane. */
export async function startPrograms(parts: {
  readonly signal: AbortSignal;
  readonly replicas: number;
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
    ...[controlPlaneProgram(data, 1), ...agents].map((one) => supervisor.add(one)),
  ]);
  const address = await ready(data, supervisor, 1, parts.signal);
  await supervisor.add(program('builder', async () => [...roleCommand('builder'), data.root]));
  await startReplicas(parts);
  // One that has read who it was on another database would be refused for ever.
  const now = await introductions(data, environments);
  for (const [index, agent] of agents.entries()) {
    if (introduced[index] === null || introduced[index] === now[index]) continue;
    await supervisor.remove(agent.name);
    await supervisor.add(agent);
  }
  return address;
}

/** All but the first, which has made or mended the tables for them; and ends those that are not asked for any more. */
async function startReplicas(parts: {
  readonly signal: AbortSignal;
  readonly replicas: number;
  readonly data: DataFolder;
  readonly supervisor: Supervisor;
}): Promise<void> {
  const { data, supervisor, signal, replicas } = parts;
  const others = Array.from({ length: mostReplicas - 1 }, (_, at) => at + 2);
  await Promise.all(
    others.map(async (replica) => {
      if (replica <= replicas) {
        await supervisor.add(controlPlaneProgram(data, replica));
        await ready(data, supervisor, replica, signal);
        return;
      }
      await supervisor.remove(replicaProgram(replica));
      await rm(addressFile(data, replica), { force: true });
    }),
  );
}

const introductions = (
  data: DataFolder,
  environments: readonly string[],
): Promise<readonly (string | null)[]> =>
  Promise.all(environments.map((name) => readOwn(agentFile(environmentFolder(data, name)))));

const program = (name: string, command: Program['command']): Program => ({
  name,
  command,
  environment: programEnvironment(),
  stopWithinMs: 5000,
});

const controlPlaneProgram = (data: DataFolder, replica: number): Program =>
  program(replicaProgram(replica), async () => [
    ...roleCommand('control-plane'),
    data.root,
    ...(replica === 1 ? [] : [String(replica)]),
  ]);

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

async function ready(
  data: DataFolder,
  supervisor: Supervisor,
  replica: number,
  signal: AbortSignal,
): Promise<Address> {
  const name = replicaProgram(replica);
  const deadlineMs = clock.monotonicMs() + readyWithinMs;
  for (;;) {
    const address = await readAddress(data, replica).catch(() => null);
    if (address?.pid === supervisor.pids()[name] && address !== null && (await isReady(address, signal)))
      return address;
    if (clock.monotonicMs() > deadlineMs)
      throw new Failure(
        'unavailable',
        'control-plane-silent',
        `The control plane did not come up within a minute. ${await lastTrouble(data, name)}`.trim(),
        {
          wayOut: `Its log says why: ${join(data.logs, `${name}.log`)}`,
        },
      );
    await clock.sleep(20, signal);
  }
}
