import { type Kysely, sql } from 'kysely';
import { genesisLink } from '../../domain/audit/chain.ts';
import type { ChainedEvent, NewEvent } from '../../domain/event.ts';
import type { Digest, Instant, ProjectId } from '../../domain/ids.ts';
import type { EventFilter } from '../../engine/store.ts';
import { unchained } from '../new-event.ts';
import { anyOf, askByShape, shapeOf, tellByShape, valuesOf, type Wanted, wantedOf } from './ask-by-shape.ts';
import { appendedNews } from './listener.ts';
import type { Tables } from './schema.ts';

type Connection = Kysely<Tables>;

/**
 * Only adds. The place in the chain comes later, so that writers wait for nobody. Gives what is to be told of it when the
 * transaction commits.
 */
export async function appendEvents(db: Connection, events: readonly NewEvent[]): Promise<readonly string[]> {
  if (events.length === 0) return [];
  const rows = events.map((event) => unchained(event));
  const columns = [
    rows.map(({ project }) => project),
    rows.map(({ content }) => content.kind),
    rows.map(({ content }) => content.environment),
    rows.map(({ content }) => content.subject),
    rows.map(({ content }) => JSON.stringify(content)),
    rows.map(({ payload }) => JSON.stringify(payload)),
    rows.map(({ factsDigest }) => factsDigest),
    rows.map(({ payloadDigest }) => payloadDigest),
  ];
  const given = sql.join(columns.map((column) => sql`${column}::text[]`));
  await tellByShape(
    db,
    'append',
    columns,
    () => sql`
    insert into events (project_id, kind, environment_id, subject, content, payload, facts_digest, payload_digest)
    select project_id::uuid, kind, environment_id::uuid, subject, content::json, payload::json, facts_digest, payload_digest
    from unnest(${given}) with ordinality
      as new (project_id, kind, environment_id, subject, content, payload, facts_digest, payload_digest, place)
    order by place`,
  );
  const byProject = Map.groupBy(events, ({ project }) => project);
  return [...byProject].map(([project, of]) =>
    appendedNews(project, [...new Set(of.map(({ kind }) => kind))].toSorted()),
  );
}

export async function eventsAfter(
  db: Connection,
  project: ProjectId,
  after: number,
  limit: number,
  filter: EventFilter = {},
): Promise<readonly ChainedEvent[]> {
  const asked = wantedBy(project, filter);
  const rows = await askByShape(
    db,
    `events after ${shapeOf(asked)}`,
    [...valuesOf(asked), after, limit],
    () => chainedRows(db, asked).where('position', '>', after).orderBy('position').limit(limit),
  );
  return rows.map((row) => eventOf(project, row));
}

export async function eventsBefore(
  db: Connection,
  project: ProjectId,
  before: number | null,
  limit: number,
  filter: EventFilter = {},
): Promise<readonly ChainedEvent[]> {
  const asked = wantedBy(project, filter);
  const below = before ?? Number.MAX_SAFE_INTEGER;
  const rows = await askByShape(
    db,
    `events before ${shapeOf(asked)}`,
    [...valuesOf(asked), below, limit],
    () => chainedRows(db, asked).where('position', '<', below).orderBy('position', 'desc').limit(limit),
  );
  return rows.map((row) => eventOf(project, row));
}

/** An index has those that still have one by their time, written just so: a log of any length costs no more. */
export async function expirePayloads(
  db: Connection,
  project: ProjectId,
  before: Instant,
  limit: number,
): Promise<number> {
  const at = sql`substring(content::text, '"at":([0-9]+)')::bigint`;
  const { numAffectedRows = 0n } = await sql`
    update events set payload = null
    from (
      select number from events
      where project_id = ${project} and position is not null and payload is not null and ${at} < ${before}
      order by ${at} limit ${limit}
    ) as oldest
    where events.number = oldest.number and events.payload is not null`.execute(db);
  return Number(numAffectedRows);
}

export async function headOf(
  db: Connection,
  project: ProjectId,
): Promise<{ readonly position: number; readonly link: Digest }> {
  const [row] = await askByShape(db, 'head', [project, 1], () =>
    db
      .selectFrom('events')
      .select(['position', 'link'])
      .where('project_id', '=', project)
      .where('position', 'is not', null)
      .orderBy('position', 'desc')
      .limit(1),
  );
  if (row === undefined || row.position === null) return { position: 0, link: genesisLink(project) };
  return { position: row.position, link: row.link as Digest };
}

type Columns = readonly Wanted<'project_id' | 'environment_id' | 'kind' | 'subject'>[];

const wantedBy = (project: ProjectId, { environment, kinds, subject }: EventFilter): Columns =>
  wantedOf({ project_id: project, environment_id: environment, kind: kinds, subject });

const chainedRows = (db: Connection, wanted: Columns) =>
  wanted.reduce(
    (rows, { column, value }) => rows.where(column, '=', anyOf(value)),
    db
      .selectFrom('events')
      .select(['position', 'link', 'payload_digest', 'facts_digest', 'content', 'payload']),
  );

interface EventRow {
  position: number | null;
  link: string | null;
  payload_digest: string;
  facts_digest: string;
  content: unknown;
  payload: unknown;
}

const eventOf = (project: ProjectId, row: EventRow): ChainedEvent => ({
  project,
  ...(row.content as Omit<
    ChainedEvent,
    'project' | 'payload' | 'factsDigest' | 'position' | 'payloadDigest' | 'link'
  >),
  payload: row.payload as ChainedEvent['payload'],
  factsDigest: row.facts_digest as Digest,
  position: row.position ?? 0,
  payloadDigest: row.payload_digest as Digest,
  link: row.link as Digest,
});
