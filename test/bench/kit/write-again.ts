import { Client, type ClientBase, Pool } from 'pg';
import { systemClock } from '../../../src/engine/clock.ts';
import type { RowChange, WrittenTransaction } from './decoded.ts';
import { type TableFacts, tableFacts } from './table-facts.ts';

export interface WriteAgain {
  /** A database in which the rows stand as they did before the first of the transactions. */
  readonly url: string;
  /** In the order of their commits. */
  readonly transactions: readonly WrittenTransaction[];
  readonly connections: number;
  /** Whether a transaction also told others that it wrote something. */
  readonly tells: (transaction: WrittenTransaction) => boolean;
}

interface Statement {
  readonly name: string;
  readonly text: string;
  readonly values: readonly (string | null)[];
}

interface Bare {
  readonly statements: readonly Statement[];
  /** What it wrote, by everything that has to be unique: others that write there come after it, or before. */
  readonly places: ReadonlySet<string>;
}

/**
 * Writes the same rows in as many transactions by plain statements, one a row, with nothing read and nothing decided.
 * As many at a time as there are connections; those that wrote the same row in the order in which they did. Gives how
 * long it took, in ms.
 */
export async function writeAgain({ url, transactions, connections, tells }: WriteAgain): Promise<number> {
  const hearer = new Client({ connectionString: url });
  await hearer.connect();
  const pool = new Pool({ connectionString: url, max: connections });
  try {
    await hearer.query(`listen ${channel}`);
    const writer = new Writer(await tableFacts(hearer));
    const bare = transactions.map((one) => writer.bare(one, tells(one)));
    await Promise.all(Array.from({ length: connections }, () => prepared(pool)));
    const beganMs = systemClock.monotonicMs();
    await inTheirOrder(bare, pool);
    return systemClock.monotonicMs() - beganMs;
  } finally {
    await pool.end();
    await hearer.end();
  }
}

const channel = 'bare';

/** Triggers and foreign keys are the product's: they would be asked for once more. */
const prepared = (pool: Pool): Promise<unknown> =>
  pool.query('set session_replication_role = replica; select pg_sleep(0.05)');

async function inTheirOrder(transactions: readonly Bare[], pool: Pool): Promise<void> {
  const last = new Map<string, Promise<void>>();
  const all = transactions.map(({ statements, places }) => {
    const before = [...places].flatMap((place) => last.get(place) ?? []);
    const done = Promise.all(before).then(() => write(statements, pool));
    for (const place of places) last.set(place, done);
    return done;
  });
  await Promise.all(all);
}

async function write(statements: readonly Statement[], pool: Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    for (const statement of statements) await wrote(client, statement);
    await client.query('commit');
  } finally {
    client.release();
  }
}

/** A row that is not there would be quick to write. */
async function wrote(client: ClientBase, { name, text, values }: Statement): Promise<void> {
  const { rowCount } = await client.query({ name, text, values: [...values] });
  if (rowCount !== 1) throw new Error(`wrote ${rowCount} rows: ${text}`);
}

type Values = ReadonlyMap<string, string | null>;

/** Makes plain statements of rows that were written. */
class Writer {
  readonly #tables: ReadonlyMap<string, TableFacts>;
  readonly #names = new Map<string, string>();
  /** Rows as they stand, as far as they were seen: of an update, what changed is written. */
  readonly #rows = new Map<string, Values>();

  constructor(tables: ReadonlyMap<string, TableFacts>) {
    this.#tables = tables;
  }

  bare(transaction: WrittenTransaction, tells: boolean): Bare {
    const places = new Set<string>();
    const statements = transaction.map((change) => this.#statement(change, places));
    if (tells) statements.push(this.#named('select pg_notify($1, $2)', [channel, String(this.#rows.size)]));
    return { statements, places };
  }

  #statement(change: RowChange, places: Set<string>): Statement {
    const { table, action, values } = change;
    const facts = this.#tables.get(table);
    if (facts === undefined) throw new Error(`a row of ${table}, which has no key`);
    const key = facts.unique[0] ?? [];
    const row = placeOf(table, key, values) ?? '';
    const before = this.#rows.get(row) ?? new Map();
    const after = new Map([...before, ...values]);
    for (const columns of facts.unique)
      for (const image of [before, after]) places.add(placeOf(table, columns, image) ?? row);
    if (action === 'DELETE') this.#rows.delete(row);
    else this.#rows.set(row, after);
    const isSet = (name: string): boolean => !facts.computed.has(name);
    if (action === 'INSERT') return this.#insert(table, only(values, isSet));
    const keys = only(values, (name) => key.includes(name));
    if (action === 'DELETE')
      return this.#named(`delete from ${table} where ${matching(keys, 0)}`, [...keys.values()]);
    const isNew = (name: string): boolean =>
      isSet(name) && !facts.numbered.has(name) && !keys.has(name) && before.get(name) !== values.get(name);
    return this.#update(table, keys, only(values, isNew));
  }

  #insert(table: string, values: Values): Statement {
    const names = [...values.keys()];
    const text = `insert into ${table} (${names.map(quoted).join(', ')}) overriding system value values (${names
      .map((_, at) => `$${at + 1}`)
      .join(', ')})`;
    return this.#named(text, [...values.values()]);
  }

  #update(table: string, keys: Values, changed: Values): Statement {
    const sets = [...changed.keys()].map((name, at) => `${quoted(name)} = $${at + 1}`);
    // A row that was written as it was is written as it is.
    if (sets.length === 0)
      sets.push(...[...keys.keys()].slice(0, 1).map((name) => `${quoted(name)} = ${quoted(name)}`));
    const text = `update ${table} set ${sets.join(', ')} where ${matching(keys, changed.size)}`;
    return this.#named(text, [...changed.values(), ...keys.values()]);
  }

  #named(text: string, values: readonly (string | null)[]): Statement {
    const name = this.#names.get(text) ?? `bare_${this.#names.size}`;
    this.#names.set(text, name);
    return { name, text, values };
  }
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

const only = (values: Values, isWanted: (name: string) => boolean): Values =>
  new Map([...values].filter(([name]) => isWanted(name)));

const matching = (keys: Values, after: number): string =>
  [...keys.keys()].map((name, at) => `${quoted(name)} = $${after + at + 1}`).join(' and ');

/** null: not all of it is known, or some of it is NULL, and then it is like no other. */
function placeOf(table: string, columns: readonly string[], values: Values): string | null {
  const parts = columns.map((name) => values.get(name) ?? null);
  return parts.includes(null) ? null : `${table} ${columns.join()} ${parts.join(' ')}`;
}
