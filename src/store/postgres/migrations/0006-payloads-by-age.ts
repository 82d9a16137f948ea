import { type Kysely, sql } from 'kysely';

/**
 * By the time of the event and not by its place: what a wrong clock dated far ahead must not keep what comes behind it. It is
 * read from the text: PostgreSQL takes no JSON apart that has a NUL in it. Before it stand an id and a kind alone.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`drop index events_with_payload`.execute(db);
  await sql`
    create index events_with_payload on events (project_id, (substring(content::text, '"at":([0-9]+)')::bigint))
    where payload is not null and position is not null`.execute(db);
}
