import { isFailure } from '../../domain/failure.ts';
import { keysInForce } from '../../engine/records.ts';
import { type AgentIdentity, type PollResponse, protocolVersion } from '../../protocol/messages.ts';
import type { AgentsPlane } from './agents-plane.ts';

/** What an agent is told that asks for everything now; null: no key of it is in force any more, so nobody answers. */
export async function answerTo(
  identity: AgentIdentity,
  { agents }: Pick<AgentsPlane, 'agents'>,
): Promise<PollResponse | null> {
  const request = { protocol: protocolVersion, cursor: null, head: 0 } as const;
  const [key = ''] = keysInForce((await agents.agent(identity.agent))?.keys ?? []);
  try {
    return await agents.poll({ ...identity, key }, request, AbortSignal.abort());
  } catch (thrown) {
    if (isFailure(thrown) && thrown.code === 'key-unknown') return null;
    throw thrown;
  }
}
