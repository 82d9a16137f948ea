import { runMigrations } from 'graphile-worker';
import { Kysely, PostgresDialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import { Client, Pool } from 'pg';
import { Failure } from '../../domain/failure.ts';
import { asFailure } from './failure.ts';
import { isMigration, type MigrationName, migrations } from './migrations/index.ts';
import { quietLogger } from './worker-log.ts';

/** Any number, the same in every replica: who holds it migrates. */
const migrationLock = 7_864_103;

/**
 * Brings a database up to date, or to what an older version knew, wake-ups included. Any number may try at once: one
 * does it, the others wait. Throws `database-away`; conflict `database-newer` with nothing changed, where a newer
 * version was here; defect `migration-failed` with nothing of the failed migration left.
 */
export async function migrate(url: string, upTo?: MigrationName): Promise<void> {
  const holder = new Client({ connectionString: url });
  holder.on('error', () => {});
  try {
    await holder.connect();
    await holder.query('select pg_advisory_lock($1)', [migrationLock]);
    await refuseNewer(holder);
    await withPool(url, async (pool) => {
      await migrateTables(pool, upTo);
      await runMigrations({ pgPool: pool, logger: quietLogger });
    });
  } catch (thrown) {
    throw asFailure(thrown);
  } finally {
    await holder.end().catch(() => {});
  }
}

/** What this program does not know of it could only break: tables are looked at before anything is written. */
async function refuseNewer(client: Client): Promise<void> {
  const { rows: tables } = await client.query<{ there: string | null }>(
    `select to_regclass('kysely_migration') as there`,
  );
  if (tables[0]?.there == null) return;
  const { rows } = await client.query<{ name: string }>('select name from kysely_migration order by name');
  const unknown = rows.map(({ name }) => name).filter((name) => !isMigration(name));
  if (unknown.length === 0) return;
  throw new Failure(
    'conflict',
    'database-newer',
    `The database was brought up to date by a newer version of Rung (${unknown.join(', ')}).`,
    {
      wayOut: 'Nothing was changed. Start the newer version, or restore a backup from before it came.',
      facts: { unknown },
    },
  );
}

async function withPool(url: string, work: (pool: Pool) => Promise<void>): Promise<void> {
  const pool = new Pool({ connectionString: url, max: 2 });
  pool.on('error', () => {});
  // One that breaks between two queries says so by an event, which unheard would end the program.
  pool.on('connect', (client) => client.on('error', () => {}));
  try {
    await work(pool);
  } finally {
    await pool.end();
  }
}

async function migrateTables(pool: Pool, upTo: MigrationName | undefined): Promise<void> {
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  const provider = { getMigrations: async () => migrations };
  const migrator = new Migrator({ db, provider });
  const { error } = await (upTo === undefined ? migrator.migrateToLatest() : migrator.migrateTo(upTo));
  if (error !== undefined) throw migrationFailed(error);
}

function migrationFailed(cause: unknown): Failure {
  const failure = asFailure(cause);
  if (failure instanceof Failure) return failure;
  return new Failure('defect', 'migration-failed', 'The database could not be brought up to date.', {
    wayOut: 'Nothing was changed. Run the version that worked before, and report this.',
    cause,
  });
}
