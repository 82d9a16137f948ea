import { Failure } from '../../domain/failure.ts';
import type { Digest } from '../../domain/ids.ts';

/** The 64 hex digits of a digest; invalid `digest-malformed`, so that no name of a file is ever made of anything else. */
export function hexOf(digest: Digest): string {
  const [, hex] = /^sha256:([0-9a-f]{64})$/.exec(digest) ?? [];
  if (hex !== undefined) return hex;
  throw new Failure('invalid', 'digest-malformed', 'A digest is `sha256:` and 64 lower case hex digits.', {
    wayOut: 'Give the digest as the release names it.',
  });
}

export const missing = (digest: Digest): Failure =>
  new Failure('absent', 'artifact-missing', `The artifact ${digest} is not in the store.`, {
    wayOut: 'Build the release again from its commit, or put the artifact back from a copy.',
  });

export const tooLarge = (limitBytes: number): Failure =>
  new Failure('limited', 'artifact-too-large', `An artifact has ${limitBytes} bytes at most.`, {
    wayOut: 'Leave out of the service’s folder what it does not need to run.',
  });
