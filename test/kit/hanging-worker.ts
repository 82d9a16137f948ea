/** Takes a wake-up, says so, and never finishes: to be killed by a test. */
import { silentLog } from '../../src/domain/log.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { openPostgres } from '../../src/store/postgres/store.ts';

const { queue } = await openPostgres({
  url: process.env['TEST_URL'] ?? '',
  clock: systemClock,
  log: silentLog,
});
await queue.start((key) => {
  process.stdout.write(`${key}\n`);
  return new Promise(() => {});
});
