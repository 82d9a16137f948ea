import { rm, writeFile } from 'node:fs/promises';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { habit, projectFile, projectFiles } from './project.ts';
import { Clients } from '../agent/traffic.ts';
import { Rung, until } from './rung.ts';

const run = promisify(execFile);
const sizeMb = 160;
const mayMount = await run('unshare', ['--user', '--map-root-user', '--mount', 'true']).then(
  () => true,
  () => false,
);

/** The database alone lies on a small disk of its own; seen from outside by way of the supervisor's own root. */
describe.skipIf(!mayMount)('a database whose disk is full (OPS-6)', () => {
  let rung: Rung;
  let steady: Clients;
  let filler: string;

  beforeAll(async () => {
    rung = await Rung.prepare({ files: { ...projectFiles(), 'rung.yaml': projectFile('', 'manual') } });
    const folder = join(rung.data, 'postgres');
    const mount = `mkdir -p ${folder} && mount -t tmpfs -o size=${sizeMb}m,mode=700 tmpfs ${folder} && exec "$@"`;
    const within = ['unshare', '--user', '--map-root-user', '--mount', 'sh', '-c', mount, 'sh'];
    const up = rung.up({ within });
    await up.isReady;
    filler = join('/proc', String(up.process.pid), 'root', folder, 'filler');
    await rung.merge('feat: a service');
    await rung.runs('dev', '1.0.0');
    expect((await rung.cli('promote', '1.0.0', '--to', 'prod')).code).toBe(0);
    await rung.runs('prod', '1.0.0');
    steady = new Clients(await rung.urlOf('prod'), 2);
  }, 180_000);
  afterAll(async () => {
    await rm(filler, { force: true }).catch(() => undefined);
    await steady?.[Symbol.asyncDispose]();
    await rung?.[Symbol.asyncDispose]();
  }, 60_000);

  /** Until not a byte fits any more. */
  async function fill(): Promise<void> {
    const piece = Buffer.alloc(64 * 1024);
    for (;;) {
      const isFull = await writeFile(filler, piece, { flag: 'a' }).then(
        () => false,
        (thrown: unknown) => (thrown as NodeJS.ErrnoException).code === 'ENOSPC',
      );
      if (isFull) return;
    }
  }

  it('says so by name, and everybody is served on', async () => {
    await fill();
    await rung.write({ 'web/habit.json': habit('1.1.0') });
    await rung.merge('feat: another one');
    await until('the control plane to name it', async () =>
      /"code":"(?:database-full|database-away|database-silent)"/u.test(await rung.log('control-plane')),
    );
    expect(steady.failures).toBe(0);
  });

  it('goes on by itself when there is space again, and has lost nothing', async () => {
    await rm(filler);
    await rung.runs('dev', '1.1.0');
    const [heads, log] = [join(rung.folder, 'heads.jsonl'), join(rung.folder, 'log.jsonl')];
    await until('a log that is proved', async () => {
      await rung.cli('audit', 'heads', '--output', heads);
      await rung.cli('audit', 'export', '--output', log);
      return (await rung.verify(log, heads)).code === 0;
    });
    expect(steady.failures).toBe(0);
  });
});
