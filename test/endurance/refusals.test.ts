import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { refusalOf } from './refusal.ts';
import { Rung } from './rung.ts';

let rung: Rung;
afterEach(async () => {
  expect(await rung.leftovers()).toEqual([]);
  await rung[Symbol.asyncDispose]();
});

/** Whether this user may make a mount of its own; root alone can write where the mode says no. */
const canMount = await promisify(execFile)('unshare', ['-rm', 'true']).then(
  () => true,
  () => false,
);

describe('rung up, where it cannot be (REL-14)', () => {
  it('names a data folder whose path is too long for a socket, and starts nothing', async () => {
    rung = await Rung.prepare({ dataName: 'x'.repeat(100) });
    expect(await refusalOf(rung.up())).toMatchObject({ code: 'data-folder-too-deep', exitCode: 10 });
  });

  it('names a port that another program has', async () => {
    rung = await Rung.prepare();
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const told = await refusalOf(rung.up({ args: ['--port', String(port)] }));
    other.close();
    expect(told).toMatchObject({ code: 'port-taken', exitCode: 13 });
    expect(told.detail).toContain(String(port));
  });

  it('names a data folder that is a file', async () => {
    rung = await Rung.prepare();
    await writeFile(rung.data, '');
    expect(await refusalOf(rung.up())).toMatchObject({ code: 'data-folder-read-only' });
  });

  it.skipIf(!canMount)('names a data folder that cannot be written', async () => {
    rung = await Rung.prepare();
    await mkdir(rung.data);
    const up = rung.up({ within: readOnly(rung.data) });
    expect(await refusalOf(up)).toMatchObject({ code: 'data-folder-read-only', exitCode: 11 });
  });

  // Full at the folder itself, at git, at the records of what was started, and at the database.
  it.skipIf(!canMount).each(['4k', '24k', '64k', '2m'])('names a disk of %s that is full', async (size) => {
    rung = await Rung.prepare();
    await mkdir(rung.data);
    const told = await refusalOf(rung.up({ within: smallDisk(rung.data, size) }));
    expect(told.detail).toMatch(/full|lay out/u);
    expect(told.code).toMatch(/^disk-full$|^postgres-not-initialised$/u);
  });

  it('works in a folder with spaces, named relative to where one stands', async () => {
    rung = await Rung.prepare({ dataName: 'a data folder' });
    const up = rung.up({ args: ['--data', './a data folder'] });
    await up.isReady;
    await rung.merge('feat: a service');
    await rung.runs('dev', '1.0.0');
    up.process.kill('SIGINT');
    expect(await up.ended).toBe(0);
  });
});

const shell = (setUp: string, data: string): readonly string[] => [
  'unshare',
  '-rm',
  'sh',
  '-c',
  `set -e; ${setUp}; shift; exec "$@"`,
  'sh',
  data,
];
const readOnly = (data: string): readonly string[] =>
  shell('mount --bind "$1" "$1"; mount -o remount,bind,ro "$1"', data);
const smallDisk = (data: string, size: string): readonly string[] =>
  shell(`mount -t tmpfs -o size=${size} small "$1"`, data);
