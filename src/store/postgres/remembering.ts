import type { PostgresPool, PostgresPoolClient } from 'kysely';
import type { Pool, PoolClient } from 'pg';
import { inMap } from '../../domain/latest.ts';

/** Of more parameters are those that write many rows, as many as there happen to be: hardly one comes again. */
const mostParameters = 32;

/**
 * A pool whose connections keep how a statement is done once they were asked for it: to find that out takes longer than to do it.
 *
 * `settings` is said on each connection before anything else. Kysely would do so, too (`onCreateConnection`), and keep the
 * place in the pool of one that broke meanwhile for ever.
 */
export function remembering(pool: Pool, settings: string): PostgresPool {
  const clients = new WeakMap<PoolClient, PostgresPoolClient>();
  const names = new Map<string, string>();
  const nameOf = (text: string): string => inMap(names, text, () => `rung_${names.size}`);
  const remembered = (client: PoolClient): PostgresPoolClient => {
    const query = (text: string, given: readonly unknown[]): Promise<unknown> => {
      const values = [...given];
      const isKept = values.length > 0 && values.length <= mostParameters;
      return client.query(isKept ? { name: nameOf(text), text, values } : { text, values });
    };
    return {
      query: query as PostgresPoolClient['query'],
      release: (destroy) => client.release(destroy),
    };
  };
  return {
    options: pool.options,
    connect: async () => {
      const client = await pool.connect();
      const known = clients.get(client);
      if (known !== undefined) return known;
      await client.query(settings).catch((thrown: unknown) => {
        client.release(true);
        throw thrown;
      });
      const begun = remembered(client);
      clients.set(client, begun);
      return begun;
    },
    end: () => pool.end(),
  };
}
