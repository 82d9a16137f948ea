import { spawn } from 'node:child_process';
import { appendFile, cp, mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** Told as somebody works in a checkout, so each sentence needs the ones before it. */
describe('rung in a checkout', () => {
  let checkout: string;

  const built = (): Promise<string[]> => readdir(join(checkout, 'node_modules', '.cache', 'rung'));
  const version = (): Promise<{ readonly output: string; readonly complaints: string }> =>
    new Promise((done, failed) => {
      const child = spawn(process.execPath, [join(checkout, 'bin', 'rung.mjs'), 'version']);
      let [output, complaints] = ['', ''];
      child.stdout.on('data', (chunk: Buffer) => void (output += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => void (complaints += chunk.toString()));
      child.once('error', failed);
      child.once('close', () => done({ output, complaints }));
    });

  beforeAll(async () => {
    checkout = await mkdtemp(join(tmpdir(), 'rung-checkout-'));
    for (const part of ['bin', 'scripts', 'src', 'package.json', 'package-lock.json'])
      await cp(join(root, part), join(checkout, part), { recursive: true });
    const packages = join(checkout, 'node_modules');
    await mkdir(packages);
    for (const name of await readdir(join(root, 'node_modules')))
      if (name !== '.cache') await symlink(join(root, 'node_modules', name), join(packages, name));
  });
  afterAll(() => rm(checkout, { recursive: true, force: true }));

  it('is built when it is first needed, and not again as long as the sources stay', async () => {
    const { output, complaints } = await version();
    expect(output).toMatch(/^rung \d/u);
    expect(complaints).toBe('');
    const [first] = await built();
    await version();
    expect(await built()).toEqual([first]);
  });

  it('never runs what is older than its sources', async () => {
    await appendFile(join(checkout, 'src', 'main.ts'), "\nconsole.error('as it is now');\n");
    expect((await version()).complaints).toBe('as it is now\n');
    expect(await built()).toHaveLength(2);
  });

  it('names lines of its sources in a stack', async () => {
    const file = join(checkout, 'src', 'cli', 'in-process.ts');
    await appendFile(file, "\nthrow new Error('on purpose');\n");
    expect((await version()).complaints).toMatch(/src\/cli\/in-process\.ts:\d+:\d+/u);
    await cp(join(root, 'src', 'cli', 'in-process.ts'), file);
  });

  it('runs from the sources where they cannot be built, and says so', async () => {
    await rm(join(checkout, 'node_modules', 'rolldown'));
    await cp(join(root, 'src', 'main.ts'), join(checkout, 'src', 'main.ts'));
    await appendFile(join(checkout, 'src', 'main.ts'), "\nconsole.error('unbuilt');\n");
    const { output, complaints } = await version();
    expect(output).toMatch(/^rung \d/u);
    expect(complaints).toContain('Running from the sources');
    expect(complaints).toContain('unbuilt');
  });
});
