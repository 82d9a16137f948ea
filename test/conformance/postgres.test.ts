import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProjectId } from '../../src/domain/ids.ts';
import { silentLog } from '../../src/domain/log.ts';
import { systemClock } from '../../src/engine/clock.ts';
import type { Transaction } from '../../src/engine/store.ts';
import { uuidAt } from '../../src/engine/uuid.ts';
import { migrate } from '../../src/store/postgres/migrate.ts';
import { openPostgres } from '../../src/store/postgres/store.ts';
import { anEvent } from '../kit/audit.ts';
import { aBranch } from '../kit/records.ts';
import { type TestDatabase, emptyDatabase, testDatabase } from '../kit/postgres.ts';
import { CutRelay } from './cut-relay.ts';

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

describe('the migrations', () => {
  it('are applied once when several replicas start on an empty database at the same time', async () => {
    const database = await emptyDatabase();
    await Promise.all([migrate(database.url), migrate(database.url), migrate(database.url)]);
    const applied = await withClient(database.url, async (client) => {
      const { rows } = await client.query<{ name: string }>('select name from kysely_migration');
      return rows.map(({ name }) => name);
    });
    expect(applied).toEqual([
      '0001-spine',
      '0002-gates',
      '0003-payload-expiry',
      '0004-heard',
      '0005-builds-in-turn',
      '0006-payloads-by-age',
    ]);
    await database.drop();
  });

  it('give every table the project it belongs to', async () => {
    const database = await testDatabase();
    const without = await withClient(database.url, async (client) => {
      const { rows } = await client.query<{ name: string }>(
        `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where n.nspname = 'public' and c.relkind in ('r', 'p') and not exists
         (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'project_id')
         order by 1`,
      );
      return rows.map(({ name }) => name);
    });
    expect(without).toEqual(['kysely_migration', 'kysely_migration_lock', 'workers']);
    await database.drop();
  });
});

describe('a connection that the server ends', () => {
  it('between two queries of a transaction fails that transaction by name, and ends no program', async () => {
    const database = await testDatabase();
    const { store } = await openPostgres({ url: database.url, clock: systemClock, log: silentLog });
    const project = uuidAt(systemClock.now()) as ProjectId;
    const broken = store.transaction(async (tx) => {
      await tx.get(project, 'project', project);
      await withClient(database.url, (client) =>
        client.query(
          `select pg_terminate_backend(pid) from pg_stat_activity
           where datname = current_database() and state = 'idle in transaction'`,
        ),
      );
      await systemClock.sleep(100);
      await tx.get(project, 'project', project);
    });
    await expect(broken).rejects.toMatchObject({ kind: 'unavailable' });
    await store.close();
    await database.drop();
  });

  it('as soon as it began takes away no place from those that come later', async () => {
    const database = await testDatabase();
    await using relay = await CutRelay.before(database.url, Number.POSITIVE_INFINITY, () => undefined);
    const url = relay.urlOf(database.url);
    const { store } = await openPostgres({ url, clock: systemClock, log: silentLog });
    const more = 12;
    relay.endNext(more, 'enable_seqscan');
    for (let ended = 0; ended < more; ended += 1)
      await expect(store.projects()).rejects.toMatchObject({ kind: 'unavailable' });
    expect(await store.projects()).toEqual([]);
    await store.close();
    await database.drop();
  });

  it('fails what was begun on it without waiting for its answer, by name, and nothing after it', async () => {
    const database = await testDatabase();
    const { store } = await openPostgres({ url: database.url, clock: systemClock, log: silentLog });
    const project = uuidAt(systemClock.now()) as ProjectId;
    const look = () => store.read((reader) => reader.get(project, 'project', project));
    const write = () => store.transaction((tx) => tx.get(project, 'project', project));
    const many = () => Promise.allSettled(Array.from({ length: 20 }, (_, at) => (at % 2 ? look() : write())));
    await many();
    const ends = `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and application_name = ''`;
    await withClient(database.url, async (client) => {
      for (let round = 0; round < 10; round += 1) {
        const [settled] = await Promise.all([many(), client.query(ends)]);
        for (const one of settled)
          if (one.status === 'rejected') expect(one.reason).toMatchObject({ kind: 'unavailable' });
      }
    });
    // Those that were ended last may not have been missed yet.
    await many();
    expect((await many()).filter(({ status }) => status === 'rejected')).toEqual([]);
    await store.close();
    await database.drop();
  });
});

describe('a transaction', () => {
  it('fails with what went wrong first, though nobody waited for that answer, and leaves nothing behind', async () => {
    const database = await testDatabase();
    const { store } = await openPostgres({ url: database.url, clock: systemClock, log: silentLog });
    const project = uuidAt(systemClock.now()) as ProjectId;
    const elsewhere = 'no project at all' as ProjectId;
    const writing = store.transaction(async (tx) => {
      await tx.put(project, 'branch', 'main', aBranch(project, 'main', 'c1'), 0);
      await tx.append([anEvent('never', { project: elsewhere })]);
      await tx.wake([{ key: 'branch/main', project, at: systemClock.now() }]);
    });
    await expect(writing).rejects.toThrow(/invalid input syntax for type uuid/);
    expect(await store.read((tx) => tx.get(project, 'branch', 'main'))).toBeUndefined();
    await store.close();
    await database.drop();
  });
});

describe('a transaction that failed', () => {
  it('sends nothing any more of what it still had in hand', async () => {
    const database = await testDatabase();
    const { store } = await openPostgres({ url: database.url, clock: systemClock, log: silentLog });
    const project = uuidAt(systemClock.now()) as ProjectId;
    const put = (tx: Transaction, id: string) => tx.put(project, 'branch', id, aBranch(project, id, 'c1'), 0);
    const late: Promise<unknown>[] = [];
    const goesOn = Promise.withResolvers<void>();
    const failing = store.transaction(async (tx) => {
      for (const id of ['a', 'b', 'c']) await put(tx, id);
      const writesFirst = tx.list(project, 'branch');
      const isTooLate = goesOn.promise.then(() => tx.remove(project, 'branch', 'kept'));
      late.push(...[writesFirst, isTooLate].map((one) => one.catch((thrown: unknown) => thrown)));
      throw new Error('something else');
    });
    await expect(failing).rejects.toThrow('something else');
    await store.transaction((tx) => put(tx, 'kept'));
    goesOn.resolve();
    expect((await Promise.all(late)).at(-1)).toEqual(new Error('This transaction is over.'));
    const { items } = await store.read((tx) => tx.list(project, 'branch'));
    expect(items.map(({ value }) => value.id)).toEqual(['kept']);
    await store.close();
    await database.drop();
  });
});

describe('the log in the database', () => {
  const project = uuidAt(systemClock.now()) as ProjectId;
  let database: TestDatabase;
  let client: Client;
  beforeAll(async () => {
    database = await testDatabase();
    const { store } = await openPostgres({ url: database.url, clock: systemClock, log: silentLog });
    await store.transaction((tx) =>
      tx.append([anEvent('one', { project }), anEvent('two \u0000', { project })]),
    );
    await store.chain(project);
    await store.transaction((tx) => tx.append([anEvent('three', { project })]));
    await store.close();
    client = new Client({ connectionString: database.url });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  it.each([
    `update events set content = '{}' where position = 1`,
    `update events set payload = '{}' where position = 1`,
    `update events set payload = '{}' where position is null`,
    `update events set payload = null where position is null`,
    `update events set position = 9, link = 'x' where position = 1`,
    `update events set position = null, link = null where position = 1`,
    `update events set payload_digest = 'x' where position = 2`,
    `update events set position = 3, link = 'x', kind = 'y' where position is null`,
    'delete from events where position = 1',
    'truncate events',
  ])('refuses to change what was written: %s', async (statement) => {
    await expect(client.query(statement)).rejects.toThrow('events are only ever added');
  });

  it('lets a payload expire and nothing else of the event', async () => {
    await client.query('update events set payload = null where position = 2');
    const { rows } = await client.query('select payload, facts_digest from events where position = 2');
    expect(rows).toEqual([{ payload: null, facts_digest: expect.stringMatching(/^sha256:/) as string }]);
    await expect(client.query(`update events set payload = '{}' where position = 2`)).rejects.toThrow();
  });
});

describe('transactions that collide', () => {
  it('all get through, though sixty at once change one record and none is quick', async () => {
    const database = await testDatabase();
    const { store } = await openPostgres({ url: database.url, clock: systemClock, log: silentLog });
    const project = uuidAt(systemClock.now()) as ProjectId;
    const increment = (): Promise<void> =>
      store.transaction(async (tx) => {
        const stored = await tx.get(project, 'branch', 'main');
        const next = String(Number(stored?.value.commit ?? '0') + 1);
        await systemClock.sleep(20);
        await tx.put(project, 'branch', 'main', aBranch(project, 'main', next), stored?.version ?? 0);
      });
    await Promise.all(Array.from({ length: 60 }, increment));
    expect((await store.read((tx) => tx.get(project, 'branch', 'main')))?.value.commit).toBe('60');
    await store.close();
    await database.drop();
  });

  it('are not those that wake different keys, however many do so at once', async () => {
    const database = await testDatabase();
    const { store } = await openPostgres({ url: database.url, clock: systemClock, log: silentLog });
    const project = uuidAt(systemClock.now()) as ProjectId;
    const wakeUp = (key: string) => ({ key, project, at: systemClock.now() });
    await store.transaction((tx) => tx.wake([wakeUp('the first of all')]));
    const together = 8;
    let runs = 0;
    const all = Promise.withResolvers<void>();
    const wakes = Array.from({ length: together }, (_, index) =>
      store.transaction(async (tx) => {
        await tx.get(project, 'branch', `${index}`);
        runs += 1;
        if (runs === together) all.resolve();
        await all.promise;
        await tx.wake([wakeUp(`one/${index}`)]);
      }),
    );
    await Promise.all(wakes);
    expect(runs).toBe(together);
    await store.close();
    await database.drop();
  });
});
