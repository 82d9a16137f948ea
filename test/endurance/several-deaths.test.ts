import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/engine/clock.ts';
import type { Clients } from '../agent/traffic.ts';
import { firstInProd, inDev, promoted } from './first-release.ts';
import { canary, projectFile, projectFiles } from './project.ts';
import { Rung, until } from './rung.ts';

/** One life of one data folder. */
describe('several that die in the same moment (OPS-6)', () => {
  let rung: Rung;
  let steady: Clients;

  beforeAll(async () => {
    rung = await Rung.start({ files: { ...projectFiles(), 'rung.yaml': projectFile(canary, 'manual') } });
    steady = await firstInProd(rung);
    await rung.runsAlone('prod', '1.0.0');
    await until('answers', async () => steady.count('200 1.0.0') > 50);
  }, 180_000);
  afterAll(async () => {
    await steady?.[Symbol.asyncDispose]();
    await rung?.[Symbol.asyncDispose]();
  }, 60_000);

  const good = (): number =>
    [...steady.answers].reduce((sum, [answer, count]) => sum + (answer.startsWith('200 ') ? count : 0), 0);

  /** Some are lost; then all are answered, hundreds in a row. */
  async function servedAgain(): Promise<void> {
    await until('answers in a row', async () => {
      const [lost, answered] = [steady.failures, good()];
      await until('more of them', async () => good() > answered + 200 || steady.failures > lost);
      return steady.failures === lost;
    });
  }

  async function inProd(...names: readonly string[]): Promise<readonly number[]> {
    const all = { ...(await rung.instances()), ...(await rung.inner()) };
    const gateway = await rung.gatewayPid('prod');
    const pids = Object.entries(all).filter(([name]) => names.some((one) => name.startsWith(`prod/${one}`)));
    // One that was started just before its keeper was killed has a record of its own, too.
    return [...new Set([...(gateway === undefined ? [] : [gateway]), ...pids.map(([, pid]) => pid)])];
  }

  it.each([
    ['the gateway and the only instance', ['web-'], 2],
    ['the gateway, its keeper and the only instance', ['web-', 'gateway'], 3],
    ['the gateway, its keeper, the room and the only instance', ['web-', 'gateway', 'room'], 4],
  ] as const)('%s: all of it comes back by itself, with the version that served', async (_, names, count) => {
    const pids = await inProd(...names);
    expect(pids).toHaveLength(count);
    const startedMs = systemClock.monotonicMs();
    const before = good();
    for (const pid of pids) process.kill(pid, 'SIGKILL');
    await until('the first answer', async () => good() > before + 2);
    process.stdout.write(
      `served again ${(systemClock.monotonicMs() - startedMs).toFixed(0)} ms after ${count} died\n`,
    );
    await servedAgain();
    await rung.runs('prod', '1.0.0');
    expect([...steady.answers.keys()].filter((answer) => answer.startsWith('200'))).toEqual(['200 1.0.0']);
  });

  it('everything, in the middle of a canary: the next start goes on, under requests, and it ends right', async () => {
    await inDev(rung, '1.1.0');
    await promoted(rung, '1.1.0');
    await until('clients of it', async () => steady.count('200 1.1.0') > 0);
    const told = await exported('before.jsonl');
    await rung.killEverything();
    expect(await rung.leftovers()).toEqual([]);
    await rung.up().isReady;
    await servedAgain();
    await rung.runsAloneResumed('prod', '1.1.0', 'the power was gone, the release is well');
    await servedAgain();
    const now = await exported('after.jsonl');
    expect(told.filter((row) => !now.includes(row))).toEqual([]);
    for (const kind of ['promotion.started', 'promotion.succeeded'])
      expect(
        (await rung.events('prod')).filter((one) => one.kind === kind && one.message.includes('1.1.0')),
      ).toHaveLength(1);
  }, 300_000);

  async function exported(name: string): Promise<readonly string[]> {
    const file = join(rung.folder, name);
    expect((await rung.cli('audit', 'export', '--output', file)).code).toBe(0);
    const [, ...rows] = (await readFile(file, 'utf8')).trimEnd().split('\n');
    return rows;
  }
});
