import { runCliInProcess } from '../../src/cli/in-process.ts';
import type { Programs } from '../../src/cli/programs.ts';
import { once } from 'node:events';

/** What only the whole product has; here `up` waits for Ctrl-C and nothing else exists. */
const programs = {
  version: '1.2.3',
  up: async ({ stdout, signal }) => {
    const stopped = once(signal, 'abort');
    stdout.write('up\n');
    await stopped;
    signal.throwIfAborted();
  },
} satisfies Partial<Programs>;

const stillAlive = setInterval(() => {}, 60_000);
await runCliInProcess(programs as Partial<Programs> as Programs, () => {
  throw new Error('No control plane in this test.');
});
clearInterval(stillAlive);
