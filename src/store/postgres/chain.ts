import { type Kysely, sql } from 'kysely';
import { genesisLink, linkOf } from '../../domain/audit/chain.ts';
import type { Digest, ProjectId } from '../../domain/ids.ts';
import { askByShape, tellByShape } from './ask-by-shape.ts';
import { chainedNews, notify } from './listener.ts';
import type { Tables } from './schema.ts';
import type { Transacting } from './transacting.ts';

const atOnce = 1_000;

/**
 * Gives committed events their place, in the order of writing. Only what is committed can be seen here, so no
 * position is ever given out below one that a reader has passed. The lock ends with the transaction and every
 * statement after it sees what the holder before committed (read committed); the unique position is the second fence.
 */
export async function chainEvents(transacting: Transacting, project: ProjectId): Promise<number> {
  let total = 0;
  for (;;) {
    const count = await transacting('read committed', (tx) => chainSome(tx, project));
    total += count;
    if (count < atOnce) return total;
  }
}

async function chainSome(tx: Kysely<Tables>, project: ProjectId): Promise<number> {
  const lock = `chain ${project}`;
  await tellByShape(
    tx,
    'chain',
    [lock],
    () => sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 0))`,
  );
  const rows = await waitingAfterHead(tx, project);
  const [first] = rows;
  if (first === undefined) return 0;
  let position = first.position ?? 0;
  let link = first.link ?? genesisLink(project);
  const numbers: number[] = [];
  const positions: number[] = [];
  const links: Digest[] = [];
  for (const row of rows) {
    position += 1;
    link = linkOf({ project, position, previous: link, payloadDigest: row.payload_digest });
    numbers.push(row.number);
    positions.push(position);
    links.push(link);
  }
  await tellByShape(
    tx,
    'chained',
    [numbers, positions, links],
    () => sql`
    update events set position = place.position, link = place.link
    from unnest(${numbers}::bigint[], ${positions}::bigint[], ${links}::text[]) as place (number, position, link)
    where events.number = place.number`,
  );
  await notify(tx, [chainedNews(project, 'events')]);
  return rows.length;
}

interface Waiting {
  readonly number: number;
  readonly payload_digest: Digest;
  /** Where the chain ends; null before it begins. */
  readonly position: number | null;
  readonly link: Digest | null;
}

const waitingAfterHead = (tx: Kysely<Tables>, project: ProjectId): Promise<readonly Waiting[]> =>
  askByShape(
    tx,
    'unchained',
    [project, atOnce, project],
    () => sql<Waiting>`
  select waiting.number, waiting.payload_digest, head.position, head.link
  from (
    select number, payload_digest from events
    where project_id = ${project} and position is null order by number limit ${atOnce}
  ) as waiting left join (
    select position, link from events
    where project_id = ${project} and position is not null order by position desc limit 1
  ) as head on true
  order by waiting.number`,
  );
