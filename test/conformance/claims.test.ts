import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { silentLog } from '../../src/domain/log.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { Claims } from '../../src/store/postgres/claims.ts';
import { type TestDatabase, testDatabase } from '../kit/postgres.ts';

let database: TestDatabase;
let client: Client;
beforeAll(async () => {
  database = await testDatabase();
  client = new Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

const locksOfOthers = async (): Promise<number> =>
  (
    await client.query(`select 1 from pg_locks
      where locktype = 'advisory' and pid <> pg_backend_pid()
        and database = (select oid from pg_database where datname = current_database())`)
  ).rows.length;

it('keeps no lock on a connection that it gave up, where it could not write down that it lives', async () => {
  await client.query('alter table workers rename to workers_away');
  const claims = new Claims(database.url, systemClock, silentLog);
  const begun = systemClock.monotonicMs();
  for (let time = 0; time < 3; time += 1)
    await expect(claims.register('a worker')).rejects.toThrow('"workers" does not exist');
  await expect.poll(locksOfOthers).toBe(0);
  // The server ends one that says nothing after ten seconds, and until then nobody else could take the lock.
  expect(systemClock.monotonicMs() - begun).toBeLessThan(9_000);
  await claims.close();
});
