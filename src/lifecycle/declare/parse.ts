import { digestOf } from '../../domain/canonical.ts';
import { Failure, type Problem } from '../../domain/failure.ts';
import type { Digest } from '../../domain/ids.ts';
import { fillProjectFile } from '../../domain/project-file/fill.ts';
import { type Finding, recordOf } from '../../domain/project-file/finding.ts';
import { meaningFindings } from '../../domain/project-file/meaning.ts';
import type { ProjectFile } from '../../domain/project-file/types.ts';
import type { WrittenFile } from '../../domain/project-file/written.ts';
import { decodeFile, type FileForm } from './decode.ts';
import type { Places } from './places.ts';
import { shapeFindings } from './shape.ts';
import { schemaErrorsOf } from './validate.generated.ts';
import { readYaml } from './yaml.ts';

export const projectFileForm: FileForm = {
  code: 'project-file',
  usual: 'Check that this is the project file. One for a large project has a few kilobytes.',
  begin: 'Write a project file with `rung init`.',
};

/** The name of the project file in a repository. */
export const projectFileName = 'rung.yaml';

export interface ParsedProjectFile {
  readonly file: ProjectFile;
  /** As written, without a byte order mark. */
  readonly text: string;
  /** Over `text`. */
  readonly digest: Digest;
  /** Something about the file, with its place in it. */
  readonly placed: (finding: Finding) => Problem;
}

/**
 * Reads and checks a project file. `name` is what problems call it. Throws invalid `project-file-invalid` with every
 * problem at once, each with its place; or `project-file-too-large`, `project-file-empty`, `project-file-encoding`.
 */
export function parseProjectFile(bytes: Uint8Array, name: string): ParsedProjectFile {
  const text = decodeFile(bytes, name, projectFileForm);
  const { data, places, problems, usable } = readYaml(text, name);
  const all = [...problems, ...(usable ? besides(problems, dataProblems(data, places)) : [])];
  if (all.length > 0) throw invalid(name, all);
  return {
    file: fillProjectFile(data as WrittenFile),
    text,
    digest: digestOf(text),
    placed: (finding) => places.problem(finding),
  };
}

function dataProblems(data: unknown, places: Places): readonly Problem[] {
  const version = otherVersion(data, places, 'rung');
  if (version !== null) return [version];
  return [...shapeFindings(schemaErrorsOf(data)), ...meaningFindings(data)].map((finding) =>
    places.problem(finding),
  );
}

/** What was refused in the YAML reads as nothing in the data; that is not a problem of its own. */
export const besides = (refused: readonly Problem[], found: readonly Problem[]): readonly Problem[] =>
  found.filter(({ pointer }) => !refused.some((one) => one.pointer !== undefined && one.pointer === pointer));

/** Alone: every other problem would be one of a format that this program does not know. */
export function otherVersion(data: unknown, places: Places, key: string): Problem | null {
  const version = recordOf(data)[key];
  if (typeof version !== 'number' || version === 1) return null;
  return places.problem({
    pointer: `/${key}`,
    on: 'value',
    message: `The file is written for version ${version} of the format, and this Rung reads version 1.`,
    instead: `\`${key}: 1\`, or a Rung that reads this file`,
  });
}

const invalid = (name: string, problems: readonly Problem[]): Failure =>
  invalidFile(name, problems, 'project-file-invalid', 'Correct what is listed and run `rung check`.');

/** Every problem, in the order in which they stand in the file. */
export function invalidFile(
  name: string,
  problems: readonly Problem[],
  code: string,
  wayOut: string,
): Failure {
  const sorted = problems.toSorted((left, right) => placeOf(left) - placeOf(right));
  const count = sorted.length === 1 ? 'one problem' : `${sorted.length} problems`;
  return new Failure('invalid', code, `${name} has ${count}.`, { wayOut, problems: sorted });
}

const placeOf = (problem: Problem): number =>
  (problem.place?.line ?? 0) * 10_000 + (problem.place?.column ?? 0);
