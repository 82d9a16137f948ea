import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { exitCodeOf } from '../../src/domain/failure.ts';
import { temporaryFolder } from './terminal.ts';

const run = promisify(execFile);
const entry = join(import.meta.dirname, 'entry.ts');

/** A folder with a program named `rung` in it. */
async function installed(): Promise<string> {
  const folder = join(await temporaryFolder(), 'bin');
  await mkdir(folder);
  const program = join(folder, 'rung');
  await writeFile(program, `#!/bin/sh\nexec '${process.execPath}' '${entry}' "$@"\n`);
  await chmod(program, 0o755);
  return folder;
}

describe('rung as a process', () => {
  it('prints its version and exits with 0', async () => {
    const { stdout } = await run(process.execPath, [entry, 'version']);
    expect(stdout).toBe('rung 1.2.3\n');
  });

  it.skipIf(!existsSync('/dev/full'))('names a disk that is full where its output goes', async () => {
    const typed = run('sh', ['-c', `'${process.execPath}' '${entry}' version > /dev/full`]);
    const { code, stderr } = await typed.then(
      () => ({ code: 0, stderr: '' }),
      (thrown: { code: number; stderr: string }) => thrown,
    );
    expect(code).toBe(exitCodeOf('unavailable'));
    expect(stderr).toContain('The disk that the output goes to is full.');
    expect(stderr).not.toContain(' at ');
  });

  it('stops in good order on Ctrl-C', async () => {
    const child = spawn(process.execPath, [entry, 'up'], { stdio: ['ignore', 'pipe', 'pipe'] });
    await once(child.stdout, 'data');
    child.kill('SIGINT');
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(16);
  });

  it('loads no verb to print its help, and one verb to run it', async () => {
    const loaded = async (...argv: readonly string[]): Promise<string> => {
      const env = { ...process.env, NODE_DEBUG: 'esm' };
      return (await run(process.execPath, [entry, ...argv], { env, maxBuffer: 64 * 1024 * 1024 })).stderr;
    };
    expect(await loaded('--help')).not.toContain('/cli/verbs/');
    const verbs = new Set((await loaded('explain', 'plan-changed')).match(/\/cli\/verbs\/[\w-]+\.ts/gu));
    expect([...verbs]).toEqual(['/cli/verbs/explain.ts']);
  });

  it('completes commands and flags in bash', async () => {
    const folder = await installed();
    const script = [
      'source <(rung completion bash)',
      'COMP_WORDS=(rung rel); COMP_CWORD=1; _rung; echo "${COMPREPLY[@]}"',
      'COMP_WORDS=(rung promote --w); COMP_CWORD=2; _rung; echo "${COMPREPLY[@]}"',
      'COMP_WORDS=(rung completion ""); COMP_CWORD=2; _rung; echo "${COMPREPLY[@]}"',
      'complete -p rung',
    ].join('\n');
    const env = { ...process.env, PATH: `${folder}:${process.env['PATH'] ?? ''}` };
    const { stdout } = await run('bash', ['-c', script], { env, cwd: folder });
    expect(stdout.split('\n')).toEqual([
      'release',
      '--watch',
      'bash zsh fish',
      'complete -o default -F _rung rung',
      '',
    ]);
  });
});
