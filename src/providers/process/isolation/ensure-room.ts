import { spawn } from 'node:child_process';
import { access, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../../domain/failure.ts';
import type { Clock } from '../../../engine/clock.ts';
import type { Isolation } from '../../../ports/runtime.ts';
import type { Log } from '../../../ports/provider.ts';
import {
  type ProcessRecord,
  describeProcess,
  isRunning,
  markVariable,
  newMark,
  readRecord,
  readRecords,
  recordOrEnd,
} from '../../../protocol/process-record.ts';
import { roomClient } from '../room-client.ts';
import { instanceFolder, logFolder, roomName, runFolder } from '../room/messages.ts';
import { canIsolate, inNewRoom, intoRoomOf } from './commands.ts';

export interface RoomPlace {
  /** The environment's own folder. */
  readonly dir: string;
  /** Folders that are covered in the room: the one with all environments' folders, and the control plane's own. */
  readonly hidden: readonly string[];
  /** The program of a room and its first arguments; see `roomArguments` for those that are added. */
  readonly program: readonly string[];
  /** `none` for who does not want namespaces even where they can be had. */
  readonly isolation: 'as far as possible' | 'none';
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly log: Log;
}

const answerWithinMs = 10_000;
const startAgainMs = 100;

/**
 * Finds the environment's room, or makes one: in the namespaces of whatever still lives of it (an instance, the
 * gateway), else in new ones, else, where the system does not allow that, in none.
 *
 * @param enter what to put before a command to be in the room, for who knows it better than by looking.
 */
export async function ensureRoom(place: RoomPlace, enter?: readonly string[]): Promise<ProcessRecord> {
  const deadlineMs = place.clock.monotonicMs() + answerWithinMs;
  for (;;) {
    // One that was only just started is waited for, and never doubled; one that is just dying gets a successor.
    if ((await runningRoom(place.dir)) === null) {
      const command = await commandFor(place, enter);
      if ((await runningRoom(place.dir)) === null) await startDetached(command.argv, place);
    }
    const room = await answering(place, deadlineMs);
    if (room !== null) return room;
    await place.clock.sleep(startAgainMs);
  }
}

export async function runningRoom(dir: string): Promise<ProcessRecord | null> {
  const record = await readRecord(join(dir, runFolder), roomName);
  return record && (await isRunning(record)) ? record : null;
}

async function commandFor(place: RoomPlace, enter?: readonly string[]): Promise<{ argv: string[] }> {
  const program = (level: Isolation['level']): string[] => [
    ...place.program,
    '--dir',
    place.dir,
    '--isolation',
    level,
  ];
  const known = enter ?? (await intoWhatLives(place.dir));
  if (known !== null) return { argv: [...known, ...program(known.length > 0 ? 'namespaces' : 'none')] };
  if (place.isolation === 'none' || !(await canIsolate(place.dir))) return { argv: program('none') };
  const hidden = await present(place.hidden);
  return { argv: inNewRoom(place.dir, hidden, program('namespaces')) };
}

/** null when nothing of the room lives any more. */
async function intoWhatLives(dir: string): Promise<string[] | null> {
  const records = [
    ...(await readRecords(join(dir, instanceFolder))),
    ...(await readRecords(join(dir, runFolder))).filter(({ name }) => name.startsWith('gateway')),
  ];
  for (const record of records) {
    if (!(await isRunning(record))) continue;
    const into = await intoRoomOf(record.pid).catch(() => null);
    if (into !== null) return into;
  }
  return null;
}

async function present(folders: readonly string[]): Promise<string[]> {
  const looked = await Promise.all(
    folders.map((folder) =>
      access(folder).then(
        () => folder,
        () => null,
      ),
    ),
  );
  return looked.filter((folder) => folder !== null);
}

async function startDetached(argv: readonly string[], place: RoomPlace): Promise<void> {
  const logs = join(place.dir, logFolder);
  for (const folder of [logs, join(place.dir, runFolder)])
    await mkdir(folder, { recursive: true, mode: 0o700 });
  await using log = await open(join(logs, 'room.log'), 'a', 0o600);
  const mark = newMark();
  const [program = '', ...args] = argv;
  const child = spawn(program, args, {
    cwd: place.dir,
    detached: true,
    env: { ...place.environment, [markVariable]: mark },
    stdio: ['ignore', log.fd, log.fd],
  });
  child.once('error', (error) => place.log.error({ err: error }, 'The room could not be started'));
  child.unref();
  // Whatever comes before the room replaces itself by it, so this is its process already: whoever ends everything
  // now finds it.
  const record = child.pid === undefined ? null : await describeProcess(child.pid, roomName, mark);
  if (record) await recordOrEnd(join(place.dir, runFolder), record);
}

/** The room once it answers; null when it ended without doing so. */
async function answering({ dir, clock }: RoomPlace, deadlineMs: number): Promise<ProcessRecord | null> {
  const client = roomClient(dir);
  try {
    for (;;) {
      const isThere = await client.status().catch(() => null);
      const record = await runningRoom(dir);
      if (isThere || record === null) return record;
      if (clock.monotonicMs() > deadlineMs) throw silentRoom(dir);
      await clock.sleep(20);
    }
  } finally {
    await client.close();
  }
}

const silentRoom = (dir: string): Failure =>
  new Failure(
    'unavailable',
    'room-silent',
    'The program that runs this environment’s services did not start.',
    {
      wayOut: `Its log says why: ${join(dir, logFolder, 'room.log')}`,
    },
  );
