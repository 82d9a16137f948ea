import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from '../../src/domain/log.ts';
import { systemClock } from '../../src/engine/clock.ts';
import type { Store } from '../../src/engine/store.ts';
import { openMemory } from '../../src/store/memory/store.ts';
import { openPostgres } from '../../src/store/postgres/store.ts';
import { type TestDatabase, testDatabase } from '../kit/postgres.ts';
import { CutRelay } from './cut-relay.ts';
import { hearingConformance, keepBranch, moveBranch, newProject, stretchOf } from './hearing.ts';

hearingConformance('memory', async () => {
  const { store } = openMemory({ clock: systemClock });
  return { store, other: store, close: () => store.close() };
});

let database: TestDatabase;
let store: Store;
let other: Store;
const openAt = async (url: string): Promise<Store> =>
  (await openPostgres({ url, clock: systemClock, log: silentLog })).store;
beforeAll(async () => {
  database = await testDatabase();
  store = await openAt(database.url);
  other = await openAt(database.url);
});
afterAll(async () => {
  await Promise.all([store.close(), other.close()]);
  await database.drop();
});
hearingConformance('PostgreSQL', async () => ({ store, other, close: async () => {} }));

/** The server ends every connection that is there for news. */
async function endListening(): Promise<void> {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  try {
    const { rowCount } = await client.query(
      `select pg_terminate_backend(pid, 5000) from pg_stat_activity
       where datname = current_database() and application_name = 'rung news'`,
    );
    expect(rowCount).toBeGreaterThan(0);
  } finally {
    await client.end();
  }
}

describe('a store on PostgreSQL whose connection for news ends', () => {
  it('says so, and trusts nothing that was kept before: neither while it hears nothing, nor afterwards', async () => {
    const project = newProject();
    using branch = keepBranch(store, project);
    await moveBranch(store, project, 'c1', 'untold');
    const stretch = await stretchOf(store);
    expect(await branch.commit()).toBe('c1');
    await endListening();
    await moveBranch(other, project, 'c2', 'untold');
    await expect.poll(() => store.hearing(), { interval: 1 }).not.toBe(stretch);
    expect(await branch.commit()).toBe('c2');
    expect(await stretchOf(store)).not.toBe(stretch);
    expect(await branch.commit()).toBe('c2');
  });

  it('is called for all projects once it hears again, for it may have missed some', async () => {
    const project = newProject();
    await store.transaction((tx) =>
      tx.put(project, 'project', project, { id: project, name: project, createdAt: systemClock.now() }, 0),
    );
    const missed = Promise.withResolvers<void>();
    using _told = store.onAppended((which, kinds) => {
      if (which === project && kinds === null) missed.resolve();
    });
    await endListening();
    await missed.promise;
  });

  it('notices that it brings nothing any more, though nobody ended it, and connects anew', async () => {
    await using relay = await CutRelay.before(database.url, Number.POSITIVE_INFINITY, () => {});
    const behind = await openAt(relay.urlOf(database.url));
    const stretch = await stretchOf(behind);
    relay.stall();
    await expect.poll(() => behind.hearing(), { timeout: 20_000, interval: 10 }).toBeNull();
    expect(await stretchOf(behind)).not.toBe(stretch);
    await behind.close();
  }, 60_000);
});
