import type { Digest } from '../domain/ids.ts';

/** A tree that no release has yet. */
export interface WantedBuild {
  /** Git tree; the build's id. */
  readonly tree: string;
  readonly commit: string;
  readonly branch: string;
}

export interface NewRelease {
  readonly tree: string;
  readonly commit: string;
  readonly branch: string;
  readonly services: Readonly<Record<string, { readonly artifact: Digest }>>;
  /** Since the last release, oldest first. */
  readonly commits: readonly { readonly id: string; readonly message: string; readonly author: string }[];
}

/** All that the builder asks the control plane for, with a token that may do nothing else. */
export interface BuilderApi {
  /** Held open until a build is wanted, or for so long. */
  wantedBuilds(waitMs: number, signal: AbortSignal): Promise<readonly WantedBuild[]>;
  /** Conflict when another builder has it. */
  claim(tree: string): Promise<void>;
  fail(tree: string, detail: string): Promise<void>;
  putArtifact(digest: Digest, bytes: AsyncIterable<Uint8Array>): Promise<void>;
  /** The newest there is. */
  lastRelease(): Promise<{ readonly version: string; readonly commit: string } | null>;
  /** The version and the commit of the release, which may have been there before. */
  createRelease(release: NewRelease): Promise<{ readonly version: string; readonly commit: string }>;
}
