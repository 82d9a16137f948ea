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
import { digestOfFile, digestOfTypes } from './reach.ts';

/**
 * Those of the mutants that the compiler refuses: nobody can put such a fault into the product, so no test is asked to find it.
 * Many are looked at in one go, each in a declaration of its own, and a complaint about a declaration is taken to be about the
 * mutant in it. It could come from a mutant elsewhere; so what is refused is looked at once more, nearly always beside others.
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
    const suspected = await compiler.refusedIn(roundsOf(unknown, code, 0), code, onRound);
    const refused = new Set(await compiler.refusedIn(roundsOf(suspected, code, 1), code, onRound));
    for (const id of unknown) kept.set(keys.get(id) ?? '', refused.has(id));
    kept.save();
  }
  return new Set(ids.filter((id) => isKnown(id) === true));
}

const keyOf = ({ file, start, end, typed }: Mutant): string =>
  digestOf(JSON.stringify([compilerDigest(), digestOfTypes(file), file, start, end, typed]));

/** Of what decides besides the code. */
const compilerDigest = (): string =>
  digestOf(JSON.stringify([options, ...['tsconfig.json', 'package-lock.json'].map(digestOfFile)]));

/** The fewest rounds of a second look: the chance that two meet again is one in so many. */
const fewestRounds = 8;

/** Each round has one mutant of a declaration at the most. Each declaration begins `later` rounds after the one before it. */
function roundsOf(ids: readonly number[], code: MutatedCode, later: number): readonly (readonly number[])[] {
  const declarations = Map.groupBy(ids, (id) => {
    const { file, declaration } = mutantOf(code, id);
    return `${file} ${declaration.start}`;
  });
  const all = [...declarations.values()];
  const longest = Math.max(later === 0 ? 1 : fewestRounds, ...all.map(({ length }) => length));
  const rounds: number[][] = Array.from({ length: longest }, () => []);
  for (const [place, within] of all.entries())
    for (const [index, id] of within.entries()) rounds[(index + place * later) % longest]?.push(id);
  return rounds.filter(({ length }) => length > 0);
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
    if (first === undefined) return compiler;
    await compiler[Symbol.asyncDispose]();
    throw new Error(`It does not compile as it is: ${first.file}:${first.line}`);
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
    const lines = (await this.#compile()).split('\n');
    const elsewhere = lines.find((line) => line.startsWith('error '));
    if (elsewhere !== undefined) throw new Error(`The compiler cannot do its work: ${elsewhere}`);
    return lines.flatMap((line) => {
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
        error === null || hasEndedWith(error.code)
          ? resolve(stdout)
          : reject(new Error(`${error.message}${stderr}`)),
      );
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** It came to its end, and has something to say. */
const hasEndedWith = (code: unknown): boolean => code === 1 || code === 2;

interface Complaint {
  readonly file: string;
  /** From 1, as is the column. */
  readonly line: number;
  readonly column: number;
}

const complained = /^(?<file>[^(\s]+)\((?<row>\d+),(?<column>\d+)\): error /u;
