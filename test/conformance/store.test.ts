import { afterAll, beforeAll } from 'vitest';
import { silentLog } from '../../src/domain/log.ts';
import { systemClock } from '../../src/engine/clock.ts';
import type { Store } from '../../src/engine/store.ts';
import { openMemory } from '../../src/store/memory/store.ts';
import { openPostgres } from '../../src/store/postgres/store.ts';
import { type TestDatabase, testDatabase } from '../kit/postgres.ts';
import { storeConformance } from './store.ts';

storeConformance('memory', async () => {
  const { store } = openMemory({ clock: systemClock });
  return { store, close: () => store.close() };
});

let database: TestDatabase;
let store: Store;
beforeAll(async () => {
  database = await testDatabase();
  ({ store } = await openPostgres({ url: database.url, clock: systemClock, log: silentLog }));
});
afterAll(async () => {
  await store.close();
  await database.drop();
});
storeConformance('PostgreSQL', async () => ({ store, close: async () => {} }));
