import { checkpointText } from '../../domain/audit/index.ts';
import type { Checkpoint } from '../../domain/audit/types.ts';
import { Failure } from '../../domain/failure.ts';
import type { AgentId, ProjectId } from '../../domain/ids.ts';
import { verify } from '../../domain/keys.ts';
import { type AgentKey, keysInForce } from '../../engine/records.ts';
import type { Store } from '../../engine/store.ts';
import type { ObservationRequest } from '../../protocol/messages.ts';
import { inGroups } from './in-groups.ts';
import type { ProjectNews } from './project-news.ts';

type Given = NonNullable<ObservationRequest['countersignature']>;

/**
 * Keeps what agents sign of the log: only an agent's own signature over the checkpoint that is stored at that position. All
 * sign the same one within a short time, so that it is looked up once, and they share commits.
 */
export function createCountersigning(
  store: Store,
  project: ProjectId,
  news: ProjectNews,
): (agent: AgentId, keys: readonly AgentKey[], given: Given) => Promise<void> {
  const keep = inGroups((all: Parameters<Store['countersign']>[1]) => store.countersign(project, all));
  const checkpointAt = async (position: number): Promise<Checkpoint | undefined> => {
    using _listening = news.listen();
    const { checkpoint } = await news.soFar();
    if (checkpoint?.position === position) return checkpoint;
    const last = await store.lastCheckpoint(project, position);
    return last?.position === position ? last : undefined;
  };
  return async (agent, keys, { position, signature }) => {
    const checkpoint = await checkpointAt(position);
    if (checkpoint === undefined) return;
    const text = checkpointText({ project, position, link: checkpoint.link });
    const isValid = keysInForce(keys).some((key) => verify(key, text, signature));
    if (!isValid)
      throw new Failure(
        'denied',
        'countersignature-invalid',
        'This countersignature is not by the agent over that checkpoint.',
      );
    await keep({ position, agent, signature });
  };
}
