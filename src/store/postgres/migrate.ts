import { runMigrations } from 'graphile-worker';
import { Kysely, PostgresDialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import { Client, Pool } from 'pg';
import { Failure } from '../../domain/failure.ts';
import * as spine from './migrations/0001-spine.ts';
import * as gates from './migrations/0002-gates.ts';
import { asFailure } from './failure.ts';
import { quietLogger } from './worker-log.ts';

/** In the order in which they are applied. Never change one that was released: add another. */
const migrations = { '0001-spine': spine, '0002-gates': gates };

/** Any number, the same in every replica: who holds it migrates. */
const migrationLock = 7_864_103;

/**
 * Brings a database up to date, wake-ups included. Any number may try at once: one does it, the others wait. Throws
 * `database-away`, or defect `migration-failed` with nothing of the failed migration left.
 */
export async function migrate(url: string): Promise<void> {
  const holder = new Client({ connectionString: url });
  holder.on('error', () => {});
  try {
    await holder.connect();
    await holder.query('select pg_advisory_lock($1)', [migrationLock]);
    await migrateTables(url);
    await runMigrations({ connectionString: url, maxPoolSize: 1, logger: quietLogger });
  } catch (thrown) {
    throw asFailure(thrown);
  } finally {
    await holder.end().catch(() => {});
  }
}

async function migrateTables(url: string): Promise<void> {
  const pool = new Pool({ connectionString: url, max: 2 });
  pool.on('error', () => {});
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  try {
    const provider = { getMigrations: async () => migrations };
    const { error } = await new Migrator({ db, provider }).migrateToLatest();
    if (error !== undefined) throw migrationFailed(error);
  } finally {
    await db.destroy();
  }
}

function migrationFailed(cause: unknown): Failure {
  const failure = asFailure(cause);
  if (failure instanceof Failure) return failure;
  return new Failure('defect', 'migration-failed', 'The database could not be brought up to date.', {
    wayOut: 'Nothing was changed. Run the version that worked before, and report this.',
    cause,
  });
}
