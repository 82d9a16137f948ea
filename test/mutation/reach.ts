import { inMap } from '../../src/domain/latest.ts';
import { allFiles, type Import, importsOf, textOf } from '../architecture/source.ts';
import { digestOf } from './digest.ts';

const known = new Set(allFiles);
const direct = new Map<string, readonly Import[]>();

const importedBy = (file: string): readonly Import[] =>
  inMap(direct, file, () => importsOf(file).filter(({ isOurs, of }) => isOurs && known.has(of)));

/** A file, and all that it imports by such imports. */
function reached(file: string, isFollowed: (one: Import) => boolean): ReadonlySet<string> {
  const files = new Set([file]);
  for (const one of files) for (const next of importedBy(one)) if (isFollowed(next)) files.add(next.of);
  return files;
}

const reaches = new Map<string, ReadonlySet<string>>();

/** A file, and all that it loads. */
export const reachOf = (file: string): ReadonlySet<string> =>
  inMap(reaches, file, () => reached(file, ({ typesOnly }) => !typesOnly));

/** The file, and those of the product in the same folder that load it. */
export function usersBeside(file: string): readonly string[] {
  const folder = file.replace(/[^/]*$/u, '');
  return allFiles.filter(
    (one) =>
      one.replace(/[^/]*$/u, '') === folder && !/\.(?:test|kit)\./u.test(one) && reachOf(one).has(file),
  );
}

const digests = new Map<string, string>();

/** Of its text alone. */
export const digestOfFile = (file: string): string => inMap(digests, file, () => digestOf(textOf(file)));

const digestOfAll = (files: ReadonlySet<string>): string =>
  digestOf(
    [...files]
      .toSorted()
      .map((one) => `${one} ${digestOfFile(one)}`)
      .join('\n'),
  );

/** Of a file and of all that it loads. */
export const digestOfReach = (file: string): string => digestOfAll(reachOf(file));

const typeDigests = new Map<string, string>();

/** Of all that its types hang on. */
export const digestOfTypes = (file: string): string =>
  inMap(typeDigests, file, () => digestOfAll(reached(file, () => true)));
