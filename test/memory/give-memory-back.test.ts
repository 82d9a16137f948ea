import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';

/** The second comes 8 s after the first, when what was busy is long over. */
const mostLooks = 4;

it('gives memory back to the machine once it is quiet', async () => {
  const program = join(import.meta.dirname, 'busy-then-quiet.ts');
  const child = spawn(
    process.execPath,
    ['--trace-memory-reducer', '--gc-memory-reducer-start-delay-ms=2000', program],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const looks: string[] = [];
  try {
    for await (const line of createInterface(child.stdout)) {
      const seen = /Memory reducer: (high|low) alloc/u.exec(line)?.[1];
      if (seen !== undefined) looks.push(seen);
      if (seen === 'low' || looks.length === mostLooks) break;
    }
  } finally {
    child.kill('SIGKILL');
  }
  expect(looks.at(-1)).toBe('low');
});
