import type { Checkpoint } from '../../domain/audit/types.ts';
import type { ProjectId } from '../../domain/ids.ts';
import { askOnce } from '../../domain/latest.ts';
import type { Store } from '../../engine/store.ts';
import type { PollResponse } from '../../protocol/messages.ts';

type Links = PollResponse['audit'];

const linksAtOnce = 2000;
/** Agents follow the chain in step: they stand at the last checkpoint, or at one of the few before it. */
const remembered = 8;
export const noLinks: Links = { links: [], checkpoint: null };

/**
 * What an agent at a position needs to follow the chain to a checkpoint beyond it; nothing where there is none. One that is
 * far behind comes nearer by one checkpoint at least. The same for all agents at a position, and read once for them.
 */
export function createAuditLinks(
  store: Store,
  project: ProjectId,
): (head: number, last: Checkpoint | null) => Promise<Links> {
  const known = new Map<string, Promise<Links>>();
  const read = async (head: number, last: Checkpoint): Promise<Links> => {
    const checkpoint = await nextOne(store, project, head, last);
    const events = await store.events(project, head, checkpoint.position - head);
    return { links: events.map(({ position, payloadDigest }) => ({ position, payloadDigest })), checkpoint };
  };
  return async (head, last) => {
    if (last === null || last.position <= head) return noLinks;
    return askOnce(known, remembered, `${head} ${last.position}`, () => read(head, last));
  };
}

async function nextOne(
  store: Store,
  project: ProjectId,
  head: number,
  last: Checkpoint,
): Promise<Checkpoint> {
  if (last.position <= head + linksAtOnce) return last;
  const near = await store.lastCheckpoint(project, head + linksAtOnce);
  if (near !== undefined && near.position > head) return near;
  const [next] = await store.checkpoints(project, { after: head, limit: 1 });
  return { ...(next ?? last), countersignatures: [] };
}
