import type { ClientBase } from 'pg';
import { decoded, type WrittenTransaction } from './decoded.ts';

const slot = 'bench';

export interface Written {
  readonly transactions: readonly WrittenTransaction[];
  /** Of the rows as they are shown. */
  readonly bytes: number;
}

/**
 * Has PostgreSQL keep what it writes until it was read. It needs `wal_level` to be `logical`. What is not written to its
 * log (unlogged tables) is not there.
 */
export const keepWritten = async (database: ClientBase): Promise<void> =>
  void (await database.query('select pg_create_logical_replication_slot($1, $2)', [slot, 'test_decoding']));

/** Every transaction that wrote something since then, in the order of the commits; and keeps no more. */
export async function takeWritten(database: ClientBase): Promise<Written> {
  const { rows } = await database.query<{ data: string }>(
    `select data from pg_logical_slot_get_changes($1, pg_current_wal_lsn(), null, 'skip-empty-xacts', 'on')`,
    [slot],
  );
  await database.query('select pg_drop_replication_slot($1)', [slot]);
  const lines = rows.map(({ data }) => data);
  return { transactions: decoded(lines), bytes: lines.reduce((sum, line) => sum + line.length, 0) };
}
