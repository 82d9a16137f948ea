import { type DatabaseConnection, DummyDriver, Kysely, type KyselyConfig, type PostgresPool } from 'kysely';
import { isTold } from './ask-by-shape.ts';
import { type Isolation, OneTransaction } from './one-transaction.ts';
import type { Tables } from './schema.ts';

/** Runs work as one transaction; what it throws undoes all of it. */
export type Transacting = <T>(how: Isolation, work: (tx: Kysely<Tables>) => Promise<T>) => Promise<T>;

/** Transactions whose statements go out as they are asked. Kysely's own send one only when the one before is answered. */
export function transacting(pool: PostgresPool, db: Kysely<Tables>, config: KyselyConfig): Transacting {
  return async (how, work) => {
    const client = await pool.connect();
    const one = new OneTransaction(client, how);
    let isBroken = false;
    try {
      const result = await work(overOne(one, db, config));
      await one.commit();
      return result;
    } catch (thrown) {
      isBroken = !(await one.rollback());
      throw thrown;
    } finally {
      client.release(isBroken);
    }
  };
}

function overOne(one: OneTransaction, db: Kysely<Tables>, config: KyselyConfig): Kysely<Tables> {
  const connection: DatabaseConnection = {
    executeQuery: async (query) => {
      const { sql, parameters } = query;
      const answer = isTold(query) ? one.tell(sql, parameters) : await one.ask(sql, parameters);
      return { rows: answer.rows as never[], numAffectedRows: BigInt(answer.rowCount) };
    },
    streamQuery: () => {
      throw new Error('a connection that pipelines streams nothing');
    },
  };
  const executor = db.getExecutor().withConnectionProvider({
    provideConnection: (consumer) => consumer(connection),
  });
  return new Kysely<Tables>({ config, dialect: config.dialect, driver: new DummyDriver(), executor });
}
