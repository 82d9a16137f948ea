import { mkdtemp, readlink, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { silentLog } from '../../src/domain/log.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { startPostgres } from '../../src/supervisor/postgres.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rung-password-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('a password that is there and cannot be read now is never written over: nobody would get in any more', async () => {
  await symlink('password', join(folder, 'password'));
  await expect(startPostgres({ folder, log: silentLog, clock: systemClock })).rejects.toThrow('ELOOP');
  expect(await readlink(join(folder, 'password'))).toBe('password');
});
