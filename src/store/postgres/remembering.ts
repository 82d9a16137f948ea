import type { PostgresPool, PostgresPoolClient } from 'kysely';
import type { Pool, PoolClient } from 'pg';

/** Of more parameters are those that write many rows, as many as there happen to be: hardly one comes again. */
const mostParameters = 32;

/** Their answers say nothing that anybody waits for, as does the end of a transaction that only read: what comes next goes right behind them. */
const tellsNothing = /^(?:start transaction|select pg_notify\()/;
const onlyReads = /^start transaction .*read only/;
const nothing = { command: 'SELECT', rowCount: 0, rows: [] } as const;

/**
 * A pool whose connections keep how a statement is done once they were asked for it: to find that out takes longer than to do it.
 * Needs one that pipelines. What a statement fails with whose answer is not waited for, the next one fails with.
 *
 * `settings` is said on each connection before anything else. Kysely would do so, too (`onCreateConnection`), and keep the
 * place in the pool of one that broke meanwhile for ever.
 */
export function remembering(pool: Pool, settings: string): PostgresPool {
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
  const remembered = (client: PoolClient): PostgresPoolClient => {
    let ahead: Promise<unknown> | null = null;
    let isReading = false;
    const query = (text: string, values: readonly unknown[]): Promise<unknown> => {
      const asked = ask(client, text, values);
      const all = ahead === null ? asked : Promise.all([ahead, asked]).then(([, answer]) => answer);
      if (text.startsWith('start transaction')) isReading = onlyReads.test(text);
      ahead = tellsNothing.test(text) || (isReading && text === 'commit') ? all : null;
      if (ahead === null) return all;
      ahead.catch(() => undefined);
      return Promise.resolve(nothing);
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
