import { type Kysely, sql } from 'kysely';

/** What gates, windows and rules in force are judged from; a partition a kind, as for the others. */
const recordKinds = [
  'evidence',
  'waiver',
  'change',
  'exception',
  'alarm',
  'traffic',
  'delegation',
  'proposal',
  'question',
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const kind of recordKinds)
    await sql
      .raw(
        `create table records_${kind} partition of records for values in ('${kind}') with (fillfactor = 70)`,
      )
      .execute(db);
  // Two replicas that start at once on an empty database must not both create the project.
  await sql.raw('create unique index projects_by_name on records_project (name)').execute(db);
}
