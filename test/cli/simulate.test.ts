import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Played, Simulator } from '../../src/simulate/index.ts';
import { createSimulator } from '../../src/simulate/index.ts';
import { temporaryFolder, typed } from './terminal.ts';

const rungYaml = `
rung: 1
project: access
roles: { leads: { members: [ada@example.org] } }
services: { web: { path: web, run: [node, server.js], health: /healthz } }
environments: { dev: { tier: development, source: develop }, test: { tier: testing } }
pipelines: { main: [{ environment: dev }, { environment: test }] }
`;

/** A folder with one scenario, and a simulator that calls before each run. */
async function scene(beforeRun: (run: number) => void) {
  const cwd = await temporaryFolder();
  await writeFile(join(cwd, 'rung.yaml'), rungYaml);
  await writeFile(join(cwd, 'good.yaml'), 'scenario: 1\ntitle: All is well\nto: test\nexpect: succeeded\n');
  const real = createSimulator(new TextEncoder().encode(rungYaml), 'rung.yaml');
  let run = 0;
  const watched: Simulator = {
    ...real,
    read: (bytes, name) => {
      const play = real.read(bytes, name);
      return async (seed?: number): Promise<Played> => {
        run += 1;
        beforeRun(run);
        return play(seed);
      };
    },
  };
  return { cwd, programs: { simulator: async () => watched } };
}

const series = ['simulate', 'good.yaml', '--runs', '3'];

describe('rung simulate --runs', () => {
  it('says on a terminal how far it is, on a line that is gone at the end', async () => {
    const { stdout, stderr, exitCode } = await typed(series, { ...(await scene(() => {})), tty: true });
    expect(stderr).toMatch(/good\.yaml: 0 of 3 played/u);
    expect(stderr.endsWith('\r\u001B[K')).toBe(true);
    expect(stdout).toContain('3 of 3 runs ended as expected.');
    expect(exitCode).toBe(0);
  });

  it('says nothing of it into a pipe, nor to a program', async () => {
    const piped = await typed(series, await scene(() => {}));
    const asJson = await typed([...series, '--json'], { ...(await scene(() => {})), tty: true });
    expect([piped.stderr, asJson.stderr]).toEqual(['', '']);
    expect(JSON.parse(asJson.stdout)).toMatchObject({ runs: 3, scenarios: [{ runs: 3, held: 3 }] });
  });

  it('shows what is done when somebody stops it', async () => {
    const ending = new AbortController();
    const inputs = await scene((run) => {
      if (run === 2) ending.abort();
    });
    const { stdout, exitCode } = await typed(series, { ...inputs, signal: ending.signal });
    expect(stdout).toContain('Stopped after 2 runs of 3:');
    expect(stdout).toContain('2 of 2 runs ended as expected.');
    expect(exitCode).toBe(16);
  });
});
