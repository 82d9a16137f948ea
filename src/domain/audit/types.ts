import type { AgentId, Digest, Instant } from '../ids.ts';

/** The control plane's word that the chain had this head at this position. */
export interface Checkpoint {
  readonly position: number;
  readonly link: Digest;
  readonly at: Instant;
  /** Ed25519 over the canonical JSON of {project, position, link}, base64url; by the control plane. */
  readonly signature: string;
  /** By agents, over the same. An agent never countersigns a chain that does not extend what it signed before. */
  readonly countersignatures: readonly { readonly agent: AgentId; readonly signature: string }[];
}
