import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { type ActorId, instant, later } from '../../domain/ids.ts';
import { createSignInFile } from './sign-in-file.ts';

const now = instant(1_000_000);
const clock = { now: () => now };
const link = { digest: 'sha256:a', person: 'ada@example.org' as ActorId, expiresAt: later(now, 1000) };

function path(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rung-sign-in-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'sign-in.json');
}

it('remembers links and ended sessions over a restart', async () => {
  const file = path();
  const before = createSignInFile(file, clock);
  await before.keepLink(link);
  await before.revokeSession('session', later(now, 1000));
  const after = createSignInFile(file, clock);
  expect(await after.takeLink(link.digest)).toEqual(link);
  expect(await after.isRevoked('session')).toBe(true);
});

it('gives a link out once, over a restart too', async () => {
  const file = path();
  const memory = createSignInFile(file, clock);
  await memory.keepLink(link);
  expect(await memory.takeLink(link.digest)).toEqual(link);
  expect(await memory.takeLink(link.digest)).toBeNull();
  expect(await createSignInFile(file, clock).takeLink(link.digest)).toBeNull();
});

it('forgets what no longer matters', async () => {
  const file = path();
  const memory = createSignInFile(file, clock);
  await memory.keepLink({ ...link, expiresAt: now });
  await memory.revokeSession('old', now);
  expect(await memory.takeLink(link.digest)).toBeNull();
  expect(await memory.isRevoked('old')).toBe(false);
});

it('writes a file that only its owner reads, even over one that others could', async () => {
  const file = path();
  writeFileSync(file, '{}', { mode: 0o644 });
  await createSignInFile(file, clock).keepLink(link);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

it('never takes a file that it cannot read for an empty one', () => {
  const file = path();
  writeFileSync(file, '{"links": [');
  expect(() => createSignInFile(file, clock)).toThrow(
    expect.objectContaining({ code: 'sign-in-file' }) as Error,
  );
});
