import { Client } from 'pg';
import { expect, it } from 'vitest';
import { instant, type ProjectId } from '../../src/domain/ids.ts';
import { silentLog } from '../../src/domain/log.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { uuidAt } from '../../src/engine/uuid.ts';
import { migrate } from '../../src/store/postgres/migrate.ts';
import { openPostgres } from '../../src/store/postgres/store.ts';
import { emptyDatabase } from '../kit/postgres.ts';
import { aBuild } from '../kit/records.ts';

it('builds that an older version asked for stand among those of this one, the longest wanted first', async () => {
  const database = await emptyDatabase();
  await migrate(database.url, '0004-heard');
  const project = uuidAt(systemClock.now()) as ProjectId;
  const wanted = (id: string, wantedAt: number) => ({
    ...aBuild(project, id, 'wanted'),
    wantedAt: instant(wantedAt),
  });
  const client = new Client({ connectionString: database.url });
  await client.connect();
  for (const one of [wanted('b', 1_760_000_000_000), wanted('a', 1_760_000_002_000)])
    await client.query(
      `insert into records_build (project_id, kind, id, place, version, body, phase, tree)
       values ($1, 'build', $2, $2, 1, $3, 'wanted', $2)`,
      [project, one.id, JSON.stringify(one)],
    );
  await client.end();
  const { store } = await openPostgres({ url: database.url, clock: systemClock, log: silentLog });
  await store.transaction((tx) => tx.put(project, 'build', 'c', wanted('c', 1_760_000_001_000), 0));
  const { items } = await store.read((tx) => tx.list(project, 'build', { phase: ['wanted'] }));
  expect(items.map(({ value }) => value.id)).toEqual(['b', 'c', 'a']);
  await store.close();
  await database.drop();
});
