import { Client } from 'pg';
import { Failure } from '../../domain/failure.ts';
import { asFailure } from './failure.ts';
import { type KeptTable, keptTables } from './kept-tables.ts';
import { migrate } from './migrate.ts';
import { isMigration } from './migrations/index.ts';
import { type Column, columnsOf } from './snapshot.ts';

/** Puts rows of a snapshot into a database that has none. */
export interface Filling {
  rows(table: KeptTable, lines: readonly string[]): Promise<void>;
}

/** The migration up to which a snapshot was migrated. Throws conflict `backup-newer` where this program knows it not. */
export function lastMigration(migrations: readonly string[]): Parameters<typeof migrate>[1] {
  const unknown = migrations.filter((name) => !isMigration(name));
  const last = migrations.at(-1);
  if (unknown.length === 0 && last !== undefined && isMigration(last)) return last;
  throw new Failure(
    'conflict',
    'backup-newer',
    `The backup was made by a newer version of Rung (${unknown.join(', ')}).`,
    { wayOut: 'Nothing was written. Restore it with that version or a newer one.', facts: { unknown } },
  );
}

/**
 * Makes the tables as they were when the snapshot was taken and fills them in one transaction: all of it is there
 * afterwards, or none. Throws conflict `database-not-empty`; what `migrate` throws.
 */
export async function fillDatabase(
  url: string,
  migrations: readonly string[],
  fill: (into: Filling) => Promise<void>,
): Promise<void> {
  const last = lastMigration(migrations);
  await refuseFilled(url);
  // An interrupted one may have left tables, and of another version.
  await emptyDatabase(url);
  await migrate(url, last);
  await withClient(url, async (client) => {
    await client.query('set idle_in_transaction_session_timeout = 0');
    await client.query('begin');
    await fill({ rows: (table, lines) => insertRows(client, table, lines) });
    for (const table of keptTables) await numberOn(client, table);
    await client.query('commit');
  });
}

/** Whether anything of Rung's is kept there. Tables without a row count for nothing: an interrupted fill leaves them. */
export const isFilled = (url: string): Promise<boolean> =>
  withClient(url, async (client) => {
    for (const { name } of keptTables) {
      const { rows: tables } = await client.query<{ there: string | null }>(
        `select to_regclass($1) as there`,
        [name],
      );
      if (tables[0]?.there == null) continue;
      if ((await client.query(`select 1 from ${name} limit 1`)).rows.length > 0) return true;
    }
    return false;
  });

/** Removes everything that is Rung's from a database, for good: what the migrations made, and the wake-ups. */
export const emptyDatabase = (url: string): Promise<void> =>
  withClient(url, async (client) => {
    const tables = [
      ...keptTables.map(({ name }) => name),
      'workers',
      'heard',
      'kysely_migration',
      'kysely_migration_lock',
    ];
    await client.query('begin');
    await client.query(`drop table if exists ${tables.join(', ')} cascade`);
    await client.query('drop function if exists refuse_event_change()');
    await client.query('drop schema if exists graphile_worker cascade');
    await client.query('commit');
  });

/** Whether a control plane works on it now: each holds a lock while it lives. */
export const isWorkedOn = (url: string): Promise<boolean> =>
  withClient(url, async (client) => {
    const { rows: tables } = await client.query<{ there: string | null }>(
      `select to_regclass('workers') as there`,
    );
    if (tables[0]?.there == null) return false;
    const { rows } = await client.query<{ alive: boolean }>(
      `select not pg_try_advisory_xact_lock(hashtextextended(worker, 2)) as alive from workers`,
    );
    return rows.some(({ alive }) => alive);
  });

async function refuseFilled(url: string): Promise<void> {
  if (!(await isFilled(url))) return;
  throw new Failure(
    'conflict',
    'database-not-empty',
    'The database holds a control plane’s memory already.',
    {
      wayOut: 'Name an empty database, or say --replace: then what is there is removed first.',
    },
  );
}

async function insertRows(client: Client, { name }: KeptTable, lines: readonly string[]): Promise<void> {
  const columns = await columnsOf(client, name);
  const names = columns.map(({ column }) => column).join(', ');
  const types = columns.map(({ column, type }) => `${column} ${type === 'json' ? 'text' : type}`);
  const { rowCount } = await client.query(
    `insert into ${name} (${names}) overriding system value
     select ${columns.map(valueOf).join(', ')} from json_to_recordset($1) as kept (${types.join(', ')})`,
    [`[${lines.join(',')}]`],
  );
  if (rowCount !== lines.length)
    throw new Failure('defect', 'restore-incomplete', `Not every row of ${name} could be written.`);
}

const valueOf = ({ column, type }: Column): string =>
  type === 'json' ? `kept.${column}::json` : `kept.${column}`;

async function numberOn(client: Client, { name, numbered }: KeptTable): Promise<void> {
  if (numbered === undefined) return;
  await client.query(
    `select setval(pg_get_serial_sequence($1, $2), coalesce((select max(${numbered}) from ${name}), 0) + 1, false)`,
    [name, numbered],
  );
}

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    return await work(client);
  } catch (thrown) {
    throw asFailure(thrown);
  } finally {
    await client.end().catch(() => {});
  }
}
