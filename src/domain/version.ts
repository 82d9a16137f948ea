import { readCommitMessage } from './conventional-commit.ts';
import { Failure } from './failure.ts';

export const firstVersion = '1.0.0';

/**
 * The semantic version that follows from what changed (REL-5): major after a breaking change, minor after a feature,
 * else patch; the first is 1.0.0. Throws invalid `version-malformed`.
 */
export function nextVersion(
  previous: string | null,
  commits: readonly { readonly message: string }[],
): string {
  if (previous === null) return firstVersion;
  const { major, minor, patch } = parseVersion(previous);
  const changes = commits.map(({ message }) => readCommitMessage(message));
  if (changes.some(({ breaking }) => breaking)) return `${major + 1}.0.0`;
  if (changes.some(({ kind }) => kind === 'feature')) return `${major}.${minor + 1}.0`;
  return `${major}.${minor}.${patch + 1}`;
}

/** Below 0: left is older. Throws invalid `version-malformed`. */
export function compareVersions(left: string, right: string): number {
  const [a, b] = [parseVersion(left), parseVersion(right)];
  return a.major - b.major || a.minor - b.minor || a.patch - b.patch;
}

interface Version {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

function parseVersion(text: string): Version {
  const [, major, minor, patch] = /^([0-9]{1,9})\.([0-9]{1,9})\.([0-9]{1,9})$/.exec(text) ?? [];
  if (major !== undefined) return { major: Number(major), minor: Number(minor), patch: Number(patch) };
  throw new Failure('invalid', 'version-malformed', 'This is not the version of a release.', {
    wayOut: 'Give a version such as 1.4.0.',
  });
}
