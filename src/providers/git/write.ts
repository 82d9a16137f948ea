import { Failure } from '../../domain/failure.ts';
import type { Instant } from '../../domain/ids.ts';
import { type Git, GitRefused } from './run.ts';

const noObject = '0'.repeat(40);

export interface WriteFile {
  readonly ref: string;
  /** At the top of the tree, which holds nothing else. */
  readonly file: string;
  readonly text: string;
  readonly message: string;
  readonly at: Instant;
}

/**
 * Commits one file on a ref with git's plumbing, without a work tree. Answers the commit that says so, which is the
 * one that was there when nothing changed. Conflict `desired-moved` when another wrote between reading and writing.
 */
export async function commitFile(git: Git, write: WriteFile): Promise<string> {
  const parent = await headOf(git, write.ref);
  const blob = (await git.text(['hash-object', '-w', '--stdin'], { input: write.text })).trim();
  const tree = (await git.text(['mktree'], { input: `100644 blob ${blob}\t${write.file}\n` })).trim();
  if (parent !== null && (await treeOf(git, parent)) === tree) return parent;
  const commit = await commitTree(git, tree, parent, write);
  await moveRef(git, write.ref, commit, parent);
  return commit;
}

async function commitTree(git: Git, tree: string, parent: string | null, write: WriteFile): Promise<string> {
  const parents = parent === null ? [] : ['-p', parent];
  const date = `${Math.floor(write.at / 1000)} +0000`;
  const written = await git.text(['commit-tree', ...parents, '-F', '-', tree], {
    input: `${write.message}\n`,
    environment: {
      GIT_AUTHOR_NAME: 'Rung',
      GIT_AUTHOR_EMAIL: 'rung@localhost',
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_NAME: 'Rung',
      GIT_COMMITTER_EMAIL: 'rung@localhost',
      GIT_COMMITTER_DATE: date,
    },
  });
  return written.trim();
}

async function moveRef(git: Git, ref: string, to: string, from: string | null): Promise<void> {
  try {
    await git.run(['update-ref', '--create-reflog', '-m', 'rung', ref, to, from ?? noObject]);
  } catch (error) {
    // Git has other reasons to refuse, such as a full disk or a lock that was left behind.
    if (!(error instanceof GitRefused) || (await headOf(git, ref)) === from) throw error;
    throw new Failure('conflict', 'desired-moved', `Somebody else wrote ${ref} in the meantime.`, {
      wayOut: 'Try again; what is there now is read first.',
      cause: error,
    });
  }
}

/** The commit a ref points to, or null. */
export async function headOf(git: Git, ref: string): Promise<string | null> {
  try {
    return (
      await git.text(['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`])
    ).trim();
  } catch (error) {
    if (error instanceof GitRefused && error.exitCode === 1) return null;
    throw error;
  }
}

const treeOf = async (git: Git, commit: string): Promise<string> =>
  (await git.text(['rev-parse', '--verify', '--end-of-options', `${commit}^{tree}`])).trim();
