import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { Failure } from '../../../src/domain/failure.ts';
import { systemClock } from '../../../src/engine/clock.ts';
import { roomArguments, runRoom } from '../../../src/providers/process/room/run-room.ts';

/** A room as a program of its own; an artifact counts as changed when somebody left a note that says so. */
await runRoom({
  ...roomArguments(process.argv.slice(2)),
  environment: process.env,
  nodePath: process.execPath,
  pid: process.pid,
  clock: systemClock,
  log: pino(pino.destination({ fd: 1, sync: true })),
  verify: async ({ folder }) => {
    if (existsSync(join(folder, 'changed')))
      throw new Failure('invalid', 'artifact-changed', 'The files are not what was released.');
  },
});
