import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/engine/clock.ts';
import type { Clients } from '../agent/traffic.ts';
import { FakeClock, findFakeTime } from './fake-clock.ts';
import { firstInProd, inDev, promoted } from './first-release.ts';
import { canary, projectFile, projectFiles } from './project.ts';
import { Rung, until } from './rung.ts';

const run = promisify(execFile);
const hourMs = 3_600_000;
/** A quarter of an hour is nothing beside a whole one, and a busy machine is never so slow. */
const isAbout = (one: number, other: number): boolean => Math.abs(one - other) < hourMs / 4;
const library = await findFakeTime();
const needs = library === null ? ' (needs libfaketime: apt install libfaketime)' : '';

/** One life of one data folder: each rollout finds what the one before it left in prod. */
describe.skipIf(library === null)(`clocks that are wrong, of real programs${needs}`, () => {
  let rung: Rung;
  let steady: Clients;
  let ofControlPlane: FakeClock;
  let ofAgent: FakeClock;

  beforeAll(async () => {
    rung = await Rung.start({ files: { ...projectFiles(), 'rung.yaml': projectFile(canary, 'manual') } });
    steady = await firstInProd(rung);
    await told('1.0.0', 'promotion.succeeded');
    // Everything but the supervisor outlives it; from here on the test starts programs again.
    rung.ups[0]?.process.kill('SIGKILL');
    await rung.ups[0]?.ended;
    ofControlPlane = new FakeClock(rung, 'control-plane', library ?? '');
    ofAgent = new FakeClock(rung, 'agent-prod', library ?? '');
    await ofAgent.setAheadMs(0);
    await ofAgent.startAgain(rung, 'agent-prod', (await rung.inner())['prod/room']);
  }, 180_000);
  afterAll(async () => {
    await steady?.[Symbol.asyncDispose]();
    await rung?.[Symbol.asyncDispose]();
  }, 60_000);

  const told = (version: string, kind: string) =>
    until(`${kind} of ${version}`, async () =>
      (await rung.events('prod')).find((one) => one.kind === kind && one.message.includes(version)),
    );

  async function inCanary(version: string): Promise<void> {
    await inDev(rung, version);
    await promoted(rung, version);
    await until(`clients of ${version}`, async () => steady.count(`200 ${version}`) > 0);
  }

  /** Through every step to its end, with nothing on the way that only a clock could have done. */
  async function wentThrough(version: string): Promise<void> {
    await told(version, 'promotion.succeeded');
    await rung.runs('prod', version);
    const kinds = (await rung.events('prod'))
      .filter(({ message }) => message.includes(version))
      .map(({ kind }) => kind);
    expect(kinds).not.toContain('rollout.held');
    expect(kinds).not.toContain('rollout.taken-back');
    expect(kinds.filter((kind) => kind === 'promotion.succeeded')).toHaveLength(1);
    expect(steady.failures).toBe(0);
  }

  async function exposedMs(version: string): Promise<number> {
    const events = (await rung.events('prod')).filter(({ message }) => message.includes(version));
    const at = (words: RegExp): number => events.find(({ message }) => words.test(message))?.at ?? Number.NaN;
    return at(/100 %/u) - at(/canary takes 50 %/u);
  }

  it.each([
    ['an hour ahead', hourMs, '1.1.0'],
    ['an hour behind', -hourMs, '1.2.0'],
  ] as const)(
    'a control plane whose clock is %s judges by what was measured, and nothing else',
    async (_what, aheadMs, version) => {
      await ofControlPlane.setAheadMs(aheadMs);
      await ofControlPlane.startAgain(rung, 'control-plane');
      const { now } = await until('the board', () => rung.board());
      expect(isAbout(now, systemClock.now() + aheadMs)).toBe(true);
      await inCanary(version);
      await wentThrough(version);
      expect(await exposedMs(version)).toBeGreaterThanOrEqual(3000);
    },
  );

  it.each([
    ['forward', hourMs, '1.3.0'],
    ['back, and an hour more', -hourMs, '1.4.0'],
  ] as const)(
    'an agent whose clock jumps an hour %s in the middle of a canary goes on as it was',
    async (_what, aheadMs, version) => {
      await inCanary(version);
      await ofAgent.setAheadMs(aheadMs);
      await wentThrough(version);
      expect(await exposedMs(version)).toBeGreaterThanOrEqual(3000);
      await until(`${version} in the branch of prod, at the agent's time`, async () => {
        const { stdout } = await run('git', ['log', '-1', '--format=%ct', 'rung/prod'], {
          cwd: join(rung.data, 'repository.git'),
        });
        return isAbout(Number(stdout) * 1000, systemClock.now() + aheadMs);
      });
    },
  );
});
