import { type Kysely, sql } from 'kysely';
import type { AgentOf, HeardAgent } from '../../engine/store.ts';
import type { Tables } from './schema.ts';

/** Two statements, however many agents and projects there are; the table is not written to the log of the database. */
export async function countHeard(
  db: Kysely<Tables>,
  agents: readonly AgentOf[],
): Promise<readonly HeardAgent[]> {
  // In the same order everywhere: two replicas that hear the same agents must not wait for each other.
  const sorted = agents.toSorted((left, right) => (left.agent < right.agent ? -1 : 1));
  const [projects, ids] = [sorted.map(({ project }) => project), sorted.map(({ agent }) => agent)];
  if (sorted.length > 0)
    await sql`
      insert into heard (project_id, agent_id, times)
      select project_id, agent_id, 1 from unnest(${projects}::uuid[], ${ids}::text[]) as told (project_id, agent_id)
      on conflict (project_id, agent_id) do update set times = heard.times + 1`.execute(db);
  const { rows } = await sql<HeardAgent>`
    select records.project_id as project, records.id as agent, coalesce(heard.times, 0) as times
    from records left join heard on heard.project_id = records.project_id and heard.agent_id = records.id
    where records.kind = 'agent'`.execute(db);
  return rows;
}
