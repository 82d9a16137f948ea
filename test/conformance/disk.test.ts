import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Disk, readJson } from '../../src/disk/disk.ts';
import { createMemoryDisk } from '../../src/disk/memory-disk.ts';
import { systemDisk } from '../../src/disk/system-disk.ts';

const disks: readonly { readonly name: string; readonly disk: () => Disk }[] = [
  { name: 'the machine’s', disk: () => systemDisk },
  { name: 'in memory', disk: createMemoryDisk },
];

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'rung-disk-'));
  onTestFinished(() => rm(made, { recursive: true, force: true }));
  return made;
}

const textOf = async (disk: Disk, path: string): Promise<string> =>
  Buffer.from((await disk.read(path)) ?? 'nothing').toString('utf8');

describe.each(disks)('a disk: $name', ({ disk: open }) => {
  it('has nothing where nothing was written, and says so', async () => {
    expect(await open().read(join(await folder(), 'none'))).toBeNull();
  });

  it('holds what was written last, in folders that it makes', async () => {
    const disk = open();
    const path = join(await folder(), 'deep', 'down', 'file');
    await disk.replace(path, 'one', 'process');
    await disk.replace(path, Buffer.from('two'), 'power cut');
    expect(await textOf(disk, path)).toBe('two');
  });

  it('lets no call be overtaken by one made before, however long it takes', async () => {
    const disk = open();
    const path = join(await folder(), 'file');
    const long = 'x'.repeat(4_000_000);
    const calls = Array.from({ length: 20 }, (_, turn) =>
      disk.replace(path, turn === 19 ? 'last' : `${long}${turn}`, turn % 2 === 0 ? 'power cut' : 'process'),
    );
    await Promise.all(calls);
    expect(await textOf(disk, path)).toBe('last');
  });

  it('takes what is no JSON for nothing', async () => {
    const disk = open();
    const path = join(await folder(), 'file');
    await disk.replace(path, '{', 'process');
    expect(await readJson(disk, path)).toBeNull();
    await disk.replace(path, '{"a":1}', 'process');
    expect(await readJson(disk, path)).toEqual({ a: 1 });
  });
});

it('keeps files for their owner alone, and leaves nothing beside them', async () => {
  const where = await folder();
  await systemDisk.replace(join(where, 'file'), 'content', 'process');
  expect(await readdir(where)).toEqual(['file']);
  expect((await stat(join(where, 'file'))).mode & 0o777).toBe(0o600);
});

it('loses in a power cut, in memory, what was only to outlive a process', async () => {
  const disk = createMemoryDisk();
  await disk.replace('/sure', 'sure', 'power cut');
  await disk.replace('/sure', 'newer', 'process');
  await disk.replace('/unsure', 'unsure', 'process');
  disk.cutPower();
  expect(await textOf(disk, '/sure')).toBe('sure');
  expect(await disk.read('/unsure')).toBeNull();
});
