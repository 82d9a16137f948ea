import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { ActorId } from '../domain/ids.ts';

const git = async (folder: string, args: readonly string[]): Promise<string> =>
  promisify(execFile)('git', [...args], { cwd: folder }).then(
    ({ stdout }) => stdout.trim(),
    () => '',
  );

/** Whom the machine belongs to: who Git says they are. */
export async function ownerOf(folder: string): Promise<ActorId> {
  const email = await git(folder, ['config', 'user.email']);
  return (email === '' ? 'you@localhost' : email) as ActorId;
}

/** The branch that is checked out; `main` where Git does not say. */
export async function branchOf(folder: string): Promise<string> {
  const branch = await git(folder, ['branch', '--show-current']);
  return branch === '' ? 'main' : branch;
}
