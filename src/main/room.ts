import type { Log } from '../domain/log.ts';
import { systemClock } from '../engine/clock.ts';
import { verifyUnpacked } from '../providers/folder-store/unpack.ts';
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
      const found = await verifyUnpacked(artifact, folder);
      if (found.state === 'intact') return;
      const what =
        found.state === 'absent' ? 'is not there' : `was changed: ${found.paths.slice(0, 5).join(', ')}`;
      throw new Failure('invalid', 'artifact-changed', `What ${service} should run from ${what}.`, {
        wayOut: 'It is fetched and put right by itself; if it happens again, see who writes to that folder.',
      });
    },
  });
}
