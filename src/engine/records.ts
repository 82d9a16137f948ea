import type { Actor } from '../domain/actor.ts';
import type { AgentId, Digest, EnvironmentId, Instant, ProjectId } from '../domain/ids.ts';
import type { KeptTraffic } from '../domain/observed-traffic/types.ts';
import type { Observation } from '../protocol/messages.ts';

export interface AgentRecord {
  readonly id: AgentId;
  readonly project: ProjectId;
  readonly environments: readonly EnvironmentId[];
  /** Newest last. Only keys that are not revoked are accepted. */
  readonly keys: readonly AgentKey[];
  readonly lastHeardAt: Instant | null;
  readonly boot: string | null;
  /** Since when it has not been heard; null or absent while it is, and before its first call. */
  readonly silentSince?: Instant | null;
}

export interface AgentKey {
  /** Ed25519, raw public key, base64url. */
  readonly signing: string;
  /** X25519, raw public key, base64url. */
  readonly sealing: string;
  readonly addedAt: Instant;
  readonly revokedAt: Instant | null;
}

/** Public keys, base64url, whose signatures an agent is still known by. */
export const keysInForce = (keys: readonly AgentKey[]): readonly string[] =>
  keys.filter(({ revokedAt }) => revokedAt === null).map(({ signing }) => signing);

/** The last observation of an environment; the id is the environment's. */
export interface ObservationRecord {
  readonly id: EnvironmentId;
  readonly project: ProjectId;
  readonly agent: AgentId;
  readonly at: Instant;
  readonly observation: Observation;
  /** As it was told last in the log; absent before it was. */
  readonly health?: 'healthy' | 'degraded' | 'down';
  /** Absent before the first reading. */
  readonly traffic?: KeptTraffic;
}

/** The head of a branch people write, as last seen; the id is the ref's short name. */
export interface BranchRecord {
  readonly id: string;
  readonly project: ProjectId;
  readonly commit: string;
  readonly tree: string;
  /** Of the project file that could be read there last. */
  readonly projectFile?: Digest;
  /** The commit at which that was; absent where it is this one. */
  readonly readAt?: string;
  /** Environments that its head may not go to as it is, which the log has said once. */
  readonly refusedIn?: readonly EnvironmentId[];
  readonly at: Instant;
}

/** A tree that no release has, to be built; the id is the tree. A tree that is known is never built again. */
export interface BuildRecord {
  readonly id: string;
  readonly project: ProjectId;
  readonly tree: string;
  readonly commit: string;
  readonly branch: string;
  readonly wantedAt: Instant;
  readonly state:
    | { readonly phase: 'wanted' }
    | { readonly phase: 'building'; readonly by: string; readonly since: Instant }
    | { readonly phase: 'built'; readonly at: Instant }
    | { readonly phase: 'failed'; readonly at: Instant; readonly detail: string };
}

/** A token for CI. Only the digest of it is kept. The id is that digest. */
export interface TokenRecord {
  readonly id: string;
  readonly project: ProjectId;
  readonly name: string;
  readonly scopes: readonly TokenScope[];
  readonly createdBy: Actor;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  readonly revokedAt: Instant | null;
}

export const tokenScopes = ['read', 'build', 'evidence', 'promote'] as const;
export type TokenScope = (typeof tokenScopes)[number];
