import type { Digest } from '../domain/ids.ts';

/** Bytes that are all there and not kept yet: reads them from their beginning, as often as it is called. */
export type Arrived = () => AsyncIterable<Uint8Array>;

/** Keeps bytes under their SHA-256. What was once put is never changed and never taken away by the store. */
export interface ObjectStore {
  /**
   * Verifies the digest while the bytes stream in; nothing is kept of bytes that do not match. Putting what is
   * there already reads nothing and answers `stored: false`. Throws invalid `artifact-digest-mismatch`, limited
   * `artifact-too-large`.
   */
  put(
    digest: Digest,
    bytes: AsyncIterable<Uint8Array>,
  ): Promise<{ readonly stored: boolean; readonly size: number }>;
  /**
   * Keeps bytes whose digest nobody knows yet, and says it, once `look` has read them: where that throws, nothing is kept of
   * them, and what others keep or hand over under the same digest is not touched. Throws limited `artifact-too-large`, with
   * nothing kept, above `limitBytes`.
   */
  keep<T>(
    bytes: AsyncIterable<Uint8Array>,
    limitBytes: number,
    look: (arrived: Arrived) => Promise<T>,
  ): Promise<{ readonly digest: Digest; readonly size: number; readonly found: T }>;
  /**
   * Verifies before it streams out, and while it does: absent `artifact-missing` and invalid `artifact-changed` before
   * the first byte. Where it is changed meanwhile, after the last; what came before that must not be used.
   */
  get(digest: Digest): AsyncIterable<Uint8Array>;
  /** Size in bytes, or null when it is not there. */
  has(digest: Digest): Promise<number | null>;
}
