import { Client } from 'pg';
import { silentLog } from '../../../src/domain/log.ts';
import { systemClock } from '../../../src/engine/clock.ts';
import { type RunningPostgres, startPostgres } from '../../../src/supervisor/postgres.ts';

/** A PostgreSQL as `rung up` starts it, that counts its statements. */
export interface CountedPostgres extends AsyncDisposable {
  readonly server: RunningPostgres;
  readonly database: Client;
}

/** `settings`: further ones of the server. */
export async function openCountedPostgres(
  folder: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<CountedPostgres> {
  await using stack = new AsyncDisposableStack();
  const server = await startPostgres({
    folder,
    log: silentLog,
    clock: systemClock,
    settings: { shared_preload_libraries: 'pg_stat_statements', ...settings },
  });
  stack.defer(() => server.stop());
  const database = new Client({ connectionString: server.url });
  await database.connect();
  stack.defer(() => database.end());
  await database.query('create extension pg_stat_statements');
  const moved = stack.move();
  return { server, database, [Symbol.asyncDispose]: () => moved.disposeAsync() };
}

/** Statements that the database was asked to run since the last reset, and its own time for them. */
export async function statementsSince(
  database: Client,
): Promise<{ readonly calls: number; readonly ms: number }> {
  const { rows } = await database.query<{ calls: number; ms: number }>(
    `select coalesce(sum(calls), 0)::integer as calls, coalesce(sum(total_exec_time), 0)::float8 as ms
     from pg_stat_statements where query not like '%pg_stat_statements%'`,
  );
  return rows[0] ?? { calls: 0, ms: 0 };
}

export const resetStatements = async (database: Client): Promise<void> =>
  void (await database.query('select pg_stat_statements_reset()'));
