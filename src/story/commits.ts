import { execFile } from 'node:child_process';
import { cp, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Props } from './stage.ts';

const run = promisify(execFile);

const git = async (folder: string, ...args: readonly string[]): Promise<void> =>
  void (await run('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', ...args], {
    cwd: folder,
  }));

/** A developer's clone of the example, with Rung's repository as the remote `rung`. */
export async function openClone({ example, clone, repository }: Props): Promise<void> {
  await mkdir(clone, { recursive: true });
  await git(clone, 'init', '--quiet', '--initial-branch', 'develop');
  await git(clone, 'remote', 'add', 'rung', repository);
  for (const part of ['rung.yaml', 'README.md', 'services'])
    await cp(join(example, part), join(clone, part), { recursive: true });
}

/** Commits what a release of the story changes, and merges it into develop. */
export async function mergeRelease({ example, clone }: Props, version: string): Promise<void> {
  const part = join(example, 'story', version);
  await cp(join(part, 'files'), clone, { recursive: true }).catch(nothingToLayOver);
  await git(clone, 'add', '--all');
  await git(
    clone,
    'commit',
    '--quiet',
    '--message',
    (await readFile(join(part, 'message.txt'), 'utf8')).trim(),
  );
  await git(clone, 'push', '--quiet', 'rung', 'HEAD:develop');
}

function nothingToLayOver(thrown: NodeJS.ErrnoException): void {
  if (thrown.code !== 'ENOENT') throw thrown;
}
