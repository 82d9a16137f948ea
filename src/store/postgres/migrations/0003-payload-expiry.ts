import { type Kysely, sql } from 'kysely';

/** The oldest events that still have their payload are found without a look at those that have lost it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create index events_with_payload on events (project_id, position)
    where payload is not null and position is not null`.execute(db);
}
