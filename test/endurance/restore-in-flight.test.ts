import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isAlive } from '../../src/supervisor/postgres-process.ts';
import type { Clients } from '../agent/traffic.ts';
import { firstInProd, inDev, promoted } from './first-release.ts';
import { canary, projectFile, projectFiles } from './project.ts';
import { Rung, until } from './rung.ts';

const slowCanary = canary.replace('for: 3s', 'for: 10m');

/** The control plane is lost with its disk, in the middle of a rollout; agents, gateways and services live on. */
describe('a control plane that is restored while its environments live on', () => {
  let rung: Rung;
  let file: string;
  let steady: Clients;

  beforeAll(async () => {
    rung = await Rung.start({
      files: { ...projectFiles(), 'rung.yaml': projectFile(slowCanary, 'manual') },
    });
    file = join(rung.folder, 'in-flight.rung-backup');
    steady = await firstInProd(rung);
    await rung.runsAlone('prod', '1.0.0');
    await inDev(rung, '1.1.0');
    await promoted(rung, '1.1.0');
    await until('clients of 1.1.0', async () => steady.count('200 1.1.0') > 0);
  }, 240_000);
  afterAll(async () => {
    await steady?.[Symbol.asyncDispose]();
    await rung?.[Symbol.asyncDispose]();
  }, 60_000);

  /** As by a disk that is gone: nobody can say goodbye. */
  async function loseControlPlane(): Promise<void> {
    const pids = Object.values(await rung.programs());
    for (const up of rung.ups) up.process.kill('SIGKILL');
    for (const pid of pids) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
    await until('all of them to be gone', async () => !pids.some(isAlive));
    for (const name of ['postgres', 'control', 'artifacts', 'repository.git', 'builder', 'logs', 'run'])
      await rm(join(rung.data, name), { recursive: true, force: true, maxRetries: 10 });
  }

  it('takes a backup in the middle of the canary, and the canary is aborted afterwards', async () => {
    const made = await rung.cli('backup', file);
    expect(made).toMatchObject({ code: 0 });
    expect((await rung.cli('abort', 'prod', '--reason', 'it looks wrong', '--yes')).output).toContain(
      '1.1.0',
    );
    await rung.runsAlone('prod', '1.0.0');
    await until('an agent that vouches for it', async () => {
      const head = await readFile(join(rung.data, 'environments', 'prod', 'audit-head.json'), 'utf8');
      return (JSON.parse(head) as { position: number }).position >= (await rung.events('prod')).length;
    });
  });

  it('never exposes again what was taken back after the backup', async () => {
    await loseControlPlane();
    steady.answers.clear();
    const restored = await rung.cli('restore', file, '--json');
    expect(restored).toMatchObject({ code: 0 });
    expect(JSON.parse(restored.output)).toMatchObject({ held: 1, hasKeys: true });
    await rung.up().isReady;
    const events = await until('prod to be taken up', async () => {
      const all = await rung.events('prod');
      return all.some(({ kind }) => kind === 'environment.taken-up') ? all : null;
    });
    expect(events.map(({ kind }) => kind)).toContain('rollout.held');
    await rung.runsAlone('prod', '1.0.0');
    await rung.runs('prod', '1.0.0');
    expect(steady.failures).toBe(0);
    expect([...steady.answers.keys()]).toEqual(['200 1.0.0']);
  });

  it('promotes again what people ask for again', async () => {
    const lifted = await rung.cli('release', 'lift-mark', '1.1.0', '--reason', 'the disk was at fault');
    expect(lifted).toMatchObject({ code: 0 });
    await promoted(rung, '1.1.0');
    await until('clients of 1.1.0', async () => steady.count('200 1.1.0') > 0);
    expect(steady.failures).toBe(0);
  });
});
