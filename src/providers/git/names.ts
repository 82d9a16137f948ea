import { Failure } from '../../domain/failure.ts';
import { branchProblem } from '../../domain/project-file/branch.ts';

/** Everything that becomes an argument of git's is made here, so that nothing a person wrote is read as an option. */

const objectId = /^([0-9a-f]{40}|[0-9a-f]{64})$/;

export const isObjectId = (text: string): boolean => objectId.test(text);

/** A full object id; invalid `object-id-malformed`. */
export function objectIdOf(text: string): string {
  if (isObjectId(text)) return text;
  throw new Failure('invalid', 'object-id-malformed', 'A commit or tree is named by its full id.', {
    wayOut: 'Give all 40 (or 64) hex digits, as `git rev-parse` prints them.',
  });
}

/** `refs/heads/…` of a branch, or an object id as it is; invalid `branch-malformed`. */
export function revisionOf(text: string): string {
  if (isObjectId(text)) return text;
  const problem = branchProblem(text);
  if (problem === null) return `refs/heads/${text}`;
  throw new Failure('invalid', 'branch-malformed', problem, { wayOut: 'Give the short name of a branch.' });
}

const plainName = /^[a-z][a-z0-9-]{0,39}$/;

/** `refs/heads/rung/<environment>`; invalid `environment-malformed`. */
export const desiredRef = (environment: string): string => `refs/heads/rung/${environmentPart(environment)}`;
export const auditRef = (environment: string): string => `refs/rung/audit/${environmentPart(environment)}`;

function environmentPart(environment: string): string {
  if (plainName.test(environment)) return environment;
  throw new Failure('invalid', 'environment-malformed', 'This is not the name of an environment.', {
    wayOut: 'Give the name as the project file has it.',
  });
}

const semanticVersion =
  /^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?$/;

export const isVersion = (text: string): boolean => semanticVersion.test(text);

/** `refs/tags/v<version>`; invalid `version-malformed`. */
export function versionRef(version: string): string {
  if (isVersion(version)) return `refs/tags/v${version}`;
  throw new Failure('invalid', 'version-malformed', 'This is not a semantic version.', {
    wayOut: 'Give a version such as 1.4.0.',
  });
}

/** A path inside a commit; invalid `path-malformed`. */
export function pathIn(path: string): string {
  const odd = path.split('/').some((part) => part === '' || part === '.' || part === '..');
  if (!odd && !path.includes('\0')) return path;
  throw new Failure('invalid', 'path-malformed', 'This is not the path of a file in a repository.', {
    wayOut: 'Give a path relative to the top of the repository.',
  });
}
