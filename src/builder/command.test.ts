import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemClock } from '../engine/clock.ts';
import { runCommand } from './command.ts';

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'rung-command-'));
});
afterAll(() => rm(home, { recursive: true, force: true }));

it('starts nothing once the builder is to end: what is aborted says so once, and that was before', async () => {
  const command = [process.execPath, '-e', "require('fs').writeFileSync('started', '')"] as const;
  const order = {
    command,
    cwd: home,
    home,
    timeoutMs: 60_000,
    clock: systemClock,
    signal: AbortSignal.abort(),
  };
  expect(await runCommand(order)).toEqual({ ended: 'aborted' });
  expect(await readdir(home)).toEqual([]);
});
