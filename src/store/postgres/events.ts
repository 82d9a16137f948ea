import { type Kysely, sql } from 'kysely';
import { genesisLink } from '../../domain/audit/chain.ts';
import type { ChainedEvent, NewEvent } from '../../domain/event.ts';
import type { Digest, Instant, ProjectId } from '../../domain/ids.ts';
import type { EventFilter } from '../../engine/store.ts';
import { unchained } from '../new-event.ts';
import { anyOf, askByShape, shapeOf, valuesOf, type Wanted, wantedOf } from './ask-by-shape.ts';
import { appendedNews } from './listener.ts';
import type { Tables } from './schema.ts';

type Connection = Kysely<Tables>;

/** A statement takes 65,535 parameters at the most. */
const rowsAtOnce = 1_000;

/**
 * Only adds. The place in the chain comes later, so that writers wait for nobody. Gives what is to be told of it when the
 * transaction commits.
 */
export async function appendEvents(db: Connection, events: readonly NewEvent[]): Promise<readonly string[]> {
  const rows = events.map((event) => {
    const { project, content, payload, factsDigest, payloadDigest } = unchained(event);
    return {
      project_id: project,
      kind: content.kind,
      environment_id: content.environment,
      subject: content.subject,
      content: sql`${JSON.stringify(content)}::json`,
      payload: sql`${JSON.stringify(payload)}::json`,
      facts_digest: factsDigest,
      payload_digest: payloadDigest,
    };
  });
  for (let first = 0; first < rows.length; first += rowsAtOnce)
    await db
      .insertInto('events')
      .values(rows.slice(first, first + rowsAtOnce))
      .execute();
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

/** Looks at the oldest that have one, and no further: a log of any length costs no more. */
export async function expirePayloads(
  db: Connection,
  project: ProjectId,
  before: Instant,
  limit: number,
): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    update events set payload = null
    from (
      select number, (content->>'at')::bigint as at from events
      where project_id = ${project} and position is not null and payload is not null
      order by position limit ${limit}
    ) as oldest
    where events.number = oldest.number and events.payload is not null and oldest.at < ${before}`.execute(db);
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
