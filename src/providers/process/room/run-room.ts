import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../../domain/failure.ts';
import type { Clock } from '../../../engine/clock.ts';
import type { Isolation, WorkloadSpec } from '../../../ports/runtime.ts';
import type { Log } from '../../../ports/provider.ts';
import {
  describeProcess,
  isRunning,
  markVariable,
  newMark,
  readRecord,
  writeRecord,
} from '../../../protocol/process-record.ts';
import { withoutPrivileges } from '../isolation/commands.ts';
import { isolationOf } from '../isolation/level.ts';
import { openLogFiles } from './log-files.ts';
import {
  type RoomAnswer,
  type RoomCall,
  instanceFolder,
  roomName,
  roomSocket,
  runFolder,
} from './messages.ts';
import { type RoomServer, serveRoom } from './server.ts';
import { runSmoke } from './smoke.ts';
import { serviceEnvironment } from './service-environment.ts';
import type { RoomContext } from './instance.ts';
import { Workloads } from './workloads.ts';

export interface RoomOptions {
  /** The environment's own folder. */
  readonly dir: string;
  readonly isolation: Isolation['level'];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly nodePath: string;
  readonly pid: number;
  readonly clock: Clock;
  readonly log: Log;
  /** Asked before each start; throws a Failure when what lies in the folder is not the artifact. */
  readonly verify: (spec: WorkloadSpec) => Promise<void>;
}

/** What the program of a room takes from its command line: `--dir FOLDER --isolation namespaces|none`. */
export function roomArguments(args: readonly string[]): Pick<RoomOptions, 'dir' | 'isolation'> {
  const after = (name: string): string | undefined => args[args.indexOf(name) + 1];
  const dir = after('--dir');
  const isolation = after('--isolation');
  if (!dir || (isolation !== 'namespaces' && isolation !== 'none'))
    throw new Failure('invalid', 'arguments-invalid', 'Usage: --dir FOLDER --isolation namespaces|none');
  return { dir, isolation };
}

/**
 * The room of an environment: the program in whose namespaces its services live. It starts them, probes them and
 * starts anew what died. They outlive it; a new room finds them again. Ends without ending them.
 */
export async function runRoom(options: RoomOptions): Promise<{ close(): void }> {
  const { dir, log } = options;
  const folders = [instanceFolder, runFolder, 'home'].map((name) => join(dir, name));
  await Promise.all(folders.map((folder) => mkdir(folder, { recursive: true, mode: 0o700 })));
  let server: RoomServer | null = null;
  const room: RoomContext = {
    ...options,
    instances: join(dir, instanceFolder),
    prefix: options.isolation === 'namespaces' ? withoutPrivileges : [],
    logs: await openLogFiles(dir, (thrown) => log.warn({ err: thrown }, 'A log could not be cut')),
    takenPorts: new Set(),
    onChange: () => server?.changed(),
  };
  const workloads = await Workloads.findAgain(room);
  server = await serveRoom(join(dir, roomSocket), {
    status: () => ({
      pid: options.pid,
      isolation: isolationOf(options.isolation),
      workloads: workloads.status(),
    }),
    call: (call) => answer(call, workloads, room),
  });
  await recordSelf(options);
  log.info({ isolation: options.isolation }, 'The room is ready');
  const watching = options.clock.every(lookForOtherMs, async () => {
    if ((await server.isReached()) && !(await isReplaced(options))) return;
    log.warn({}, 'Another room has taken over, or nobody reaches this one any more; it ends');
    process.exit(0);
  });
  return {
    close: () => {
      watching[Symbol.dispose]();
      server.close();
    },
  };
}

const lookForOtherMs = 500;

/** Two that were started at the same moment must not both look after the services: the one with the record does. */
async function isReplaced({ dir, pid }: RoomOptions): Promise<boolean> {
  const record = await readRecord(join(dir, runFolder), roomName);
  return record !== null && record.pid !== pid && isRunning(record);
}

async function answer(call: RoomCall, workloads: Workloads, room: RoomContext): Promise<RoomAnswer> {
  switch (call.call) {
    case 'start':
      await workloads.start(call.spec);
      return { done: true };
    case 'stop':
      workloads.stop(call);
      return { done: true };
    case 'stop all':
      await workloads.stopAll();
      return { done: true };
    case 'smoke':
      return { smoke: await smoke(call.spec, call.address, room) };
  }
}

async function smoke(spec: WorkloadSpec, address: string, room: RoomContext) {
  const command = spec.descriptor.smoke;
  if (command === null)
    return { passed: true, exitCode: null, timedOut: false, outputTail: '', durationMs: 0 };
  const environment = serviceEnvironment(room.environment, room, {
    RUNG_SMOKE_URL: `http://${address}`,
    RUNG_VERSION: spec.version,
  });
  return runSmoke(spec, [...room.prefix, ...command], environment, room.clock);
}

async function recordSelf({ dir, pid, environment }: RoomOptions): Promise<void> {
  const record = await describeProcess(pid, roomName, environment[markVariable] ?? newMark());
  if (record) await writeRecord(join(dir, runFolder), record);
}
