import { pino } from 'pino';
import { systemClock } from '../../../src/engine/clock.ts';
import { roomArguments, runRoom } from '../../../src/providers/process/room/run-room.ts';

/** A room as a program of its own, with nothing to verify. */
await runRoom({
  ...roomArguments(process.argv.slice(2)),
  environment: process.env,
  nodePath: process.execPath,
  pid: process.pid,
  clock: systemClock,
  log: pino(pino.destination({ fd: 1, sync: true })),
  verify: async () => undefined,
});
