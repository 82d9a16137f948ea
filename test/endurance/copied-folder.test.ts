import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectFile, projectFiles } from './project.ts';
import { Rung } from './rung.ts';

const run = promisify(execFile);

/** One identity in two folders: they must never both act. */
describe('a data folder that is copied', () => {
  let rung: Rung;
  let copy: string;

  beforeAll(async () => {
    rung = await Rung.start({ files: { ...projectFiles(), 'rung.yaml': projectFile('', 'manual') } });
    copy = join(rung.folder, 'c');
    await rung.merge('feat: a service');
    await rung.runs('dev', '1.0.0');
  }, 180_000);
  afterAll(async () => {
    await rung?.typed(['down', '--data', copy]);
    await rung?.[Symbol.asyncDispose]();
  }, 60_000);

  /** Sockets cannot be copied, and are no loss. */
  const copied = async (): Promise<void> => {
    await run('rm', ['-rf', copy]);
    await run('cp', ['-a', rung.data, copy]).catch(() => undefined);
  };

  it('while Rung runs from it is refused by name, and the original does not notice', async () => {
    await copied();
    const before = await rung.programs();
    const up = rung.up({ args: ['--data', copy] });
    await up.ended;
    expect(up.said).toContain('"data-folder-copied"');
    const down = await rung.typed(['down', '--data', copy, '--json']);
    expect(down.output).toContain('"data-folder-copied"');
    expect(await rung.programs()).toEqual(before);
    await rung.runs('dev', '1.0.0');
  });

  it('while nothing ran from it goes on as the original would have', async () => {
    expect((await rung.cli('down')).code).toBe(0);
    await copied();
    const up = rung.up({ args: ['--data', copy] });
    await up.isReady;
    const status = await rung.typed(['status', '--json', '--data', copy]);
    expect(status.output).toContain('1.0.0');
    expect((await rung.typed(['down', '--data', copy])).code).toBe(0);
  });
});
