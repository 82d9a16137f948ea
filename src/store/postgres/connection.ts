import { Kysely, PostgresDialect } from 'kysely';
import { Pool, types } from 'pg';
import type { Log } from '../../domain/log.ts';
import { remembering } from './remembering.ts';
import type { Tables } from './schema.ts';
import { type Transacting, transacting } from './transacting.ts';

export interface Database {
  /** For single statements, each on any connection. */
  readonly db: Kysely<Tables>;
  readonly transacting: Transacting;
  readonly close: () => Promise<void>;
}

const int8 = 20;
const parsers = types as { getTypeParser(oid: number, format: 'text'): (value: string) => unknown };

/** Positions and milliseconds fit a double for 285,000 years; the client gives bigint as text otherwise. */
const numbers = {
  getTypeParser: (oid: number) => (oid === int8 ? Number : parsers.getTypeParser(oid, 'text')),
};

/**
 * In the middle of a transaction, a process that answers has only moments to do nothing. One that stands still is told
 * by PostgreSQL itself that its transaction is over: nobody else could go on where it holds a lock.
 */
const standsStillAfterMs = 5_000;

/**
 * Opens no connection yet. Index scans only: a serializable transaction that reads a small table whole would collide
 * with everybody who writes to it. Nothing is compiled: where only a scan will do, it is taken for too dear to be quick.
 */
export function connect(url: string, log: Log): Database {
  const pool = new Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    pipeline: true,
    types: numbers,
  });
  pool.on('error', (error) => log.warn({ code: 'database-away' }, `A connection broke: ${error.message}`));
  // A connection that breaks between two queries of a transaction tells so by an event, which unheard would end the
  // program. The next query of that transaction fails by name.
  pool.on('connect', (client) => client.on('error', () => {}));
  const settings = `set enable_seqscan = off; set jit = off; set idle_in_transaction_session_timeout = ${standsStillAfterMs}`;
  const remembered = remembering(pool, settings);
  const config = { dialect: new PostgresDialect({ pool: remembered }) };
  const db = new Kysely<Tables>(config);
  return { db, transacting: transacting(remembered, db, config), close: () => pool.end() };
}
