import { join } from 'node:path';
import { systemClock } from '../../../src/engine/clock.ts';
import { silentLog } from '../../../src/domain/log.ts';
import { createSupervisor, endOnSignals } from '../../../src/supervisor/index.ts';

/** A supervisor as a program of its own, over one program and no database; its one argument is the data folder. */
const supervisor = createSupervisor({
  dataFolder: process.argv[2] ?? '',
  pid: process.pid,
  database: null,
  clock: systemClock,
  log: silentLog,
});
await supervisor.start().catch((thrown: Error) => {
  process.stdout.write(`${thrown.message}\n`);
  process.exit(14);
});
const ended = endOnSignals(supervisor, process);
await supervisor.add({
  name: 'ticking',
  command: async () => [process.execPath, join(import.meta.dirname, 'ticking.ts')],
  environment: { PATH: process.env['PATH'] },
  stopWithinMs: 2000,
});
process.stdout.write('up\n');
await ended;
process.exit(0);
