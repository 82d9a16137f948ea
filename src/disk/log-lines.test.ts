import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { logLines } from './log-lines.ts';

it('goes on where the disk is full, and holds no more than a MiB for it (OPS-6)', async () => {
  const lines = logLines('/dev/full');
  const dropped = once(lines, 'drop');
  const line = `${'x'.repeat(1023)}\n`;
  for (let kib = 0; kib <= 1024; kib += 1) lines.write(line);
  expect(await dropped).toEqual([line]);
  const failed: readonly unknown[] = await once(lines, 'error');
  expect(failed[0]).toMatchObject({ code: 'ENOSPC' });
  lines.destroy();
});

it('makes its file for the owner alone, and the folder it lies in', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rung-lines-'));
  const file = join(folder, 'logs', 'one.log');
  const lines = logLines(file);
  lines.write('one\n');
  lines.end();
  await once(lines, 'close');
  expect(await readFile(file, 'utf8')).toBe('one\n');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  await rm(folder, { recursive: true });
});
