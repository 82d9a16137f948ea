import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

describe('what npm start runs', () => {
  let wrapper: ChildProcessByStdio<Writable, Readable, null>;
  let lines: AsyncIterator<string>;

  const nextLine = async (): Promise<string> => String((await lines.next()).value);

  beforeEach(async () => {
    const program = join(import.meta.dirname, 'wrapped.mjs');
    wrapper = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'] });
    lines = createInterface({ input: wrapper.stdout })[Symbol.asyncIterator]();
    expect(await nextLine()).toBe('ready');
  });

  afterEach(async () => {
    const exited = once(wrapper, 'exit');
    if (wrapper.exitCode !== null) return;
    wrapper.stdin.write('end\n');
    await exited;
  });

  it('gets a Ctrl-C once, though both the terminal and npm pass it on', async () => {
    wrapper.kill('SIGINT');
    wrapper.kill('SIGINT');
    expect(await nextLine()).toBe('SIGINT');
    wrapper.kill('SIGTERM');
    expect(await nextLine()).toBe('SIGTERM');
  });

  it('is told when the terminal is closed', async () => {
    wrapper.kill('SIGHUP');
    expect(await nextLine()).toBe('SIGHUP');
  });

  it('is waited for, and gives its exit code', async () => {
    wrapper.kill('SIGINT');
    expect(await nextLine()).toBe('SIGINT');
    expect(wrapper.exitCode).toBeNull();
    const exited = once(wrapper, 'exit');
    wrapper.stdin.write('end\n');
    expect(await exited).toEqual([7, null]);
  });
});
