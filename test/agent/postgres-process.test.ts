import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { systemClock } from '../../src/engine/clock.ts';
import { endProcess, noticeGone } from '../../src/supervisor/postgres-process.ts';

it.runIf(process.platform === 'linux')(
  'is noticed to be gone where nobody takes note of its end, as in a container (OPS-6)',
  async () => {
    // The shell becomes a program that knows nothing of its child.
    const careless = spawn('sh', ['-c', 'sleep 0.2 & echo $!; exec sleep 60'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const pid = Number(String((await once(careless.stdout, 'data'))[0]));
      await noticeGone(pid, systemClock);
      expect(await readFile(`/proc/${pid}/stat`, 'utf8')).toContain(') Z ');
      await endProcess(pid, systemClock);
    } finally {
      careless.kill('SIGKILL');
    }
  },
  10_000,
);
