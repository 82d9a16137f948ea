import { Client } from 'pg';
import { asFailure } from './failure.ts';
import type { KeptTable } from './kept-tables.ts';

/** One picture of the whole database, however long it is looked at and whatever is written meanwhile. */
export interface Snapshot {
  /** Names of the migrations that made the tables, in their order. */
  readonly migrations: readonly string[];
  /** Where each project's chain stood. */
  readonly chains: readonly SnapshotChain[];
  /** The rows of a table, one JSON object a line; a column of JSON is a string, letter by letter as it is kept. */
  rows(table: KeptTable): AsyncIterable<readonly string[]>;
}

export interface SnapshotChain {
  readonly project: string;
  readonly name: string;
  readonly position: number;
  /** null where nothing is chained yet. */
  readonly link: string | null;
  /** Events that were committed and not chained yet; they come behind `position`. */
  readonly unchained: number;
}

const rowsAtOnce = 200;

/** Waits for nobody and makes nobody wait. Throws unavailable `database-away`. */
export async function withSnapshot<T>(url: string, work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    // A slow disk below the backup is no idle client.
    await client.query('set idle_in_transaction_session_timeout = 0');
    await client.query('begin isolation level repeatable read read only');
    const done = await work(await snapshotOver(client));
    await client.query('rollback');
    return done;
  } catch (thrown) {
    throw asFailure(thrown);
  } finally {
    await client.end().catch(() => {});
  }
}

async function snapshotOver(client: Client): Promise<Snapshot> {
  const applied = await client.query<{ name: string }>('select name from kysely_migration order by name');
  const { rows: chains } = await client.query<SnapshotChain>(chainsNow);
  return {
    migrations: applied.rows.map(({ name }) => name),
    chains,
    rows: (table) => rowsOf(client, table),
  };
}

const chainsNow = `
  select project.project_id as project, project.name,
    coalesce(head.position, 0)::double precision as position, head.link,
    (select count(*)::integer from events where project_id = project.project_id and position is null) as unchained
  from records project left join lateral (
    select position, link from events
    where project_id = project.project_id and position is not null order by position desc limit 1
  ) head on true
  where project.kind = 'project' order by 1`;

/** By a cursor: memory does not grow with the table. */
async function* rowsOf(client: Client, { name, order }: KeptTable): AsyncGenerator<readonly string[]> {
  const columns = (await columnsOf(client, name)).map(({ column, type }) =>
    type === 'json' ? `${column}::text` : column,
  );
  const cursor = `backup_of_${name}`;
  await client.query(
    `declare ${cursor} no scroll cursor for
     select row_to_json(kept)::text as line from (select ${columns.join(', ')} from ${name} order by ${order}) kept`,
  );
  for (;;) {
    const { rows } = await client.query<{ line: string }>(`fetch ${rowsAtOnce} from ${cursor}`);
    if (rows.length === 0) break;
    yield rows.map(({ line }) => line);
  }
  await client.query(`close ${cursor}`);
}

export interface Column {
  readonly column: string;
  readonly type: string;
}

export async function columnsOf(client: Client, table: string): Promise<readonly Column[]> {
  const { rows } = await client.query<Column>(
    `select attname as column, format_type(atttypid, null) as type from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped order by attnum`,
    [table],
  );
  return rows;
}
