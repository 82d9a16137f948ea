import type { AgentId, Digest, ProjectId } from '../domain/ids.ts';
import type { AgentKey } from '../engine/records.ts';
import type { AgentIdentity, ObservationRequest, PollRequest, PollResponse } from '../protocol/messages.ts';

/** Who calls, and with which key: raw, public, base64url. */
export interface AgentCaller extends AgentIdentity {
  readonly key: string;
}

/** What an agent may ask the control plane for, once its token was verified. Nothing outside its environments. */
export interface AgentFace {
  /** The agent's identity and keys; null when there is no such agent. Cheap: it is asked on every call. */
  agent(
    agent: AgentId,
  ): Promise<{ readonly identity: AgentIdentity; readonly keys: readonly AgentKey[] } | null>;
  /**
   * Held until something changed after the cursor or the signal is aborted; then answers with what there is. Denied `key-unknown`
   * as soon as the key is not in force any more: whoever has it is told nothing that came later.
   */
  poll(caller: AgentCaller, request: PollRequest, signal: AbortSignal): Promise<PollResponse>;
  /** Denied `environment-foreign` for any environment or rollout that is not the agent's. Idempotent. */
  observe(identity: AgentIdentity, request: ObservationRequest): Promise<void>;
  /** Only artifacts that a release meant for one of the agent's environments names; denied otherwise. */
  artifact(identity: AgentIdentity, digest: Digest): Promise<AsyncIterable<Uint8Array>>;
  /** The audience that tokens must name. */
  readonly audience: ProjectId;
}
