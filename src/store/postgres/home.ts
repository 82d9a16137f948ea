import { Client, type ClientBase } from 'pg';
import { Failure } from '../../domain/failure.ts';

/** Of advisory locks, those that say from where a database is worked on. */
const space = 0x52_75_6e_67;

/**
 * Says, as long as the connection lives, from which data folder its control plane works on the database. Any number of
 * replicas do so from one folder.
 */
export const holdHome = async (client: ClientBase, home: string): Promise<void> =>
  void (await client.query('select pg_advisory_lock_shared($1, hashtext($2))', [space, home]));

/**
 * Two folders have keys, artifacts and a repository of their own each: on one database they would be two truths. Throws
 * conflict `database-in-use` while a control plane of another folder works on it.
 */
export async function refuseOtherHome(url: string, home: string): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000, query_timeout: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query(others, [space, home]);
    if (rows.length > 0) throw inUse();
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** PostgreSQL shows the second half of such a lock without its sign. */
const others = `
  select 1 from pg_locks
  where locktype = 'advisory' and objsubid = 2 and classid = $1
    and objid::bigint <> (hashtext($2)::bigint & 4294967295)
    and database = (select oid from pg_database where datname = current_database())`;

const inUse = (): Failure =>
  new Failure(
    'conflict',
    'database-in-use',
    'A control plane of another data folder works on the database of DATABASE_URL.',
    {
      wayOut:
        'Give this one a database of its own. For more control planes on that database, say --replicas where it runs; to move it here, end it there first (`rung down`) and bring its data folder along.',
    },
  );
