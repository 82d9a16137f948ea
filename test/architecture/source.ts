import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

export const root = join(import.meta.dirname, '../..');

/** Every file that is or would be in the repository, relative to its root. */
export const allFiles: readonly string[] = filesOfGit();

function filesOfGit(): string[] {
  const list = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  return list.split('\0').filter((file) => file !== '' && isThere(file));
}

function isThere(file: string): boolean {
  try {
    readFileSync(join(root, file));
    return true;
  } catch {
    return false;
  }
}

export const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');

export const isGenerated = (file: string): boolean => file.includes('.generated.');
export const isTest = (file: string): boolean => /\.(?:test|kit)\.tsx?$/u.test(file);
export const isScript = (file: string): boolean => /\.(?:ts|tsx|mjs|js)$/u.test(file);

/** What the product runs: the code of src without its tests. */
export const productFiles = allFiles.filter(
  (file) => file.startsWith('src/') && /\.tsx?$/u.test(file) && !isTest(file),
);

export interface Import {
  /** Relative to the root for our own files, the specifier for packages. */
  readonly of: string;
  readonly isOurs: boolean;
  readonly typesOnly: boolean;
}

const statement =
  /(?:^|\n)\s*(?:import|export)\s+(?<type>type\s)?(?:[\w*{][^'";]*?\bfrom\s*)?'(?<of>[^'\n]+)'/gu;
const inExpression = /(?<type>typeof\s+)?\bimport(?:\.meta\.resolve)?\(\s*'(?<of>[^'\n]+)'\s*\)/gu;
const required = /createRequire\(import\.meta\.url\)\('(?<of>[^'\n]+)'\)/gu;

/** What a file imports: statically, when it runs, or for its types. */
export function importsOf(file: string, text = textOf(file)): Import[] {
  return [statement, inExpression, required].flatMap((pattern) =>
    Array.from(text.matchAll(pattern), ({ groups }) => {
      const of = groups?.['of'] ?? '';
      const isOurs = of.startsWith('.');
      return {
        of: isOurs ? posix.join(posix.dirname(file), of) : of,
        isOurs,
        typesOnly: groups?.['type'] !== undefined,
      };
    }),
  );
}

/** `@scope/name/deep.js` and `name/deep.js` to the package's name; what comes with Node keeps its `node:`. */
export function packageOf(specifier: string): string {
  if (specifier.startsWith('node:')) return specifier;
  const parts = specifier.split('/');
  return parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}
