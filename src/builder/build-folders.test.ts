import { execFile } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from '../domain/log.ts';
import { removeFolder, removeLeftBehind } from './build-folders.ts';

const exec = promisify(execFile);
const isRoot = process.getuid?.() === 0;
let top: string;
beforeAll(async () => {
  top = await mkdtemp(join(tmpdir(), 'rung-build-folders-'));
});
afterAll(() => rm(top, { recursive: true, force: true }));

async function readOnlyIn(folder: string): Promise<void> {
  const cache = join(folder, 'home/go/pkg/mod');
  await mkdir(cache, { recursive: true });
  await writeFile(join(cache, 'module.go'), 'package module');
  for (const path of [join(cache, 'module.go'), cache]) {
    if (isRoot) await chown(path, 65_534, 65_534);
    await chmod(path, 0o555);
  }
}

describe('what a build left', () => {
  it('is removed where it is read-only, which for root nothing is', async () => {
    const folder = join(top, 'build-1');
    await readOnlyIn(folder);
    if (isRoot) await exec('chown', ['-R', '65534:65534', top]);
    const own = new URL('./build-folders.ts', import.meta.url).href;
    const script = `import { removeFolder } from '${own}'; await removeFolder('${folder}', { warn: console.error });`;
    const as = isRoot ? { uid: 65_534, gid: 65_534 } : {};
    const { stderr } = await exec(process.execPath, ['--input-type=module', '-e', script], as);
    expect(stderr).toBe('');
    expect(await readdir(top)).toEqual([]);
  });

  it('is removed when the next builder starts, and nothing else is', async () => {
    for (const name of ['build-1', 'build-2']) await mkdir(join(top, name, 'checkout'), { recursive: true });
    await writeFile(join(top, 'token'), 'secret');
    await removeLeftBehind(top, silentLog);
    expect(await readdir(top)).toEqual(['token']);
    await removeLeftBehind(join(top, 'nowhere'), silentLog);
  });

  it('hides nothing of the build where it cannot be removed', async () => {
    const told: unknown[] = [];
    const warn = (_: unknown, message?: string) => void told.push(message);
    await removeFolder(join(top, 'token', 'no folder'), { ...silentLog, warn });
    expect(told).toEqual(['What a build has left could not be removed.']);
  });
});
