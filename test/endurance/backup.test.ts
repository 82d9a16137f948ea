import { readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectFile, projectFiles } from './project.ts';
import { Rung, until } from './rung.ts';

/** One life of one data folder, backed up while it runs, and lost. */
describe('a backup of the control plane', () => {
  let rung: Rung;
  let file: string;

  beforeAll(async () => {
    rung = await Rung.start({ files: { ...projectFiles(), 'rung.yaml': projectFile('', 'manual') } });
    file = join(rung.folder, 'monday.rung-backup');
    await rung.merge('feat: a service');
    await rung.runs('dev', '1.0.0');
    expect((await rung.cli('promote', '1.0.0', '--to', 'prod')).code).toBe(0);
    await rung.runs('prod', '1.0.0');
  }, 180_000);
  afterAll(async () => {
    await rung?.[Symbol.asyncDispose]();
  }, 60_000);

  const logOf = async (name: string): Promise<readonly string[]> => {
    const exported = join(rung.folder, name);
    expect((await rung.cli('audit', 'export', '--output', exported)).code).toBe(0);
    const [, ...rows] = (await readFile(exported, 'utf8')).trimEnd().split('\n');
    return rows;
  };

  it('is made while everything runs, for its owner alone, and never over another file', async () => {
    const made = await rung.cli('backup', file);
    expect(made).toMatchObject({ code: 0 });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(`${file}.key`)).mode & 0o777).toBe(0o600);
    const again = await rung.cli('backup', file, '--json');
    expect(JSON.parse(again.output)).toMatchObject({ code: 'backup-file-taken' });
    const text = await readFile(file, 'latin1');
    const { privateKey } = JSON.parse(await readFile(join(rung.data, 'control', 'key.json'), 'utf8')) as {
      privateKey: string;
    };
    expect(text).not.toContain(privateKey);
    expect(text).not.toContain(await rung.token());
  });

  it('is refused where a control plane is already, and where a byte of it was changed', async () => {
    const taken = await rung.cli('restore', file, '--json');
    expect(JSON.parse(taken.output)).toMatchObject({ code: 'already-running' });
    const bytes = await readFile(file);
    bytes[Math.floor(bytes.byteLength / 2)] = (bytes[Math.floor(bytes.byteLength / 2)] ?? 0) ^ 1;
    const altered = join(rung.folder, 'altered.rung-backup');
    await writeFile(altered, bytes, { mode: 0o600 });
    const elsewhere = join(rung.folder, 'x');
    const options = ['--key', `${file}.key`, '--data', elsewhere, '--json'];
    const refused = await rung.typed(['restore', altered, ...options]);
    expect(JSON.parse(refused.output)).toMatchObject({ code: 'backup-damaged' });
    await expect(stat(elsewhere)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('brings the control plane back with its log and its keys, though all of its folder was lost', async () => {
    const before = await logOf('before.jsonl');
    expect((await rung.cli('down')).code).toBe(0);
    await rename(rung.data, `${rung.data}-lost`);
    const restored = await rung.cli('restore', file);
    expect(restored).toMatchObject({ code: 0 });
    await rung.up().isReady;
    await rung.runs('prod', '1.0.0');
    await rung.runs('dev', '1.0.0');
    const after = await logOf('after.jsonl');
    const at = after.findIndex((row) => row.includes('"kind":"control-plane.restored"'));
    expect(at).toBeGreaterThan(0);
    expect(after.slice(0, at)).toEqual(before.slice(0, at));
  });

  it('leaves a log that is proved unaltered, and agents that vouch for it again', async () => {
    const heads = join(rung.folder, 'heads.jsonl');
    const log = join(rung.folder, 'log.jsonl');
    await until('agents that vouch for the restored log', async () => {
      const positions = async (): Promise<readonly number[]> => {
        expect((await rung.cli('audit', 'heads', '--output', heads)).code).toBe(0);
        const lines = (await readFile(heads, 'utf8')).trimEnd().split('\n');
        return lines.map((line) => (JSON.parse(line) as { position: number }).position);
      };
      const rows = await logOf('log.jsonl');
      const at = rows.findIndex((row) => row.includes('"kind":"control-plane.restored"'));
      return (await positions()).every((position) => position > at);
    });
    const verified = await rung.verify(log, heads);
    expect(verified).toMatchObject({ code: 0 });
  });
});
