import type { PostgresPool, PostgresPoolClient } from 'kysely';
import type { Pool, PoolClient } from 'pg';
import { inMap } from '../../domain/latest.ts';

/** Of more parameters are those that write many rows, as many as there happen to be: hardly one comes again. */
const mostParameters = 32;

/** Of a transaction: their answers say nothing that anybody waits for, and what comes next goes right behind them. */
const tellsNothing =
  /^\s*(?:start transaction|select pg_notify\(|select pg_advisory_xact_lock\(|insert into events |update events set position )/;
const onlyReads = /^start transaction .*read only/;
const beginsOrEnds = /^(?:start transaction|commit$)/;
const nothing = { command: 'SELECT', rowCount: 0, rows: [] } as const;

/** From its start to its end on one connection. */
interface OnItsWay {
  readonly isReading: boolean;
  /** What went wrong first: of all that comes behind it, PostgreSQL only says that it comes too late. */
  failure: { readonly thrown: unknown } | null;
}

/**
 * A pool whose connections keep how a statement is done once they were asked for it: to find that out takes longer than to do it.
 * Needs one that pipelines. What a statement fails with whose answer is not waited for, the transaction fails with: at the
 * latest its commit.
 *
 * `settings` is said on each connection before anything else. Kysely would do so, too (`onCreateConnection`), and keep the
 * place in the pool of one that broke meanwhile for ever.
 */
export function remembering(pool: Pool, settings: string): PostgresPool {
  const clients = new WeakMap<PoolClient, PostgresPoolClient>();
  const names = new Map<string, string>();
  const nameOf = (text: string): string => inMap(names, text, () => `rung_${names.size}`);
  const ask = (client: PoolClient, text: string, given: readonly unknown[]): Promise<unknown> => {
    const values = [...given];
    const isKept = values.length > 0 && values.length <= mostParameters;
    return client.query(isKept ? { name: nameOf(text), text, values } : { text, values });
  };
  const remembered = (client: PoolClient): PostgresPoolClient => {
    let onItsWay: OnItsWay | null = null;
    const query = (text: string, values: readonly unknown[]): Promise<unknown> => {
      if (text.startsWith('start transaction')) onItsWay = { isReading: onlyReads.test(text), failure: null };
      const within = onItsWay;
      const asked = ask(client, text, values);
      if (within === null) return asked;
      const answered = asked.then(
        (answer) => orFailure(within, text, answer),
        (thrown: unknown) => {
          within.failure ??= { thrown };
          throw within.failure.thrown;
        },
      );
      if (text === 'commit' || text === 'rollback') onItsWay = null;
      if (!(within.isReading ? beginsOrEnds : tellsNothing).test(text)) return answered;
      answered.catch(() => undefined);
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

/** A commit of what went wrong undoes it, and says nothing of that. */
function orFailure({ failure }: OnItsWay, text: string, answer: unknown): unknown {
  if (text === 'commit' && failure !== null) throw failure.thrown;
  return answer;
}
