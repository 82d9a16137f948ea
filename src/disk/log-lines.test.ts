import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../engine/clock.ts';
import { LogLines } from './log-lines.ts';

const run = promisify(execFile);
const source = (path: string): string => JSON.stringify(join(import.meta.dirname, path));
const imports = `import { LogLines } from ${source('log-lines.ts')};
import { systemClock } from ${source('../engine/clock.ts')};
`;
const canMount = await run('unshare', ['-rm', 'true']).then(
  () => true,
  () => false,
);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rung-lines-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A program that logs; what it prints, and how it ended. */
async function program(text: string, within: readonly string[] = []): Promise<string> {
  const file = join(folder, 'program.ts');
  await writeFile(file, `${imports}${text}`);
  const [command, ...args] = [...within, process.execPath, file];
  const { stdout } = await run(command, args, { timeout: 20_000 });
  return stdout;
}

describe('the lines of a log', () => {
  it('lie in a file for the owner alone, in a folder that is made for it, in their order', async () => {
    const file = join(folder, 'logs', 'one.log');
    const log = new LogLines(file, systemClock);
    for (const line of ['one\n', 'two\n', 'three\n']) log.write(line);
    await expect.poll(() => readFile(file, 'utf8')).toBe('one\ntwo\nthree\n');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('are all there when the program ends by itself, and when it is told to', async () => {
    const file = join(folder, 'ended.log');
    const text = `const log = new LogLines(${JSON.stringify(file)}, systemClock); for (const n of [1, 2, 3]) log.write(n + '\\n');`;
    await program(text);
    expect(await readFile(file, 'utf8')).toBe('1\n2\n3\n');
    await program(`${text} setImmediate(() => { log.write('4\\n'); process.exit(); });`);
    const all = (await readFile(file, 'utf8')).trimEnd().split('\n');
    expect(all.toSorted()).toEqual(['1', '1', '2', '2', '3', '3', '4']);
  });

  it('hold no program at its end, and stop none, where the disk is full (OPS-6)', async () => {
    const text = `const log = new LogLines('/dev/full', systemClock); log.write('one\\n'); process.stdout.write('goes on');`;
    expect(await program(text)).toBe('goes on');
    expect(await program(`${text} setTimeout(() => process.exit(), 50);`)).toBe('goes on');
  });

  it('stop no program where their file cannot be opened', async () => {
    await writeFile(join(folder, 'file'), '');
    const log = new LogLines(join(folder, 'file', 'one.log'), systemClock);
    log.write('nowhere\n');
  });

  it.skipIf(!canMount)('are written again once a disk that was full is not any more', async () => {
    const file = JSON.stringify(join(folder, 'disk', 'one.log'));
    const text = `
      import { rmSync, statSync, writeFileSync } from 'node:fs';
      const filler = ${JSON.stringify(join(folder, 'disk', 'filler'))};
      const turn = () => new Promise((resolve) => setTimeout(resolve, 20));
      const log = new LogLines(${file}, systemClock);
      try { writeFileSync(filler, Buffer.alloc(5_000_000)); } catch {}
      for (let n = 0; n < 3_000; n += 1) log.write('x'.repeat(999) + '\\n');
      await turn();
      rmSync(filler);
      log.write('y'.repeat(999) + '\\n');
      for (let n = 0; n < 100; n += 1) await turn();
      console.log(statSync(${file}).size);`;
    const mount = 'mkdir "$0/disk"; mount -t tmpfs -o size=4m small "$0/disk"; exec "$@"';
    const size = Number(await program(text, ['unshare', '-rm', 'sh', '-c', mount, folder]));
    expect(size).toBeGreaterThan(900_000);
    expect(size).toBeLessThan(2_200_000);
  });

  it('go out behind each other through a pipe that is read slowly', async () => {
    const file = join(folder, 'program.ts');
    const text = `const log = new LogLines(1, systemClock); for (let n = 0; n < 500; n += 1) log.write('x'.repeat(999) + '\\n');`;
    await writeFile(file, `${imports}${text} setTimeout(() => undefined, 1_000);`);
    const child = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'] });
    let read = 0;
    for await (const chunk of child.stdout) {
      read += (chunk as Buffer).length;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(read).toBe(500_000);
  });
});
