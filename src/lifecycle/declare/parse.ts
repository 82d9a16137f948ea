import { digestOf } from '../../domain/canonical.ts';
import { Failure, type Problem } from '../../domain/failure.ts';
import type { Digest } from '../../domain/ids.ts';
import { fillProjectFile } from '../../domain/project-file/fill.ts';
import { recordOf } from '../../domain/project-file/finding.ts';
import { meaningFindings } from '../../domain/project-file/meaning.ts';
import type { ProjectFile } from '../../domain/project-file/types.ts';
import type { WrittenFile } from '../../domain/project-file/written.ts';
import { decodeProjectFile } from './decode.ts';
import type { Places } from './places.ts';
import { shapeFindings } from './shape.ts';
import { readYaml } from './yaml.ts';

/** The name of the project file in a repository. */
export const projectFileName = 'rung.yaml';

export interface ParsedProjectFile {
  readonly file: ProjectFile;
  /** As written, without a byte order mark. */
  readonly text: string;
  /** Over `text`. */
  readonly digest: Digest;
}

/**
 * Reads and checks a project file. `name` is what problems call it. Throws invalid `project-file-invalid` with every
 * problem at once, each with its place; or `project-file-too-large`, `project-file-empty`, `project-file-encoding`.
 */
export function parseProjectFile(bytes: Uint8Array, name: string): ParsedProjectFile {
  const text = decodeProjectFile(bytes, name);
  const { data, places, problems, usable } = readYaml(text, name);
  const all = [...problems, ...(usable ? besides(problems, dataProblems(data, places)) : [])];
  if (all.length > 0) throw invalid(name, all);
  return { file: fillProjectFile(data as WrittenFile), text, digest: digestOf(text) };
}

function dataProblems(data: unknown, places: Places): readonly Problem[] {
  const version = otherVersion(data, places);
  if (version !== null) return [version];
  return [...shapeFindings(data), ...meaningFindings(data)].map((finding) => places.problem(finding));
}

/** What was refused in the YAML reads as nothing in the data; that is not a problem of its own. */
const besides = (refused: readonly Problem[], found: readonly Problem[]): readonly Problem[] =>
  found.filter(({ pointer }) => !refused.some((one) => one.pointer !== undefined && one.pointer === pointer));

/** Alone: every other problem would be one of a format that this program does not know. */
function otherVersion(data: unknown, places: Places): Problem | null {
  const version = recordOf(data)['rung'];
  if (typeof version !== 'number' || version === 1) return null;
  return places.problem({
    pointer: '/rung',
    on: 'value',
    message: `The file is written for version ${version} of the format, and this Rung reads version 1.`,
    instead: '`rung: 1`, or a Rung that reads this file',
  });
}

function invalid(name: string, problems: readonly Problem[]): Failure {
  const sorted = problems.toSorted((left, right) => placeOf(left) - placeOf(right));
  const count = sorted.length === 1 ? 'one problem' : `${sorted.length} problems`;
  return new Failure('invalid', 'project-file-invalid', `${name} has ${count}.`, {
    wayOut: 'Correct what is listed and run `rung check`.',
    problems: sorted,
  });
}

const placeOf = (problem: Problem): number =>
  (problem.place?.line ?? 0) * 10_000 + (problem.place?.column ?? 0);
