import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, textOf } from '../architecture/source.ts';
import { type MutatedCode, mutantOf } from './code.ts';
import { digestOf } from './digest.ts';
import type { Kept } from './kept.ts';
import { type Edited, edited } from './edited.ts';
import type { Mutant } from './mutants.ts';
import { digestOfTypes } from './reach.ts';

/**
 * Those of the mutants that the compiler refuses: nobody can put such a fault into the product, so no test is asked to find it.
 * Many are looked at in one go, each in a declaration of its own, and a complaint about a declaration is taken to be about the
 * mutant in it. It could come from a mutant elsewhere; so what is refused is looked at once more, beside other ones.
 */
export async function refusedOf(
  ids: readonly number[],
  code: MutatedCode,
  kept: Kept<boolean>,
  onRound: (left: number) => void,
): Promise<ReadonlySet<number>> {
  const keys = new Map(ids.map((id) => [id, keyOf(mutantOf(code, id))]));
  const isKnown = (id: number): boolean | undefined => kept.get(keys.get(id) ?? '');
  const unknown = ids.filter((id) => isKnown(id) === undefined);
  if (unknown.length > 0) {
    await using compiler = await Compiler.open();
    const rounds = (of: readonly number[]) => roundsOf(of, code);
    const suspected = await compiler.refusedIn(rounds(unknown), code, onRound);
    const refused = new Set(await compiler.refusedIn(rounds(suspected.toReversed()), code, onRound));
    for (const id of unknown) kept.set(keys.get(id) ?? '', refused.has(id));
    kept.save();
  }
  return new Set(ids.filter((id) => isKnown(id) === true));
}

const keyOf = ({ file, start, end, typed }: Mutant): string =>
  digestOf(JSON.stringify([digestOfTypes(file), file, start, end, typed]));

/** Each round has one mutant of a declaration at the most. */
function roundsOf(ids: readonly number[], code: MutatedCode): readonly (readonly number[])[] {
  const declarations = Map.groupBy(ids, (id) => {
    const { file, declaration } = mutantOf(code, id);
    return `${file} ${declaration.start}`;
  });
  const rounds: number[][] = [];
  for (const within of declarations.values())
    for (const [index, id] of within.entries()) (rounds[index] ??= []).push(id);
  return rounds;
}

/** What is beside the point for a fault: that what it leaves is unused, or never reached. */
const options = {
  incremental: false,
  noUnusedLocals: false,
  noUnusedParameters: false,
  allowUnreachableCode: true,
};

/** A copy of the product that mutants are put into, and taken out again. */
class Compiler implements AsyncDisposable {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async open(): Promise<Compiler> {
    const folder = await mkdtemp(join(tmpdir(), 'rung-compiled-'));
    const compiler = new Compiler(folder);
    for (const part of ['src', 'schemas', 'package.json'])
      await cp(join(root, part), join(folder, part), { recursive: true });
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
    const config = {
      extends: join(root, 'tsconfig.json'),
      compilerOptions: options,
      include: ['src/domain', 'src/lifecycle'],
      exclude: ['**/*.test.ts', '**/*.kit.ts'],
    };
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config));
    const [first] = await compiler.#complaints();
    if (first !== undefined) throw new Error(`It does not compile as it is: ${first.file}:${first.line}`);
    return compiler;
  }

  async refusedIn(
    rounds: readonly (readonly number[])[],
    code: MutatedCode,
    onRound: (left: number) => void,
  ): Promise<readonly number[]> {
    const refused: number[] = [];
    for (const [index, round] of rounds.entries()) {
      onRound(rounds.length - index);
      refused.push(...(await this.#refusedOf(round, code)));
    }
    return refused;
  }

  async #refusedOf(ids: readonly number[], code: MutatedCode): Promise<readonly number[]> {
    const byFile = Map.groupBy(ids, (id) => mutantOf(code, id).file);
    const texts = new Map<string, Edited>();
    for (const [file, within] of byFile)
      texts.set(file, edited(textOf(file), new Map(within.map((id) => [id, mutantOf(code, id)]))));
    await this.#write([...texts].map(([file, { text }]) => [file, text]));
    const complaints = await this.#complaints();
    await this.#write([...texts.keys()].map((file) => [file, textOf(file)]));
    const refused = complaints.flatMap(({ file, line, column }) => texts.get(file)?.at(line, column) ?? []);
    return [...new Set(refused)];
  }

  async #write(files: readonly (readonly [string, string])[]): Promise<void> {
    await Promise.all(files.map(([file, text]) => writeFile(join(this.#folder, file), text)));
  }

  async #complaints(): Promise<readonly Complaint[]> {
    const lines = await this.#compile();
    return lines.split('\n').flatMap((line) => {
      const { file, row, column } = complained.exec(line)?.groups ?? {};
      return file === undefined ? [] : [{ file, line: Number(row), column: Number(column) }];
    });
  }

  /** What it says, whether or not it is content. */
  #compile(): Promise<string> {
    const args = [join(root, 'node_modules/typescript/bin/tsc'), '-p', '.', '--pretty', 'false'];
    const asked = { cwd: this.#folder, maxBuffer: 1e9 };
    return new Promise((resolve, reject) => {
      execFile(process.execPath, args, asked, (error, stdout, stderr) =>
        error === null || stdout !== '' ? resolve(stdout) : reject(new Error(`${error.message}${stderr}`)),
      );
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }
}

interface Complaint {
  readonly file: string;
  /** From 1, as is the column. */
  readonly line: number;
  readonly column: number;
}

const complained = /^(?<file>[^(\s]+)\((?<row>\d+),(?<column>\d+)\): error /u;
