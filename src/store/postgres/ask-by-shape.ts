import { isDeepStrictEqual } from 'node:util';
import { CompiledQuery, type Kysely, sql } from 'kysely';
import { Failure } from '../../domain/failure.ts';
import type { Tables } from './schema.ts';

const known = new Map<string, CompiledQuery>();

/** Built by calls, or written as text. */
interface Statement<Row> {
  compile(db: Kysely<Tables>): CompiledQuery<Row>;
}

/**
 * Asks a statement whose text is put together once: to do that anew each time takes a fifth of the processor's time that the
 * asking takes. `shape` is all that the text depends on, and `parameters` are what it is asked with, in its order.
 */
export async function askByShape<Row>(
  db: Kysely<Tables>,
  shape: string,
  parameters: readonly unknown[],
  build: () => Statement<Row>,
): Promise<readonly Row[]> {
  const { rows } = await db.executeQuery<Row>(compiledFor(db, shape, parameters, build));
  return rows;
}

/** What a transaction need not wait for. */
interface Told extends CompiledQuery {
  readonly isTold: true;
}

export const isTold = (query: CompiledQuery): boolean => 'isTold' in query;

/** `askByShape` of what answers nothing that anybody looks at: within a transaction, what comes next goes right behind it. */
export async function tellByShape(
  db: Kysely<Tables>,
  shape: string,
  parameters: readonly unknown[],
  build: () => Statement<unknown>,
): Promise<void> {
  const told: Told = { ...compiledFor(db, shape, parameters, build), isTold: true };
  await db.executeQuery(told);
}

function compiledFor(
  db: Kysely<Tables>,
  shape: string,
  parameters: readonly unknown[],
  build: () => Statement<unknown>,
): CompiledQuery {
  const compiled = known.get(shape) ?? compiledOnce(db, shape, parameters, build);
  return { ...compiled, parameters };
}

/** What is built shows whether the parameters are those that its text names. */
function compiledOnce(
  db: Kysely<Tables>,
  shape: string,
  parameters: readonly unknown[],
  build: () => Statement<unknown>,
): CompiledQuery {
  const compiled = build().compile(db);
  if (!isDeepStrictEqual(compiled.parameters, parameters))
    throw new Failure('defect', 'statement-misshaped', `A statement is asked otherwise than built: ${shape}`);
  // Its text alone: what it was built from holds the values that it was asked with first.
  const kept = CompiledQuery.raw(compiled.sql);
  known.set(shape, kept);
  return kept;
}

/** What a column has to be. Of several values any: as one parameter, however many there are. */
export interface Wanted<Column extends string> {
  readonly column: Column;
  readonly value: string | readonly string[];
}

export const wantedOf = <Column extends string>(
  values: Readonly<Record<Column, string | readonly string[] | undefined>>,
): readonly Wanted<Column>[] =>
  (Object.keys(values) as Column[]).flatMap((column) => {
    const value = values[column];
    return value === undefined ? [] : [{ column, value: aloneIn(value) }];
  });

/** Of any of one, an index does not tell the order: all would be read to give the first few. */
const aloneIn = (value: string | readonly string[]): string | readonly string[] =>
  typeof value !== 'string' && value.length === 1 ? (value[0] ?? value) : value;

export const anyOf = (value: string | readonly string[]) =>
  typeof value === 'string' ? value : sql<string>`any(${value}::text[])`;

/** All that the text of the statement depends on. */
export const shapeOf = (wanted: readonly Wanted<string>[]): string =>
  wanted.map(({ column, value }) => `${column}${typeof value === 'string' ? '' : ' of'}`).join();

export const valuesOf = (wanted: readonly Wanted<string>[]): readonly unknown[] =>
  wanted.map(({ value }) => value);
