import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EnvironmentName } from '../../domain/ids.ts';
import { instant } from '../../domain/ids.ts';
import type { Forge } from '../../ports/forge.ts';
import { createBare } from './create.ts';
import { localForge } from './forge.ts';
import { notCheckedOut } from './read.ts';
import { gitIn } from './run.ts';
import { commitFile, headOf } from './write.ts';

let top: string;
let bare: string;
let forge: Forge;
const at = instant(1_800_000_000_000);
beforeAll(async () => {
  top = await mkdtemp(join(tmpdir(), 'rung-git-refusals-'));
});
beforeEach(async () => {
  bare = join(await mkdtemp(join(top, 'one-')), 'repository');
  await createBare(bare);
  forge = localForge(bare);
});
afterAll(() => rm(top, { recursive: true, force: true }));

const commit = (text: string): Promise<string> =>
  commitFile(gitIn(bare), { ref: 'refs/heads/main', file: 'a.txt', text, message: text, at });

/** As a git leaves it that is killed. */
async function leaveLock(ref: string): Promise<void> {
  await mkdir(join(bare, ref, '..'), { recursive: true });
  await writeFile(join(bare, `${ref}.lock`), '');
}

describe('what git refuses is told as what it is', () => {
  it('a tag that cannot be written stands nowhere else', async () => {
    const head = await commit('one');
    await leaveLock('refs/tags/v1.0.0');
    await expect(forge.tag('1.0.0', head)).rejects.toThrow(/v1\.0\.0\.lock.*File exists/u);
  });

  it('a ref that cannot be written was moved by nobody', async () => {
    await leaveLock('refs/heads/rung/prod');
    const manifest = { environment: 'prod' as EnvironmentName, services: {} };
    await expect(forge.writeDesired(manifest, 'none', at)).rejects.toThrow(/prod\.lock.*File exists/u);
  });

  it('a repository that is gone is no missing git', async () => {
    await rm(bare, { recursive: true });
    await expect(forge.heads()).rejects.toThrow(`there is no folder ${bare}`);
  });

  it('a commit whose files are lost is not called unsafe', async () => {
    const head = await commit('one');
    const [, , blob = ''] = (await gitIn(bare).text(['ls-tree', head])).split(/\s/u);
    await rm(join(bare, 'objects', blob.slice(0, 2), blob.slice(2)));
    const into = await mkdtemp(join(top, 'out-'));
    await expect(forge.checkout(head, into)).rejects.toThrow(/^git archive: /u);
    expect(await readdir(into)).toEqual([]);
    expect(await headOf(gitIn(bare), 'refs/heads/main')).toBe(head);
  });

  it('a git that never ends is ended where a limit is set, and says so', async () => {
    await commit('one');
    await rm(join(bare, 'config'));
    // To open a pipe that nobody writes into takes for ever.
    await promisify(execFile)('mkfifo', [join(bare, 'config')]);
    const limited = localForge(bare, 300);
    await expect(limited.heads()).rejects.toThrow(/^git for-each-ref: it did not end within 0\.3 s$/u);
  });

  it('a git that was ended has not said that a file is not there', async () => {
    const head = await commit('one');
    await rm(join(bare, 'config'));
    await promisify(execFile)('mkfifo', [join(bare, 'config')]);
    const limited = localForge(bare, 300);
    await expect(limited.readFile(head, 'a.txt', 100)).rejects.toThrow(/^git ls-tree: it did not end/u);
    await expect(limited.commitsBetween(null, head)).rejects.toThrow(/^git cat-file: it did not end/u);
  });

  it('a checkout of which nothing comes any more is ended, and says so', async () => {
    const head = await commit('one');
    const [, , blob = ''] = (await gitIn(bare).text(['ls-tree', head])).split(/\s/u);
    const file = join(bare, 'objects', blob.slice(0, 2), blob.slice(2));
    await rm(file);
    await promisify(execFile)('mkfifo', [file]);
    const into = await mkdtemp(join(top, 'out-'));
    await expect(localForge(bare, 300).checkout(head, into)).rejects.toMatchObject({
      code: 'git-silent',
      message: 'git archive gave nothing for 0.3 s, and was ended.',
    });
  });

  it('a commit is not called unsafe when git was killed in the middle of it', async () => {
    const head = await commit('x'.repeat(50_000));
    const killed = await mkdtemp(join(top, 'bin-'));
    const path = process.env['PATH'] ?? '';
    const script = `#!/bin/sh
PATH='${path}'
case "$*" in *archive*) git "$@" | head -c 15000; kill -KILL $$;; esac
exec git "$@"
`;
    await writeFile(join(killed, 'git'), script, { mode: 0o755 });
    const into = await mkdtemp(join(top, 'out-'));
    vi.stubEnv('PATH', `${killed}:${path}`);
    await expect(forge.checkout(head, into)).rejects.toThrow('git archive: it was ended by SIGKILL');
    vi.unstubAllEnvs();
  });

  it('a lock of a ref that a power cut left keeps nobody from writing it, and one that is held stays', async () => {
    const head = await commit('one');
    for (const ref of ['refs/tags/v1.0.0', 'refs/heads/main']) await leaveLock(ref);
    const long = new Date(Date.now() - 3_600_000);
    await utimes(join(bare, 'refs/tags/v1.0.0.lock'), long, long);
    await createBare(bare);
    await forge.tag('1.0.0', head);
    await expect(commit('two')).rejects.toThrow(/main\.lock.*File exists/u);
  });

  it.each(['config', 'HEAD'])(
    'a lock of %s that a power cut left does not keep it from being made',
    async (name) => {
      await rm(join(bare, name));
      await writeFile(join(bare, `${name}.lock`), '');
      await createBare(bare);
      await commit('one');
      expect(await forge.heads()).toHaveLength(1);
    },
  );

  it('a full disk makes no commit unsafe', () => {
    const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    expect(notCheckedOut(full)).toBe(full);
    expect(notCheckedOut(new Error('a link'))).toMatchObject({ code: 'checkout-unsafe' });
  });
});
