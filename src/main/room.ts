import type { Log } from '../domain/log.ts';
import { systemClock } from '../engine/clock.ts';
import { ensureUnpacked } from '../providers/folder-store/unpack.ts';
import { roomArguments, runRoom } from '../providers/process/room/run-room.ts';
import { Failure } from '../domain/failure.ts';

/** The program in whose namespaces an environment's services live. What it starts is verified each time. */
export async function runLaptopRoom(args: readonly string[], log: Log): Promise<void> {
  await runRoom({
    ...roomArguments(args),
    environment: process.env,
    nodePath: process.execPath,
    pid: process.pid,
    clock: systemClock,
    log,
    verify: async ({ artifact, folder, service }) => {
      const { repaired } = await ensureUnpacked(artifact, folder, () => Promise.reject(gone(service)));
      if (repaired.length > 0)
        log.warn(
          { code: 'artifact-changed', service, paths: repaired.slice(0, 5) },
          'What was changed was put right',
        );
    },
  });
}

const gone = (service: string): Failure =>
  new Failure(
    'absent',
    'artifact-gone',
    `What ${service} should run from is not here any more, or not what it was.`,
    {
      wayOut: 'The agent fetches it anew by itself, as soon as the control plane is there.',
    },
  );
