import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AgentId, Digest, EnvironmentName, ReleaseId } from '../../domain/ids.ts';
import { instant } from '../../domain/ids.ts';
import type { DesiredManifest, Forge } from '../../ports/forge.ts';
import { createBare } from './create.ts';
import { localForge } from './forge.ts';
import { hookFiles } from './hook.ts';
import { watchMoves } from './moves.ts';

const exec = promisify(execFile);
const prod = 'prod' as EnvironmentName;
const at = instant(1_800_000_000_000);
const limitBytes = 10_000;
let top: string;
let bare: string;
let work: string;
let forge: Forge;

/** Git as a person uses it, with a name of their own. */
async function git(...args: readonly string[]): Promise<string> {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
  const person = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org'];
  return (await exec('git', ['-C', work, ...person, ...args], { env })).stdout.trim();
}

async function commit(files: Readonly<Record<string, string>>, message: string): Promise<string> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(work, name)), { recursive: true });
    await writeFile(join(work, name), text);
  }
  await git('add', '-A');
  await git('commit', '-q', '-m', message);
  return git('rev-parse', 'HEAD');
}

beforeAll(async () => {
  top = await mkdtemp(join(tmpdir(), 'rung-git-'));
  bare = join(top, 'repository');
  work = join(top, 'work');
  await createBare(bare);
  await mkdir(work);
  await git('init', '-q', '-b', 'develop');
  await git('remote', 'add', 'rung', bare);
  forge = localForge(bare);
});
afterAll(() => rm(top, { recursive: true, force: true }));

describe('the local forge', () => {
  it('is made again without harm', async () => {
    const first = await commit({ 'a.txt': 'one' }, 'feat: one');
    await git('push', '-q', 'rung', 'develop');
    await createBare(bare);
    expect(await forge.heads()).toEqual([
      { ref: 'develop', commit: first, tree: await git('rev-parse', 'HEAD^{tree}') },
    ]);
  });

  it('tells of a push, and goes on taking pushes when nobody listens', async () => {
    const moved = Promise.withResolvers<void>();
    {
      await using _watch = await forge.onMoved(() => moved.resolve());
      await commit({ 'a.txt': 'two' }, 'fix: two');
      await git('push', '-q', 'rung', 'develop');
      await moved.promise;
    }
    const third = await commit({ 'a.txt': 'three' }, 'chore: three');
    await git('push', '-q', 'rung', 'develop');
    expect((await forge.heads())[0]?.commit).toBe(third);
  });

  it('is told by the hook alone where the file system tells nothing', async () => {
    const folder = await mkdtemp(join(top, 'hook-'));
    await mkdir(join(folder, 'hooks'));
    for (const { name, text } of hookFiles(process.execPath))
      await writeFile(join(folder, 'hooks', name), text);
    const moved = Promise.withResolvers<void>();
    await using _watch = await watchMoves(folder, () => moved.resolve());
    const told = exec('sh', ['hooks/post-receive'], { cwd: folder });
    told.child.stdin?.end();
    await told;
    await moved.promise;
  });

  it('tells of a branch that moved without a push', async () => {
    const moved = Promise.withResolvers<void>();
    await using _watch = await forge.onMoved(() => moved.resolve());
    const head = (await forge.heads())[0]?.commit ?? '';
    await git('--git-dir', bare, 'update-ref', 'refs/heads/feature/x', head);
    await moved.promise;
    await git('--git-dir', bare, 'update-ref', '-d', 'refs/heads/feature/x');
  });

  it('lists commits oldest first, without merges, and all of them when the start is gone', async () => {
    const head = await git('rev-parse', 'HEAD');
    const first = await git('rev-parse', 'HEAD~2');
    const since = await forge.commitsBetween(first, head);
    expect(since.map(({ message, author }) => [message, author])).toEqual([
      ['fix: two', 'Ada <ada@example.org>'],
      ['chore: three', 'Ada <ada@example.org>'],
    ]);
    expect(await forge.commitsBetween(null, head)).toHaveLength(3);
    expect(await forge.commitsBetween('a'.repeat(40), head)).toHaveLength(3);
    await expect(forge.commitsBetween(null, 'b'.repeat(40))).rejects.toMatchObject({
      code: 'commit-unknown',
    });
  });

  it('reads a file of a branch or tree, within a limit, and no link', async () => {
    await symlink('/etc/passwd', join(work, 'link'));
    await commit({ 'deep/b.txt': 'deep' }, 'feat: a link');
    await git('push', '-q', 'rung', 'develop');
    const tree = await git('rev-parse', 'HEAD^{tree}');
    const read = (path: string, limit = limitBytes): Promise<Uint8Array> =>
      forge.readFile('develop', path, limit);
    expect(new TextDecoder().decode(await read('deep/b.txt'))).toBe('deep');
    expect(new TextDecoder().decode(await forge.readFile(tree, 'a.txt', limitBytes))).toBe('three');
    await expect(read('a.txt', 2)).rejects.toMatchObject({ code: 'file-too-large' });
    await expect(read('link')).rejects.toMatchObject({ code: 'file-unknown' });
    await expect(read('deep')).rejects.toMatchObject({ code: 'file-unknown' });
    await expect(read('../a.txt')).rejects.toMatchObject({ code: 'path-malformed' });
  });

  it('refuses to check out a link that leads out of the folder', async () => {
    const into = await mkdtemp(join(top, 'out-'));
    const tree = await git('rev-parse', 'HEAD^{tree}');
    await expect(forge.checkout(tree, into)).rejects.toMatchObject({ code: 'checkout-unsafe' });
  });

  it('checks a tree out with its executable bits and nothing of git', async () => {
    await git('rm', '-q', 'link');
    await commit({ 'run.sh': '#!/bin/sh\n' }, 'feat: run');
    await git('update-index', '--chmod=+x', 'run.sh');
    await git('commit', '-q', '-m', 'fix: run it');
    await git('push', '-q', 'rung', 'develop');
    const into = await mkdtemp(join(top, 'out-'));
    await forge.checkout(await git('rev-parse', 'HEAD^{tree}'), into);
    expect((await readdir(into)).toSorted()).toEqual(['a.txt', 'deep', 'run.sh']);
    expect(await readFile(join(into, 'deep/b.txt'), 'utf8')).toBe('deep');
  });

  it('takes nothing a person wrote as an option of git', async () => {
    await expect(forge.readFile('--output=/tmp/x', 'a.txt', 10)).rejects.toMatchObject({ kind: 'invalid' });
    await expect(forge.commitsBetween(null, '--all')).rejects.toMatchObject({ code: 'object-id-malformed' });
    await expect(forge.tag('1.0.0 --force', 'a'.repeat(40))).rejects.toMatchObject({
      code: 'version-malformed',
    });
    await expect(forge.readDesired('../heads/develop' as EnvironmentName)).rejects.toMatchObject({
      code: 'environment-malformed',
    });
  });

  it('tags a version once and for ever (REL-5)', async () => {
    const head = await git('rev-parse', 'HEAD');
    await forge.tag('1.0.0', head);
    await forge.tag('1.0.0', head);
    expect(await forge.versions()).toEqual([{ version: '1.0.0', commit: head }]);
    const before = await git('rev-parse', 'HEAD~1');
    await expect(forge.tag('1.0.0', before)).rejects.toMatchObject({ code: 'tag-elsewhere' });
  });
});

describe("Rung's own refs", () => {
  const manifest = (version: string): DesiredManifest => ({
    environment: prod,
    services: {
      web: {
        version,
        release: `sha256:${'1'.repeat(64)}` as ReleaseId,
        artifact: `sha256:${'2'.repeat(64)}` as Digest,
      },
    },
  });

  it('say what an environment should run, one commit a change, and are no branch of people', async () => {
    const first = await forge.writeDesired(manifest('1.0.0'), 'web 1.0.0', at);
    expect(await forge.writeDesired(manifest('1.0.0'), 'again', at)).toBe(first);
    const second = await forge.writeDesired(manifest('1.1.0'), 'web 1.1.0', at);
    expect(second).not.toBe(first);
    expect(await forge.readDesired(prod)).toEqual(manifest('1.1.0'));
    expect(await forge.readDesired('dev' as EnvironmentName)).toBeNull();
    expect((await forge.heads()).map(({ ref }) => ref)).toEqual(['develop']);
  });

  it('cannot be pushed to, nor audit heads', async () => {
    const push = (ref: string): Promise<string> => git('push', '-q', '--force', 'rung', `HEAD:${ref}`);
    await expect(push('refs/heads/rung/prod')).rejects.toThrow('hidden ref');
    await expect(push('refs/rung/audit/prod')).rejects.toThrow('hidden ref');
  });

  it('keep the head of the log that an agent signed, and never go back', async () => {
    const head = (position: number) => ({
      agent: 'a' as AgentId,
      position,
      link: `sha256:${'3'.repeat(64)}` as Digest,
      signature: 's',
    });
    expect(await forge.readAuditHead(prod)).toBeNull();
    await forge.writeAuditHead(prod, head(7), at);
    await expect(forge.writeAuditHead(prod, head(6), at)).rejects.toMatchObject({ code: 'audit-head-older' });
    expect(await forge.readAuditHead(prod)).toEqual(head(7));
  });
});
