import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packFolder } from '../../src/builder/archive.ts';
import { instant } from '../../src/domain/ids.ts';
import { createBare } from '../../src/providers/git/create.ts';
import { gitIn } from '../../src/providers/git/run.ts';
import { commitFile } from '../../src/providers/git/write.ts';

let top: string;
beforeAll(async () => {
  top = await mkdtemp(join(tmpdir(), 'rung-takes-less-'));
});
afterAll(() => rm(top, { recursive: true, force: true }));

const longer = 'x'.repeat(3000);
const providers = join(import.meta.dirname, '..', '..', 'src', 'providers');

/** What a program says that may write 1 KiB into a file: of what is more, the system takes as much, as a full disk does. */
async function limited(program: string): Promise<string> {
  const report = `(${program}).then(() => console.log('done'), ({ code, message }) => console.log(code, message))`;
  const limit = 'trap "" XFSZ; ulimit -f 1; exec "$@"';
  const node = [process.execPath, '--input-type=module', '-e', report];
  const child = spawn('bash', ['-c', limit, 'limited', ...node], { stdio: ['ignore', 'pipe', 'inherit'] });
  return (await text(child.stdout)).trim();
}

const imported = (file: string): string => `import(${JSON.stringify(join(providers, file))})`;

describe.runIf(process.platform === 'linux')('a disk that takes a part of a file, and says nothing', () => {
  it('is found out when a commit is checked out: nothing is built of half a file (REL-1)', async () => {
    const bare = join(top, 'repository');
    await createBare(bare);
    const of = {
      ref: 'refs/heads/main',
      file: 'a.txt',
      text: longer,
      message: 'one',
      at: instant(1_800_000_000_000),
    };
    const head = await commitFile(gitIn(bare), of);
    const into = await mkdtemp(join(top, 'out-'));
    const [folder, at, place] = [bare, head, into].map((one) => JSON.stringify(one));
    const program = `${imported('git/forge.ts')}.then(({ localForge }) => localForge(${folder}).checkout(${at}, ${place}))`;
    expect(await limited(program)).toBe('disk-full The disk had no room for all of a.txt.');
  });

  it('is found out when an artifact is unpacked, and called a full disk', async () => {
    const source = await mkdtemp(join(top, 'source-'));
    await writeFile(join(source, 'a.txt'), longer);
    const packed = await packFolder(source, [], top);
    const shelf = join(top, 'shelf');
    await mkdir(shelf);
    await rename(packed.path, join(shelf, 'artifact.tar'));
    const [digest, place] = [packed.digest, join(shelf, 'artifact')].map((one) => JSON.stringify(one));
    const program = `${imported('folder-store/unpack.ts')}.then(({ ensureUnpacked }) => ensureUnpacked(${digest}, ${place}))`;
    expect(await limited(program)).toBe('disk-full The disk has no room to unpack the artifact.');
    expect(await readdir(shelf)).toEqual(['artifact.tar']);
  });
});
