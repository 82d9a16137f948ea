import {
  type DatabaseConnection,
  DummyDriver,
  Kysely,
  type KyselyConfig,
  type PostgresPool,
  type PostgresPoolClient,
} from 'kysely';
import type { Tables } from './schema.ts';

/** What a transaction sees of others, and whether it writes. */
export type Isolation = 'serializable' | 'read committed' | 'repeatable read read only';

/** Runs work as one transaction; what it throws undoes all of it. */
export type Transacting = <T>(how: Isolation, work: (tx: Kysely<Tables>) => Promise<T>) => Promise<T>;

/**
 * Transactions whose statements go out as they are asked: those that do not wait for each other share one way to the server and
 * back. Kysely's own send one only when the one before is answered.
 */
export function transacting(pool: PostgresPool, db: Kysely<Tables>, config: KyselyConfig): Transacting {
  return async (how, work) => {
    const client = await pool.connect();
    const within = { isOver: false };
    let isBroken = false;
    try {
      await client.query(`start transaction isolation level ${how}`, []);
      const result = await work(overOne(client, within, db, config));
      within.isOver = true;
      await client.query('commit', []);
      return result;
    } catch (thrown) {
      within.isOver = true;
      await client.query('rollback', []).catch(() => {
        isBroken = true;
      });
      throw thrown;
    } finally {
      client.release(isBroken);
    }
  };
}

/** What failed work still has in hand must not be sent behind its rollback: it would be a transaction of its own. */
function overOne(
  client: PostgresPoolClient,
  within: { readonly isOver: boolean },
  db: Kysely<Tables>,
  config: KyselyConfig,
): Kysely<Tables> {
  const connection: DatabaseConnection = {
    executeQuery: async ({ sql, parameters }) => {
      const { rows, rowCount } = await client.query<never>(sql, parameters);
      return { rows, numAffectedRows: BigInt(rowCount) };
    },
    streamQuery: () => {
      throw new Error('a connection that pipelines streams nothing');
    },
  };
  const executor = db.getExecutor().withConnectionProvider({
    provideConnection: async (consumer) => {
      if (within.isOver) throw new Error('This transaction is over.');
      return consumer(connection);
    },
  });
  return new Kysely<Tables>({ config, dialect: config.dialect, driver: new DummyDriver(), executor });
}
