import type { Kysely } from 'kysely';
import type { Checkpoint } from '../../domain/audit/types.ts';
import { type AgentId, type Digest, type ProjectId, instant } from '../../domain/ids.ts';
import type { Countersigned } from '../../engine/store.ts';
import { checkpointUnknown } from '../failures.ts';
import { chainedNews, notify } from './listener.ts';
import type { Tables } from './schema.ts';

type Connection = Kysely<Tables>;

export async function listCheckpoints(
  db: Connection,
  project: ProjectId,
  page?: { readonly after: number; readonly limit: number },
): Promise<readonly Checkpoint[]> {
  const { after, limit } = page ?? { after: -1, limit: Number.MAX_SAFE_INTEGER };
  const rows = await db
    .selectFrom('checkpoints')
    .select(['position', 'link', 'at', 'signature'])
    .where('project_id', '=', project)
    .where('position', '>', after)
    .orderBy('position')
    .limit(limit)
    .execute();
  const signed = await db
    .selectFrom('countersignatures')
    .select(['position', 'agent_id', 'signature'])
    .where('project_id', '=', project)
    .where('position', '>', after)
    .where('position', '<=', rows.at(-1)?.position ?? after)
    .orderBy('agent_id')
    .execute();
  const byPosition = Map.groupBy(signed, ({ position }) => position);
  return rows.map(({ position, link, at, signature }) => ({
    position,
    link: link as Digest,
    at: instant(at),
    signature,
    countersignatures: (byPosition.get(position) ?? []).map((one) => ({
      agent: one.agent_id as AgentId,
      signature: one.signature,
    })),
  }));
}

export async function lastCheckpoint(
  db: Connection,
  project: ProjectId,
  upTo: number = Number.MAX_SAFE_INTEGER,
): Promise<Checkpoint | undefined> {
  const row = await db
    .selectFrom('checkpoints')
    .select(['position', 'link', 'at', 'signature'])
    .where('project_id', '=', project)
    .where('position', '<=', upTo)
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { position, link, at, signature } = row;
  return { position, link: link as Digest, at: instant(at), signature, countersignatures: [] };
}

/** The first one at a position stays. */
export async function addCheckpoint(
  db: Connection,
  project: ProjectId,
  { position, link, at, signature }: Checkpoint,
): Promise<void> {
  const [added] = await db
    .insertInto('checkpoints')
    .values({ project_id: project, position, link, at, signature })
    .onConflict((conflict) => conflict.doNothing())
    .returning('position')
    .execute();
  if (added !== undefined) await notify(db, [chainedNews(project, 'checkpoint')]);
}

export async function countersign(
  db: Connection,
  project: ProjectId,
  signed: readonly Countersigned[],
): Promise<void> {
  if (signed.length === 0) return;
  const rows = signed.map(({ agent, ...one }) => ({ project_id: project, agent_id: agent, ...one }));
  try {
    await db
      .insertInto('countersignatures')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  } catch (thrown) {
    const isUnknown = (thrown as { code?: string }).code === foreignKeyViolation;
    throw isUnknown ? checkpointUnknown(Math.max(...signed.map(({ position }) => position))) : thrown;
  }
}

const foreignKeyViolation = '23503';
