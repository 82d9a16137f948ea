import type { ClientBase } from 'pg';

export interface TableFacts {
  /** Columns of each unique index, the primary key's first. */
  readonly unique: readonly (readonly string[])[];
  /** What the database fills in by itself whenever a row is written. */
  readonly computed: ReadonlySet<string>;
  /** What nobody may change. */
  readonly numbered: ReadonlySet<string>;
}

/** Of every table that has a primary key, by its name with its schema. */
export async function tableFacts(client: ClientBase): Promise<ReadonlyMap<string, TableFacts>> {
  const { rows } = await client.query<{
    table: string;
    unique: readonly (readonly string[])[];
    computed: readonly string[];
    numbered: readonly string[];
  }>(facts);
  return new Map(
    rows.map(({ table, unique, computed, numbered }) => [
      table,
      { unique, computed: new Set(computed), numbered: new Set(numbered) },
    ]),
  );
}

const columnsWhere = (condition: string): string => `
  array(select attname::text from pg_attribute where attrelid = pg_class.oid and attnum > 0 and ${condition})`;

const facts = `
  select quote_ident(nspname) || '.' || quote_ident(relname) as table,
    (select json_agg((
        select json_agg(attname order by place)
        from unnest(indkey) with ordinality as of (number, place)
          join pg_attribute on attrelid = indrelid and attnum = number
      ) order by indisprimary desc)
      from pg_index where indrelid = pg_class.oid and indisunique) as unique,
    ${columnsWhere("attgenerated <> ''")} as computed,
    ${columnsWhere("attidentity <> ''")} as numbered
  from pg_class join pg_namespace on pg_namespace.oid = relnamespace
  where relkind = 'r' and nspname in ('public', 'graphile_worker')
    and exists (select 1 from pg_index where indrelid = pg_class.oid and indisprimary)`;
