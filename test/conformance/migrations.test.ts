import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { silentLog } from '../../src/domain/log.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { migrate } from '../../src/store/postgres/migrate.ts';
import { openPostgres } from '../../src/store/postgres/store.ts';
import { emptyDatabase, testDatabase } from '../kit/postgres.ts';
import { CutRelay } from './cut-relay.ts';

async function asked(url: string, text: string): Promise<readonly string[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<{ line: string }>(text)).rows.map(({ line }) => line);
  } finally {
    await client.end();
  }
}

/** Everything that migrations make: tables, columns, indexes, functions, triggers, and what they say was applied. */
const schemaOf = (url: string): Promise<readonly string[]> =>
  asked(
    url,
    `select line from (
       select format('%s.%s %s %s', table_schema, table_name, column_name, data_type) as line
       from information_schema.columns where table_schema in ('public', 'graphile_worker')
       union all select indexdef from pg_indexes where schemaname in ('public', 'graphile_worker')
       union all select format('%s %s', pronamespace::regnamespace, proname) from pg_proc
         where pronamespace::regnamespace::text in ('public', 'graphile_worker')
       union all select format('trigger %s', tgname) from pg_trigger where not tgisinternal
       union all select format('applied %s', name) from kysely_migration
       union all select format('applied %s', id) from graphile_worker.migrations
     ) all_of_it order by 1`,
  );

const program = join(import.meta.dirname, '..', 'kit', 'migrating.ts');

describe('bringing the database up to date', () => {
  it('begins again from anywhere it was cut off, and ends the same', async () => {
    const whole = await emptyDatabase();
    let statements = 0;
    {
      await using relay = await CutRelay.before(whole.url, Infinity, () => {});
      await migrate(relay.urlOf(whole.url));
      statements = relay.said;
    }
    const expected = await schemaOf(whole.url);
    expect(statements).toBeGreaterThan(40);
    for (let after = 1; after < statements; after += 1) {
      const database = await emptyDatabase();
      await using relay = await CutRelay.before(database.url, after, (one) => one.drop());
      await migrate(relay.urlOf(database.url)).catch(() => {});
      await migrate(database.url);
      expect(await schemaOf(database.url), `cut off after ${after}`).toEqual(expected);
      await database.drop();
    }
    await whole.drop();
  }, 240_000);

  it('begins again when its process was killed in the middle', async () => {
    const database = await emptyDatabase();
    for (const after of [8, 25, 40]) {
      const killed = Promise.withResolvers<void>();
      await using relay = await CutRelay.before(database.url, after, () => killed.resolve());
      const child = spawn(process.execPath, [program], {
        env: { ...process.env, TEST_URL: relay.urlOf(database.url) },
        stdio: 'ignore',
      });
      const gone = once(child, 'exit');
      await Promise.race([killed.promise, gone]);
      child.kill('SIGKILL');
      expect((await gone)[1]).toBe('SIGKILL');
    }
    await migrate(database.url);
    const reference = await testDatabase();
    expect(await schemaOf(database.url)).toEqual(await schemaOf(reference.url));
    await Promise.all([database.drop(), reference.drop()]);
  }, 60_000);

  it('is refused by name where a newer version was, with nothing written', async () => {
    const database = await testDatabase();
    const applied = `insert into kysely_migration (name, timestamp) values ('9999-later', '') returning name as line`;
    await asked(database.url, applied);
    const before = await schemaOf(database.url);
    const opening = openPostgres({ url: database.url, clock: systemClock, log: silentLog });
    await expect(opening).rejects.toMatchObject({
      kind: 'conflict',
      code: 'database-newer',
      facts: { unknown: ['9999-later'] },
    });
    expect(await schemaOf(database.url)).toEqual(before);
    expect(await asked(database.url, 'select worker as line from workers')).toEqual([]);
    await database.drop();
  });
});
