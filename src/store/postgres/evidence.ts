import { type Kysely, sql } from 'kysely';
import type { AgentId, ProjectId, RolloutId } from '../../domain/ids.ts';
import type { Sample } from '../../domain/rollout/sample.ts';
import { askByShape, tellByShape } from './ask-by-shape.ts';
import type { Tables } from './schema.ts';

type Connection = Kysely<Tables>;

export async function addSamples(
  db: Connection,
  project: ProjectId,
  samples: readonly Sample[],
): Promise<void> {
  if (samples.length === 0) return;
  const rows = samples.map((sample) => ({
    project_id: project,
    rollout_id: sample.rollout,
    number: sample.number,
    body: sql`${JSON.stringify(sample)}::json`,
  }));
  await db
    .insertInto('samples')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function samplesAfter(
  db: Connection,
  project: ProjectId,
  rollout: RolloutId,
  number: number,
  limit: number,
): Promise<readonly Sample[]> {
  const rows = await askByShape(db, 'samples after', [project, rollout, number, limit], () =>
    db
      .selectFrom('samples')
      .select('body')
      .where('project_id', '=', project)
      .where('rollout_id', '=', rollout)
      .where('number', '>', number)
      .orderBy('number')
      .limit(limit),
  );
  return rows.map(({ body }) => body as Sample);
}

export async function takeSequence(
  db: Connection,
  project: ProjectId,
  agent: AgentId,
  boot: string,
  sequence: number,
): Promise<boolean> {
  const taken = await db
    .insertInto('sequences')
    .values({ project_id: project, agent_id: agent, boot, highest: sequence })
    .onConflict((conflict) =>
      conflict
        .columns(['project_id', 'agent_id', 'boot'])
        .doUpdateSet({ highest: sequence })
        .where('sequences.highest', '<', sequence),
    )
    .returning('highest')
    .executeTakeFirst();
  return taken !== undefined;
}

export const forgetOtherBoots = (
  db: Connection,
  project: ProjectId,
  agent: AgentId,
  boots: readonly string[],
): Promise<void> =>
  tellByShape(
    db,
    'forget other boots',
    [project, agent, boots],
    () => sql`
    delete from sequences
    where project_id = ${project} and agent_id = ${agent} and boot <> all(${boots}::text[])`,
  );
