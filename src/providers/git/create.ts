import { chmod, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { uptime } from 'node:os';
import { join } from 'node:path';
import { hookFiles } from './hook.ts';
import { gitIn } from './run.ts';

/**
 * Makes a bare repository, or brings an older one in line. People can push their branches; Rung's own refs are hidden
 * from pushes, so that what an environment should run is written by Rung alone. Whoever calls it has the folder to itself.
 */
export async function createBare(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  // A power cut in the middle of the last time leaves them, and git refuses as long as they are there.
  for (const lock of ['config.lock', 'HEAD.lock']) await rm(join(folder, lock), { force: true });
  const git = gitIn(folder);
  await git.run(['init', '--quiet', '--bare', '--initial-branch=main', '--template=', '--', folder]);
  for (const [key, value] of settings) await git.run(['config', '--replace-all', key, value]);
  await git.run(['config', '--replace-all', 'receive.hideRefs', 'refs/rung']);
  await git.run(['config', '--add', 'receive.hideRefs', 'refs/heads/rung']);
  await clearRefLocks(folder);
  await mkdir(join(folder, 'hooks'), { recursive: true });
  for (const { name, text } of hookFiles(process.execPath))
    await writeWhole(join(folder, 'hooks', name), text);
}

const refsTakeMs = 60_000;

/** Of refs, somebody who pushes may have one at this moment: none of those is as old as that, nor from before this boot. */
async function clearRefLocks(folder: string): Promise<void> {
  const inRefs = await readdir(join(folder, 'refs'), { recursive: true }).catch(() => [] as string[]);
  const locks = [...inRefs.map((name) => join('refs', name)), 'packed-refs.lock'];
  // It was only just written.
  const nowMs = (await stat(join(folder, 'config'))).mtimeMs;
  const leftBeforeMs = nowMs - Math.min(refsTakeMs, uptime() * 1000);
  for (const lock of locks.filter((name) => name.endsWith('.lock'))) {
    const file = join(folder, lock);
    const found = await stat(file).catch(() => null);
    if (found !== null && found.mtimeMs < leftBeforeMs) await rm(file, { force: true });
  }
}

const settings = [
  ['core.logAllRefUpdates', 'true'],
  ['receive.fsckObjects', 'true'],
  ['receive.maxInputSize', String(512 * 1024 * 1024)],
  // No program of git's goes on in the background after a push.
  ['receive.autogc', 'false'],
  ['gc.auto', '0'],
] as const;

async function writeWhole(path: string, text: string): Promise<void> {
  await writeFile(`${path}.draft`, text, { mode: 0o755 });
  await chmod(`${path}.draft`, 0o755);
  await rename(`${path}.draft`, path);
}
