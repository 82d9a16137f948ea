import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { extract, type ReadEntry } from 'tar';
import { Failure } from '../../domain/failure.ts';
import type { Commit, Head } from '../../ports/forge.ts';
import { isVersion, objectIdOf, pathIn, revisionOf } from './names.ts';
import { type Git, GitRefused } from './run.ts';

const mostCommits = 1000;
const longestMessage = 20_000;

export async function readHeads(git: Git): Promise<readonly Head[]> {
  const format = '%(refname:lstrip=2)%00%(objectname)%00%(tree)';
  const text = await git.text(['for-each-ref', `--format=${format}`, 'refs/heads/']);
  return lines(text).flatMap((line) => {
    const [ref, commit, tree] = line.split('\0');
    if (ref === undefined || commit === undefined || tree === undefined || ref.startsWith('rung/')) return [];
    return [{ ref, commit, tree }];
  });
}

export async function readCommits(git: Git, from: string | null, to: string): Promise<readonly Commit[]> {
  await mustExist(git, objectIdOf(to));
  const start = from === null || !(await exists(git, objectIdOf(from))) ? [] : [`^${objectIdOf(from)}`];
  const text = await git.text([
    'log',
    '-z',
    '--reverse',
    '--topo-order',
    '--no-merges',
    `--max-count=${mostCommits}`,
    '--format=%H%n%an <%ae>%n%B',
    '--end-of-options',
    objectIdOf(to),
    ...start,
  ]);
  return text
    .split('\0')
    .filter((part) => part !== '')
    .map(commitOf);
}

function commitOf(part: string): Commit {
  const [id = '', author = '', ...message] = part.split('\n');
  return { id, author: author.slice(0, 300), message: message.join('\n').trim().slice(0, longestMessage) };
}

export async function readFileAt(
  git: Git,
  at: string,
  path: string,
  limitBytes: number,
): Promise<Uint8Array> {
  const listed = await unlessRefused(git.text(['ls-tree', '-z', '-l', revisionOf(at), '--', pathIn(path)]));
  const [, mode, id, size] = /^([0-7]+) blob ([0-9a-f]+) +([0-9]+)\t/.exec(listed ?? '') ?? [];
  if (id === undefined || mode === '120000') throw fileUnknown(path);
  if (Number(size) > limitBytes) throw fileTooLarge(path, limitBytes);
  return git.run(['cat-file', 'blob', id]);
}

/**
 * `git archive` writes what the tree holds without touching any index or work tree. A `.gitattributes` in it is obeyed,
 * which depends on the tree alone.
 */
export async function checkOut(git: Git, at: string, folder: string): Promise<void> {
  await mustExist(git, objectIdOf(at));
  const { output, ended } = git.stream(['archive', '--format=tar', objectIdOf(at)]);
  const files: Pick<ReadEntry, 'path' | 'size'>[] = [];
  const onReadEntry = ({ type, path, size }: ReadEntry): void => {
    if (type === 'File') files.push({ path, size });
  };
  const unpacked = pipeline(
    output,
    extract({ cwd: folder, strict: true, preserveOwner: false, noMtime: true, onReadEntry }),
  );
  const [git_, tar] = await Promise.allSettled([ended, unpacked]);
  // What git left in the middle cannot be unpacked either.
  if (git_.status === 'rejected') throw git_.reason;
  if (tar.status === 'rejected') throw notCheckedOut(tar.reason);
  for (const { path, size } of files)
    if ((await lstat(join(folder, path))).size !== size) throw cutShort(path);
}

/** A disk takes what it still has room for, and says nothing; whoever unpacks does not look. */
const cutShort = (path: string): Failure =>
  new Failure('unavailable', 'disk-full', `The disk had no room for all of ${path}.`, {
    wayOut: 'Free some space and push again; an empty commit will do.',
  });

const machineTroubles = new Set(['ENOSPC', 'EDQUOT', 'EIO', 'EROFS', 'EMFILE', 'ENFILE', 'ENOMEM']);

/** What the machine lacks is no fault of the commit, and may pass. */
export function notCheckedOut(thrown: unknown): unknown {
  const { code } = thrown as NodeJS.ErrnoException;
  return machineTroubles.has(code ?? '') ? thrown : uncheckable(thrown);
}

export async function readVersions(
  git: Git,
): Promise<readonly { readonly version: string; readonly commit: string }[]> {
  const format = '%(refname:lstrip=2)%00%(objectname)%00%(*objectname)';
  const text = await git.text(['for-each-ref', `--format=${format}`, 'refs/tags/']);
  return lines(text).flatMap((line) => {
    const [tag = '', object = '', peeled = ''] = line.split('\0');
    const version = tag.slice(1);
    return tag.startsWith('v') && isVersion(version) ? [{ version, commit: peeled || object }] : [];
  });
}

async function mustExist(git: Git, id: string): Promise<void> {
  if (await exists(git, id)) return;
  throw new Failure('absent', 'commit-unknown', `The repository has no ${id.slice(0, 12)}.`, {
    wayOut: 'Push the branch again; the commit may have been removed from it.',
  });
}

const exists = async (git: Git, id: string): Promise<boolean> =>
  (await unlessRefused(git.text(['cat-file', '-e', id]))) !== null;

/** One that was ended, by its time or by somebody, has not said no. */
async function unlessRefused<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof GitRefused && error.exitCode !== null) return null;
    throw error;
  }
}

const lines = (text: string): readonly string[] => text.split('\n').filter((line) => line !== '');

const fileUnknown = (path: string): Failure =>
  new Failure('absent', 'file-unknown', `There is no file ${path} in this commit.`, {
    wayOut: 'Commit it, as a plain file and not as a link.',
  });

const fileTooLarge = (path: string, limitBytes: number): Failure =>
  new Failure('limited', 'file-too-large', `${path} has more than ${limitBytes} bytes.`, {
    wayOut: 'Make it smaller.',
  });

const uncheckable = (cause: unknown): Failure =>
  new Failure(
    'invalid',
    'checkout-unsafe',
    'The commit holds files that cannot be written into a folder safely.',
    {
      wayOut:
        'Look for links that lead out of the repository, and for names that differ only in ways this system ignores.',
      cause,
    },
  );
