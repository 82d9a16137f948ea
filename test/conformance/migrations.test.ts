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

const appliedIn = async (url: string): Promise<readonly string[]> => {
  const [there] = await asked(url, `select to_regclass('kysely_migration')::text as line`);
  return there == null ? [] : asked(url, 'select name as line from kysely_migration order by 1');
};

const tablesIn = async (url: string): Promise<boolean> => {
  const [there] = await asked(url, `select to_regclass('records')::text as line`);
  return there != null;
};

const program = join(import.meta.dirname, '..', 'kit', 'migrating.ts');

describe('bringing the database up to date', () => {
  it('leaves all or nothing wherever it is cut off, however often, and ends the same', async () => {
    const database = await emptyDatabase();
    const reference = await testDatabase();
    const names = await asked(reference.url, 'select name as line from kysely_migration order by 1');
    let cuts = 0;
    for (let isCut = true; isCut; ) {
      isCut = false;
      await using relay = await CutRelay.before(database.url, cuts + 1, (one) => {
        isCut = true;
        one.drop();
      });
      await migrate(relay.urlOf(database.url)).catch(() => {});
      if (isCut) cuts += 1;
      const applied = await appliedIn(database.url);
      expect([[], names], `cut off after ${cuts}`).toContainEqual(applied);
      expect(await tablesIn(database.url), `cut off after ${cuts}`).toBe(applied.length > 0);
    }
    expect(cuts).toBeGreaterThan(40);
    expect(await schemaOf(database.url)).toEqual(await schemaOf(reference.url));
    await Promise.all([database.drop(), reference.drop()]);
  }, 120_000);

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
