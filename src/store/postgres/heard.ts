import { type Kysely, sql } from 'kysely';
import type { AgentId, ProjectId } from '../../domain/ids.ts';
import type { Tables } from './schema.ts';

/** Two statements, however many agents there are; the table is not written to the log of the database. */
export async function countHeard(
  db: Kysely<Tables>,
  project: ProjectId,
  agents: readonly AgentId[],
): Promise<ReadonlyMap<AgentId, number>> {
  if (agents.length > 0)
    await sql`
      insert into heard (project_id, agent_id, times)
      select ${project}, agent_id, 1 from unnest(${agents.toSorted()}::text[]) as agent_id
      on conflict (project_id, agent_id) do update set times = heard.times + 1`.execute(db);
  const { rows } = await sql<{ agent: AgentId; times: number }>`
    select records.id as agent, coalesce(heard.times, 0) as times
    from records left join heard on heard.project_id = records.project_id and heard.agent_id = records.id
    where records.project_id = ${project} and records.kind = 'agent'`.execute(db);
  return new Map(rows.map(({ agent, times }) => [agent, times]));
}
