import type { AgentId, Digest, EnvironmentName, Instant, ReleaseId } from '../domain/ids.ts';

/** A branch that people write, and what stands at its head. */
export interface Head {
  /** Short name, for example `develop`. */
  readonly ref: string;
  readonly commit: string;
  readonly tree: string;
}

export interface Commit {
  readonly id: string;
  readonly message: string;
  /** `Name <address>`. */
  readonly author: string;
}

/** What an environment should run: the content of `refs/heads/rung/<environment>`. */
export interface DesiredManifest {
  readonly environment: EnvironmentName;
  readonly services: Readonly<
    Record<string, { readonly release: ReleaseId; readonly version: string; readonly artifact: Digest }>
  >;
}

/** The last head of the log that an agent countersigned: the content of `refs/rung/audit/<environment>`. */
export interface AuditHead {
  readonly agent: AgentId;
  readonly position: number;
  readonly link: Digest;
  readonly signature: string;
}

/** A repository: people's branches on one side, Rung's own refs on the other. */
export interface Forge {
  /** Branches of people; Rung's own are not among them. */
  heads(): Promise<readonly Head[]>;
  /** Calls when a branch may have moved. One missed call loses nothing: read `heads` at the start and after each call. */
  onMoved(call: () => void): Promise<AsyncDisposable>;
  /**
   * Oldest first, without merge commits: what `to` has and `from` has not; all of it when `from` is null or gone from
   * the repository. The newest 1,000 at most. Absent `commit-unknown`.
   */
  commitsBetween(from: string | null, to: string): Promise<readonly Commit[]>;
  /** A file of a branch, commit or tree. Absent `file-unknown`, limited `file-too-large`. */
  readFile(at: string, path: string, limitBytes: number): Promise<Uint8Array>;
  /** Puts exactly what a commit or tree holds into an empty folder. Absent `commit-unknown`, unavailable `git-silent` and `disk-full`. */
  checkout(at: string, folder: string): Promise<void>;
  /** Tags a commit `v<version>`. Succeeds when it is so already; conflict `tag-elsewhere`. */
  tag(version: string, commit: string): Promise<void>;
  /** Commits that carry a version's tag. */
  versions(): Promise<readonly { readonly version: string; readonly commit: string }[]>;
  /** The commit that now says so; unchanged when it did already. Conflict `desired-moved` when another wrote meanwhile. */
  writeDesired(manifest: DesiredManifest, message: string, at: Instant): Promise<string>;
  readDesired(environment: EnvironmentName): Promise<DesiredManifest | null>;
  /** Never back: conflict `audit-head-older` for a position before the one that is there. */
  writeAuditHead(environment: EnvironmentName, head: AuditHead, at: Instant): Promise<string>;
  readAuditHead(environment: EnvironmentName): Promise<AuditHead | null>;
}
