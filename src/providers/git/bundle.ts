import { gitIn } from './run.ts';

/** Writes everything in a repository, hidden refs too, into one file. false: nobody pushed anything yet. */
export async function bundleInto(folder: string, file: string): Promise<boolean> {
  const git = gitIn(folder);
  if ((await git.text(['for-each-ref', '--count=1'])).trim() === '') return false;
  await git.run(['bundle', 'create', '--quiet', file, '--all']);
  return true;
}

/** Puts all of a bundle into a repository that has no refs of its own. */
export async function unbundle(folder: string, file: string): Promise<void> {
  await gitIn(folder).run(['fetch', '--quiet', '--no-write-fetch-head', file, '+refs/*:refs/*']);
}
