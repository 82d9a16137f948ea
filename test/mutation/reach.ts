import { allFiles, importsOf, textOf } from '../architecture/source.ts';
import { digestOf } from './digest.ts';

const known = new Set(allFiles);
const direct = new Map<string, readonly string[]>();

function importedBy(file: string): readonly string[] {
  const before = direct.get(file);
  if (before !== undefined) return before;
  const files = importsOf(file)
    .filter(({ isOurs, typesOnly, of }) => isOurs && !typesOnly && known.has(of))
    .map(({ of }) => of);
  direct.set(file, files);
  return files;
}

const reaches = new Map<string, ReadonlySet<string>>();

/** A file, and all that it loads. */
export function reachOf(file: string): ReadonlySet<string> {
  const before = reaches.get(file);
  if (before !== undefined) return before;
  const reached = new Set([file]);
  for (const one of reached) for (const next of importedBy(one)) reached.add(next);
  reaches.set(file, reached);
  return reached;
}

const digests = new Map<string, string>();

/** Of its text alone. */
export function digestOfFile(file: string): string {
  const digest = digests.get(file) ?? digestOf(textOf(file));
  digests.set(file, digest);
  return digest;
}

/** Of a file and of all that it loads. */
export const digestOfReach = (file: string): string =>
  digestOf(
    [...reachOf(file)]
      .toSorted()
      .map((one) => `${one} ${digestOfFile(one)}`)
      .join('\n'),
  );
