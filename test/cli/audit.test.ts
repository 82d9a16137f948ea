import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readFile, stat } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { sealedExport } from '../kit/audit.ts';
import { sampleClient } from './sample-client.ts';
import { temporaryFolder, typed } from './terminal.ts';

/** An export of twelve events, nine of them countersigned, with its heads and keys as files. */
async function files(
  change: (lines: readonly string[]) => readonly string[] = (lines) => lines,
): Promise<string> {
  const folder = await temporaryFolder();
  const { lines, pinned, heads } = sealedExport(12, 9);
  const { controlPlane, agents } = pinned;
  await writeFile(join(folder, 'export.jsonl'), `${change(lines).join('\n')}\n`);
  await writeFile(join(folder, 'heads.jsonl'), heads.map((head) => `${JSON.stringify(head)}\n`).join(''));
  await writeFile(join(folder, 'rung.keys.yaml'), JSON.stringify({ 'control-plane': controlPlane, agents }));
  return folder;
}

const verify = (cwd: string, ...more: readonly string[]) =>
  typed(['audit', 'verify', 'export.jsonl', '--heads', 'heads.jsonl', ...more], { cwd, env: {} });

describe('rung audit verify', () => {
  it('proves an export unaltered offline, and says what no agent vouches for yet', async () => {
    const { exitCode, stdout, stderr } = await verify(await files());
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toMatchInlineSnapshot(`
      "✓ unaltered  export.jsonl: 12 events, to position 12
        agents vouch for it to position 9 (1 head given), the control plane to 12
        ! positions 10 to 12 are not covered: no agent has countersigned them, so the control plane could still change them
      "
    `);
  });

  it('names the line and position of a row that was changed', async () => {
    const cwd = await files((lines) =>
      lines.map((line, index) => (index === 4 ? line.replace('event 4', 'event 5') : line)),
    );
    const { exitCode, stdout, stderr } = await verify(cwd);
    expect(exitCode).toBe(13);
    expect(stdout).toContain('✗ altered');
    expect(stdout).toContain('export.jsonl:5, position 4');
    expect(stderr).toContain('export.jsonl is not what was written.');
  });

  it('finds a tail that was cut off', async () => {
    const { exitCode, stdout } = await verify(await files((lines) => lines.slice(0, 7)), '--json');
    expect(exitCode).toBe(13);
    expect(JSON.parse(stdout)).toMatchObject({ unaltered: false, findings: [{ code: 'tail-cut-off' }] });
  });

  it('says which file is missing or is no such file', async () => {
    const cwd = await files();
    await writeFile(join(cwd, 'bad.yaml'), 'control-plane: [short]');
    expect((await verify(cwd, '--keys', 'absent.yaml')).exitCode).toBe(12);
    expect((await verify(cwd, '--keys', 'bad.yaml')).stderr).toContain('bad.yaml does not hold pinned keys.');
    expect((await typed(['audit', 'verify', 'none', '--heads', 'heads.jsonl'], { cwd })).exitCode).toBe(12);
  });
});

describe('rung audit export', () => {
  it('writes a file that nobody else can read, all at once', async () => {
    const cwd = await temporaryFolder();
    const { exitCode } = await typed(['audit', 'export', '--output', 'log.jsonl'], { cwd });
    expect(exitCode).toBe(0);
    expect(await readFile(join(cwd, 'log.jsonl'), 'utf8')).toBe('{"rungAudit":1}\n');
    expect((await stat(join(cwd, 'log.jsonl'))).mode & 0o777).toBe(0o600);
  });

  it('leaves the file that was there as it was when the export breaks off', async () => {
    const cwd = await temporaryFolder();
    await writeFile(join(cwd, 'log.jsonl'), 'the one before');
    const client = sampleClient({
      auditExport: async function* () {
        yield new Uint8Array([123]);
        throw new Error('cut');
      },
    });
    expect((await typed(['audit', 'export', '-o', 'log.jsonl'], { cwd, client })).exitCode).not.toBe(0);
    expect(await readFile(join(cwd, 'log.jsonl'), 'utf8')).toBe('the one before');
  });
});
