import { afterAll, beforeAll } from 'vitest';
import { silentLog } from '../../src/domain/log.ts';
import { systemClock } from '../../src/engine/clock.ts';
import type { Store } from '../../src/engine/store.ts';
import { openMemory } from '../../src/store/memory/store.ts';
import { openPostgres } from '../../src/store/postgres/store.ts';
import { type TestDatabase, testDatabase } from '../kit/postgres.ts';
import { agentsHeardConformance } from './agents-heard.ts';
import { checkpointConformance } from './checkpoints.ts';
import { logConformance } from './log.ts';
import { payloadExpiryConformance } from './payload-expiry.ts';
import { severalConformance } from './several.ts';
import { type StoreUnderTest, storeConformance } from './store.ts';

const inMemory = async (): Promise<StoreUnderTest> => {
  const { store } = openMemory({ clock: systemClock });
  return { store, close: () => store.close() };
};
storeConformance('memory', inMemory);
logConformance('memory', inMemory);
payloadExpiryConformance('memory', inMemory);
agentsHeardConformance('memory', inMemory);
checkpointConformance('memory', inMemory);
severalConformance('memory', inMemory);

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
const inPostgres = async (): Promise<StoreUnderTest> => ({ store, close: async () => {} });
storeConformance('PostgreSQL', inPostgres);
logConformance('PostgreSQL', inPostgres);
payloadExpiryConformance('PostgreSQL', inPostgres);
agentsHeardConformance('PostgreSQL', inPostgres);
checkpointConformance('PostgreSQL', inPostgres);
severalConformance('PostgreSQL', inPostgres);
