import { Client, type ClientBase } from 'pg';
import { Failure, isFailure } from '../../domain/failure.ts';
import { databaseAway } from '../failures.ts';
import { asFailure } from './failure.ts';
import { rightsMissing } from './refusal.ts';

/** Of the server that Rung brings, and the oldest that it is tested with. */
const oldestMajor = 15;
const withinMs = 5000;

/**
 * Looks whether Rung could work on the database, and changes nothing there. Throws invalid `database-url-unreadable`,
 * and unavailable `database-away`, `database-password-wrong`, `database-sign-in-refused`, `database-missing`,
 * `database-too-old` or `database-rights-missing`. No failure tells the password, nor carries it.
 */
export async function needServer(url: string): Promise<void> {
  const client = clientFor(url);
  client.on('error', () => undefined);
  try {
    await client.connect();
    await needVersion(client);
    await needRights(client);
  } catch (thrown) {
    const failure = asFailure(thrown);
    throw isFailure(failure) ? failure : databaseAway(thrown);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** What is thrown for an address that cannot be read has the address in it, and so is not kept as the cause. */
function clientFor(url: string): Client {
  try {
    if (!/^postgres(?:ql)?:\/\//u.test(url)) throw unreadable();
    return new Client({ connectionString: url, connectionTimeoutMillis: withinMs, query_timeout: withinMs });
  } catch {
    throw unreadable();
  }
}

const unreadable = (): Failure =>
  new Failure('invalid', 'database-url-unreadable', 'DATABASE_URL is not the address of a PostgreSQL.', {
    wayOut:
      'Write it as postgresql://NAME:PASSWORD@HOST:5432/DATABASE, with special characters as %40 and the like.',
  });

async function needVersion(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ server_version_num: string }>('show server_version_num');
  const major = Math.floor(Number(rows[0]?.server_version_num) / 10_000);
  if (major >= oldestMajor) return;
  throw new Failure(
    'unavailable',
    'database-too-old',
    `The server of DATABASE_URL is PostgreSQL ${major}; Rung needs ${oldestMajor} or newer.`,
    { wayOut: 'Name a newer server, or start without DATABASE_URL: then Rung brings its own.' },
  );
}

async function needRights(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ may: boolean | null }>(
    `select has_database_privilege(current_database(), 'create')
       and has_schema_privilege(current_schema(), 'create') as may`,
  );
  const missing = rows[0]?.may === true ? null : rightsMissing();
  if (missing !== null) throw missing;
}
