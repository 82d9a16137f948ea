import { type Kysely, sql } from 'kysely';
import type { ProjectId } from '../../domain/ids.ts';
import type { Filter, Page, PageAsked, RecordKind, Records, Stored } from '../../engine/store.ts';
import { recordChanged } from '../failures.ts';
import { foundBy } from '../../engine/found-by.ts';
import { anyOf, askByShape, shapeOf, valuesOf, wantedOf } from './ask-by-shape.ts';
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
  const [row] = await askByShape(db, `get ${kind}`, [project, kind, id], () =>
    db
      .selectFrom(recordsOf(kind))
      .select(['body', 'version'])
      .where('project_id', '=', project)
      .where('kind', '=', kind)
      .where('id', '=', id),
  );
  return row === undefined ? undefined : storedOf<K>(row);
}

export async function listRecords<K extends RecordKind>(
  db: Connection,
  project: ProjectId,
  kind: K,
  filter: Filter = {},
  page: PageAsked = {},
): Promise<Page<Stored<K>>> {
  const limit = Math.min(200, page.limit ?? 50);
  const { ids, environment, phase, name, tree } = filter;
  const wanted = wantedOf({
    project_id: project,
    kind,
    id: ids,
    environment_id: environment,
    phase,
    name,
    tree,
  });
  const below = page.after === undefined ? [] : [page.after];
  const rows = await askByShape(
    db,
    `list ${shapeOf(wanted)} of ${kind}${below.length === 0 ? '' : ', after'}`,
    [...valuesOf(wanted), ...below, limit + 1],
    () => {
      const found = wanted.reduce(
        (rows, { column, value }) => rows.where(column, '=', anyOf(value)),
        db.selectFrom(recordsOf(kind)).select(['place', 'body', 'version']),
      );
      return below
        .reduce((rows, place) => rows.where('place', '<', place), found)
        .orderBy('place', 'desc')
        .limit(limit + 1);
    },
  );
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
  const body = JSON.stringify(value);
  const version = expected + 1;
  const columns = { version, body: asJson(body), place, environment_id: environment, phase, name, tree };
  const given = [version, body, place, environment, phase, name, tree];
  const written =
    expected === 0
      ? askByShape(db, `insert ${kind}`, [project, kind, id, ...given], () =>
          db
            .insertInto(recordsOf(kind))
            .values({ project_id: project, kind, id, ...columns })
            .onConflict((conflict) => conflict.doNothing())
            .returning('version'),
        )
      : askByShape(db, `update ${kind}`, [...given, project, kind, id, expected], () =>
          db
            .updateTable(recordsOf(kind))
            .set(columns)
            .where('project_id', '=', project)
            .where('kind', '=', kind)
            .where('id', '=', id)
            .where('version', '=', expected)
            .returning('version'),
        );
  if ((await written).length === 0) throw recordChanged(kind, id);
  return version;
}

const asJson = (text: string) => sql`${text}::json`;

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
