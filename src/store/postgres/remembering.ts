import type { PostgresPool, PostgresPoolClient } from 'kysely';
import type { Pool, PoolClient } from 'pg';

/** Of more parameters are those that write many rows, as many as there happen to be: hardly one comes again. */
const mostParameters = 32;

/** A pool whose connections keep how a statement is done once they were asked for it: to find that out takes longer than to do it. */
export function remembering(pool: Pool): PostgresPool {
  const clients = new WeakMap<PoolClient, PostgresPoolClient>();
  const names = new Map<string, string>();
  const nameOf = (text: string): string => {
    const name = names.get(text) ?? `rung_${names.size}`;
    names.set(text, name);
    return name;
  };
  const ask = (client: PoolClient, text: string, given: readonly unknown[]): Promise<unknown> => {
    const values = [...given];
    const isKept = values.length > 0 && values.length <= mostParameters;
    return client.query(isKept ? { name: nameOf(text), text, values } : { text, values });
  };
  const remembered = (client: PoolClient): PostgresPoolClient => ({
    query: ((text: string, values: readonly unknown[]) =>
      ask(client, text, values)) as PostgresPoolClient['query'],
    release: (destroy) => client.release(destroy),
  });
  return {
    options: pool.options,
    connect: async () => {
      const client = await pool.connect();
      const known = clients.get(client) ?? remembered(client);
      clients.set(client, known);
      return known;
    },
    end: () => pool.end(),
  };
}
