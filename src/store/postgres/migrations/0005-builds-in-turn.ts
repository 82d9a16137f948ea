import { type Kysely, sql } from 'kysely';

/** Those that are wanted longest come first, as `foundBy` says from here on. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    update records_build
    set place = lpad((9007199254740991 - (body->>'wantedAt')::bigint)::text, 16, '0') || ' ' || id`.execute(
    db,
  );
}
