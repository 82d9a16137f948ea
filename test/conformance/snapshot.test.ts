import { Client } from 'pg';
import { expect, it } from 'vitest';
import { silentLog } from '../../src/domain/log.ts';
import { systemClock as clock } from '../../src/engine/clock.ts';
import { fillDatabase } from '../../src/store/postgres/fill.ts';
import { keptTables, unkeptTables } from '../../src/store/postgres/kept-tables.ts';
import { withSnapshot } from '../../src/store/postgres/snapshot.ts';
import { openPostgres } from '../../src/store/postgres/store.ts';
import { aProject, anEvent } from '../kit/audit.ts';
import { emptyDatabase, testDatabase } from '../kit/postgres.ts';

type Rows = ReadonlyMap<string, readonly string[]>;

const readAll = (url: string): Promise<{ readonly migrations: readonly string[]; readonly rows: Rows }> =>
  withSnapshot(url, async (snapshot) => {
    const rows = new Map<string, readonly string[]>();
    for (const table of keptTables) {
      const lines: string[] = [];
      for await (const some of snapshot.rows(table)) lines.push(...some);
      rows.set(table.name, lines);
    }
    return { migrations: snapshot.migrations, rows };
  });

const fill = (url: string, { migrations, rows }: Awaited<ReturnType<typeof readAll>>): Promise<void> =>
  fillDatabase(url, migrations, async (into) => {
    for (const table of keptTables) {
      const lines = rows.get(table.name) ?? [];
      if (lines.length > 0) await into.rows(table, lines);
    }
  });

it('a database that is filled from another says the same letter by letter, and goes on numbering', async () => {
  const [from, to] = await Promise.all([testDatabase(), emptyDatabase()]);
  const { store } = await openPostgres({ url: from.url, clock, log: silentLog });
  await store.transaction(async (tx) => {
    const project = { id: aProject, name: 'access', createdAt: clock.now() };
    await tx.put(aProject, 'project', aProject, project, 0);
    const odd = { text: 'a line\n"quoted" \\ \u0000 \u2028 é 🪜', tiny: 1e-7 };
    await tx.append(Array.from({ length: 450 }, (_, at) => anEvent(`event ${at}`, { payload: odd })));
  });
  await store.chain(aProject);
  const before = await readAll(from.url);
  await fill(to.url, before);
  expect(await readAll(to.url)).toEqual(before);
  await expect(fill(to.url, before)).rejects.toMatchObject({ code: 'database-not-empty' });

  const other = await openPostgres({ url: to.url, clock, log: silentLog });
  await other.store.transaction((tx) => tx.append([anEvent('the next one')]));
  await other.store.chain(aProject);
  expect(await other.store.head(aProject)).toMatchObject({ position: 451 });
  await Promise.all([store.close(), other.store.close()]);
  await Promise.all([from.drop(), to.drop()]);
});

it('every table is kept in a backup, or known not to be', async () => {
  const database = await testDatabase();
  const client = new Client({ connectionString: database.url });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace
     and relkind in ('r', 'p') and not relispartition order by 1`,
  );
  await client.end();
  const known = [...keptTables.map(({ name }) => name), ...unkeptTables];
  expect(rows.map(({ name }) => name)).toEqual(known.toSorted());
  await database.drop();
});
