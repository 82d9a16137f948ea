import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/engine/clock.ts';
import type { BoardView } from '../../src/lifecycle/views.ts';
import { processesOf, type Started, startedIn, typed } from './folder.ts';

const root = join(import.meta.dirname, '../..');

/** Told as a user lives it, so each sentence needs the ones before it. */
describe('Rung as a package, in an empty folder', () => {
  let place: string;
  let tarball: string;
  let folder: string;
  let data: string;
  let up: Started | undefined;

  const rung = (...args: string[]): Promise<string> => typed(folder, 'npx', '--no-install', 'rung', ...args);
  const status = async (): Promise<BoardView> =>
    JSON.parse(await rung('status', '--json', '--data', data)) as BoardView;

  beforeAll(async () => {
    place = await mkdtemp(join(tmpdir(), 'rung-package-'));
    folder = join(place, 'my-shop');
    data = join(place, 'data');
    await mkdir(folder);
  });

  afterAll(async () => {
    if (up?.process.exitCode === null) await rung('down', '--data', data);
    await rm(place, { recursive: true, force: true });
  });

  it('is packed with programs and the board, and with no source or test', async () => {
    await typed(root, 'npm', 'pack', '--loglevel=error', '--pack-destination', place);
    tarball = join(place, (await readdir(place)).find((one) => one.endsWith('.tgz')) ?? 'missing');
    const files = (await typed(place, 'tar', '--list', '--file', tarball)).trim().split('\n');
    expect(files).toEqual(
      expect.arrayContaining(
        ['package.json', 'LICENSE', 'bin/rung.mjs', 'schemas/rung.schema.json', 'dist/main.js'].map(
          (file) => `package/${file}`,
        ),
      ),
    );
    expect(files).toContain('package/dist/web/dist/index.html');
    expect(files.filter((file) => /\.tsx?$|\.(?:test|kit)\./u.test(file))).toEqual([]);
  });

  it('is installed by npm, and says its version', async () => {
    await typed(folder, 'npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', tarball);
    expect(await rung('version')).toMatch(/^rung \d+\.\d+\.\d+\n$/u);
  });

  it('runs on its own Node 24 when the machine’s is older', async () => {
    const launcher = join(folder, 'node_modules', '@rung', 'rung', 'bin', 'rung.mjs');
    const { node } = JSON.parse(await typed(folder, 'node', launcher, 'version', '--json')) as {
      readonly node: string;
    };
    expect(Number(node.split('.')[0])).toBeGreaterThanOrEqual(24);
  });

  it('finds the services of the user’s own repository, and writes a project file that is right', async () => {
    await cp(join(import.meta.dirname, 'shop'), join(folder, 'shop'), { recursive: true });
    await writeFile(join(folder, '.gitignore'), 'node_modules/\n');
    await typed(folder, 'git', 'init', '--quiet', '--initial-branch=develop', '.');
    await typed(folder, 'git', 'config', 'user.name', 'Ada');
    await typed(folder, 'git', 'config', 'user.email', 'ada@example.org');
    expect(await rung('init')).toContain('found shop/package.json');
    expect(await rung('check')).toContain('rung.yaml is right: 1 service');
    await typed(folder, 'git', 'add', '--all');
    await typed(folder, 'git', 'commit', '--quiet', '--message', 'feat: open the shop');
  });

  it('starts everything, the board included', async () => {
    up = await startedIn(folder, 'npx', '--no-install', 'rung', 'up', '--json', '--data', data);
    const { url } = JSON.parse(up.firstLine) as { readonly url: string };
    const page = await fetch(url);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('<title>');
  });

  it('builds and deploys what is pushed', async () => {
    await typed(folder, 'git', 'push', '--quiet', join(data, 'repository.git'), 'HEAD:develop');
    let dev = await devOf(status);
    while (dev.health !== 'healthy' || dev.release === null) {
      await systemClock.sleep(250);
      dev = await devOf(status);
    }
    expect(dev.release.version).toBe('1.0.0');
    const [service] = dev.services;
    expect(await (await fetch(service?.url ?? '')).text()).toBe('hello from the shop');
  });

  it('ends all of it at one word', async () => {
    expect(await rung('down', '--data', data)).toContain('Stopped');
    expect(await up?.exited).toBe(0);
    expect(await processesOf(data)).toEqual([]);
  });
});

async function devOf(status: () => Promise<BoardView>) {
  const dev = (await status()).environments.find(({ name }) => name === 'dev');
  if (dev === undefined) throw new Error('the board shows no dev');
  return dev;
}
