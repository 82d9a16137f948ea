import { type Kysely, sql } from 'kysely';

/**
 * How often agents were heard, so that every replica knows of those that the others hear. Not logged: a server that
 * crashed begins again with none, and none is called silent for that.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create unlogged table heard (
      project_id uuid not null,
      agent_id text collate "C" not null,
      times bigint not null,
      primary key (project_id, agent_id)
    ) with (fillfactor = 50)`.execute(db);
}
