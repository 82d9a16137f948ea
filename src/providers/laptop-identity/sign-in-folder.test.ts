import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { type ActorId, instant, later } from '../../domain/ids.ts';
import { createSignInFolder } from './sign-in-folder.ts';

const now = instant(1_000_000);
const clock = { now: () => now };
const link = { digest: 'sha256:a', person: 'ada@example.org' as ActorId, expiresAt: later(now, 1000) };

function path(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rung-sign-in-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'sign-ins');
}

const files = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));

it('remembers links and ended sessions over a restart', async () => {
  const folder = path();
  const before = createSignInFolder(folder, clock);
  await before.keepLink(link);
  await before.revokeSession('session', later(now, 1000));
  const after = createSignInFolder(folder, clock);
  expect(await after.takeLink(link.digest)).toEqual(link);
  expect(await after.isRevoked('session')).toBe(true);
  expect(await after.isRevoked('another')).toBe(false);
});

it('gives a link out once, however many replicas are asked for it at the same moment', async () => {
  const folder = path();
  const replicas = Array.from({ length: 8 }, () => createSignInFolder(folder, clock));
  await replicas[0]?.keepLink(link);
  const taken = await Promise.all(replicas.map((one) => one.takeLink(link.digest)));
  expect(taken.filter((one) => one !== null)).toEqual([link]);
  expect(await createSignInFolder(folder, clock).takeLink(link.digest)).toBeNull();
});

it('knows at once of a session that another replica ended', async () => {
  const folder = path();
  const [one, other] = [createSignInFolder(folder, clock), createSignInFolder(folder, clock)];
  expect(await other.isRevoked('session')).toBe(false);
  await one.revokeSession('session', later(now, 1000));
  expect(await other.isRevoked('session')).toBe(true);
});

it('forgets what no longer matters', async () => {
  const folder = path();
  const memory = createSignInFolder(folder, clock);
  await memory.keepLink({ ...link, expiresAt: now });
  await memory.revokeSession('old', now);
  const fresh = { ...link, digest: 'sha256:b' };
  await memory.keepLink(fresh);
  await memory.revokeSession('new', later(now, 1000));
  expect(await memory.takeLink(link.digest)).toBeNull();
  expect(await memory.isRevoked('old')).toBe(false);
  expect(await memory.isRevoked('new')).toBe(true);
  expect(await memory.takeLink(fresh.digest)).toEqual(fresh);
});

it('writes files that only their owner reads, and whose names tell nothing', async () => {
  const folder = path();
  const memory = createSignInFolder(folder, clock);
  await memory.keepLink(link);
  await memory.revokeSession('session', later(now, 1000));
  expect(files(folder)).toHaveLength(2);
  for (const file of files(folder)) {
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(file).not.toContain('session');
  }
});

it('never takes what it cannot read for nothing', async () => {
  const folder = path();
  const memory = createSignInFolder(folder, clock);
  await memory.revokeSession('session', later(now, 1000));
  for (const file of files(folder)) writeFileSync(file, '{"expires');
  await memory.revokeSession('another', later(now, 1000));
  expect(await memory.isRevoked('session')).toBe(true);
  rmSync(join(folder, 'ended'), { recursive: true });
  writeFileSync(join(folder, 'ended'), 'no folder');
  chmodSync(join(folder, 'ended'), 0o600);
  await expect(memory.isRevoked('session')).rejects.toMatchObject({ code: 'sign-in-folder' });
});
