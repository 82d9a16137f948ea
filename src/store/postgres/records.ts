import { type Kysely, sql } from 'kysely';
import type { ProjectId } from '../../domain/ids.ts';
import type { Filter, Page, RecordKind, Records, Stored } from '../../engine/store.ts';
import { recordChanged } from '../failures.ts';
import { foundBy } from '../../engine/found-by.ts';
import type { Tables } from './schema.ts';

type Connection = Kysely<Tables>;

/** The partition itself: a statement over all of them has to be planned and locked for all of them. */
const recordsOf = (kind: RecordKind) => `records_${kind}` as 'records';

export async function getRecord<K extends RecordKind>(
  db: Connection,
  project: ProjectId,
  kind: K,
  id: string,
): Promise<Stored<K> | undefined> {
  const row = await db
    .selectFrom(recordsOf(kind))
    .select(['body', 'version'])
    .where('project_id', '=', project)
    .where('kind', '=', kind)
    .where('id', '=', id)
    .executeTakeFirst();
  return row === undefined ? undefined : storedOf<K>(row);
}

export async function listRecords<K extends RecordKind>(
  db: Connection,
  project: ProjectId,
  kind: K,
  filter: Filter = {},
  page: { readonly after?: string; readonly limit?: number } = {},
): Promise<Page<Stored<K>>> {
  const limit = Math.min(200, page.limit ?? 50);
  let found = db
    .selectFrom(recordsOf(kind))
    .select(['place', 'body', 'version'])
    .where('project_id', '=', project)
    .where('kind', '=', kind)
    .orderBy('place', 'desc')
    .limit(limit + 1);
  if (page.after !== undefined) found = found.where('place', '<', page.after);
  if (filter.ids !== undefined) found = found.where('id', '=', anyOf(filter.ids));
  if (filter.environment !== undefined) found = found.where('environment_id', '=', anyOf(filter.environment));
  if (filter.phase !== undefined) found = found.where('phase', '=', anyOf(filter.phase));
  if (filter.name !== undefined) found = found.where('name', '=', anyOf(filter.name));
  if (filter.tree !== undefined) found = found.where('tree', '=', filter.tree);
  const rows = await found.execute();
  const items = rows.slice(0, limit);
  return { items: items.map(storedOf<K>), next: rows.length > limit ? (items.at(-1)?.place ?? null) : null };
}

export async function putRecord<K extends RecordKind>(
  db: Connection,
  project: ProjectId,
  kind: K,
  id: string,
  value: Records[K],
  expected: number,
): Promise<number> {
  const { place, environment, phase, name, tree } = foundBy(kind, value);
  const version = expected + 1;
  const body = sql`${JSON.stringify(value)}::json`;
  const columns = { version, body, place, environment_id: environment, phase, name, tree };
  const written =
    expected === 0
      ? db
          .insertInto(recordsOf(kind))
          .values({ project_id: project, kind, id, ...columns })
          .onConflict((conflict) => conflict.doNothing())
          .returning('version')
      : db
          .updateTable(recordsOf(kind))
          .set(columns)
          .where('project_id', '=', project)
          .where('kind', '=', kind)
          .where('id', '=', id)
          .where('version', '=', expected)
          .returning('version');
  if ((await written.executeTakeFirst()) === undefined) throw recordChanged(kind, id);
  return version;
}

export async function removeRecord(
  db: Connection,
  project: ProjectId,
  kind: RecordKind,
  id: string,
): Promise<void> {
  await db
    .deleteFrom(recordsOf(kind))
    .where('project_id', '=', project)
    .where('kind', '=', kind)
    .where('id', '=', id)
    .execute();
}

export async function listProjects(db: Connection): Promise<readonly Records['project'][]> {
  const rows = await db
    .selectFrom(recordsOf('project'))
    .select('body')
    .where('kind', '=', 'project')
    .orderBy('id')
    .execute();
  return rows.map(({ body }) => body as Records['project']);
}

const storedOf = <K extends RecordKind>(row: { body: unknown; version: number }): Stored<K> => ({
  value: row.body as Records[K],
  version: row.version,
});

const anyOf = (wanted: string | readonly string[]) =>
  typeof wanted === 'string' ? wanted : sql<string>`any(${wanted}::text[])`;
