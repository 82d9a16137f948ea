import type { Actor } from './actor.ts';
import { digestOfJson } from './canonical.ts';
import type {
  Digest,
  EnvironmentName,
  Instant,
  ProjectId,
  ReleaseId,
  RolloutId,
  ServiceName,
} from './ids.ts';

/** What a release is. Its id is the digest of this and of nothing else. */
export interface ReleaseManifest {
  readonly services: Readonly<Record<ServiceName, ArtifactRef>>;
  /** Git tree object of the whole source. */
  readonly tree: string;
}

/** A deterministic archive of a service with its descriptor inside: command, health check and smoke tests. */
export interface ArtifactRef {
  readonly artifact: Digest;
  /** Digest of the service's configuration schema, where it has one. */
  readonly configSchema?: Digest;
}

export interface Release {
  readonly id: ReleaseId;
  readonly project: ProjectId;
  /** Semantic version, without a `v`. */
  readonly version: string;
  readonly manifest: ReleaseManifest;
  /** Git commit it was first built from. An attribute: another commit with the same tree is the same release. */
  readonly commit: string;
  readonly branch: string;
  readonly notes: readonly NoteLine[];
  readonly createdAt: Instant;
  readonly createdBy: Actor;
  readonly mark: ReleaseMark | null;
}

export interface NoteLine {
  readonly kind: 'breaking' | 'feature' | 'fix' | 'other';
  readonly text: string;
  readonly commit: string;
}

/** Set when a release was taken back. Automation does not try it again until a person lifts the mark. */
export interface ReleaseMark {
  readonly reason: string;
  readonly environment: EnvironmentName;
  readonly rollout: RolloutId;
  readonly at: Instant;
}

export const releaseIdOf = (manifest: ReleaseManifest): ReleaseId =>
  digestOfJson(manifest) as string as ReleaseId;
