import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerOf } from '../../src/client/index.ts';
import { systemClock } from '../../src/engine/clock.ts';
import type { Clients } from '../agent/traffic.ts';
import { OwnDatabase } from './own-database.ts';
import { firstInProd, inDev, promoted } from './first-release.ts';
import { canary, projectFile, projectFiles } from './project.ts';
import type { Refusal } from './refusal.ts';
import { Rung, until } from './rung.ts';

const awayMs = 20_000;
const named = /^database-(?:away|silent)$/u;

/** One life of one data folder: each outage finds a canary under way, and leaves its new version in prod. */
describe('a database that is away in the middle of a canary (OPS-6)', () => {
  let own: OwnDatabase;
  let rung: Rung;
  let steady: Clients;

  beforeAll(async () => {
    own = await OwnDatabase.start();
    rung = await Rung.prepare({ files: { ...projectFiles(), 'rung.yaml': projectFile(canary, 'manual') } });
    await rung.up({ env: { DATABASE_URL: own.url } }).isReady;
    steady = await firstInProd(rung);
    await over('1.0.0');
  }, 180_000);
  afterAll(async () => {
    await steady?.[Symbol.asyncDispose]();
    await rung?.[Symbol.asyncDispose]();
    await own?.[Symbol.asyncDispose]();
  }, 60_000);

  async function phaseOf(version: string): Promise<string | undefined> {
    const { project } = await rung.address();
    const params = { path: { project }, query: { environment: 'prod' } };
    const page = await answerOf(
      (await rung.as('ada')).GET('/api/v1/projects/{project}/promotions', { params }),
    );
    return Array.from(page.items).find((one) => one.release.version === version)?.state.phase;
  }

  const over = (version: string): Promise<string> =>
    until(`the end of ${version}`, async () => {
      const phase = await phaseOf(version);
      return phase === undefined || phase === 'waiting' || phase === 'running' ? null : phase;
    });

  async function inCanary(version: string): Promise<void> {
    await inDev(rung, version);
    await promoted(rung, version);
    await until(`clients of ${version}`, async () => steady.count(`200 ${version}`) > 0);
  }

  async function exported(name: string): Promise<readonly string[]> {
    const file = join(rung.folder, name);
    expect((await rung.cli('audit', 'export', '--output', file)).code).toBe(0);
    const [, ...rows] = (await readFile(file, 'utf8')).trimEnd().split('\n');
    return rows;
  }

  /** What people, programs and probes are told meanwhile. */
  async function namedMeanwhile(): Promise<void> {
    const told = await until('the command line to name it', async () => {
      const { code, output } = await rung.cli('status', '--json');
      const refusal = code === 0 ? null : (JSON.parse(output) as Refusal);
      return refusal !== null && named.test(refusal.code) ? refusal : null;
    });
    expect(told.exitCode).toBe(15);
    expect(told.wayOut).toBeTruthy();
    const { url, project } = await rung.address();
    const headers = { authorization: `Bearer ${await rung.token()}` };
    const [answer, ready, alive] = await Promise.all([
      fetch(`${url}/api/v1/projects/${project}/board`, { headers }),
      fetch(`${url}/readyz`),
      fetch(`${url}/healthz`),
    ]);
    expect(answer.status).toBe(503);
    expect(((await answer.json()) as Refusal).code).toMatch(named);
    expect(ready.status).toBe(503);
    expect(alive.status).toBe(200);
    await until('the log to name it', async () =>
      /"code":"database-(?:away|silent)","wayOut"/u.test(await rung.log('control-plane')),
    );
  }

  it.each([
    ['stands still', '1.1.0', async () => own.standStill(), async () => own.goOn()],
    ['is stopped, and started again', '1.2.0', async () => own.stop(), async () => own.startAgain()],
  ] as const)(
    'that %s: nobody who is served notices, it is named, and the rollout goes on to its end',
    async (_what, version, goesAway, comesBack) => {
      const programs = await rung.programs();
      await inCanary(version);
      const before = await exported(`before-${version}.jsonl`);
      const wentMs = systemClock.monotonicMs();
      await goesAway();
      try {
        await namedMeanwhile();
        const served = steady.count(`200 ${version}`);
        await systemClock.sleep(Math.max(0, wentMs + awayMs - systemClock.monotonicMs()));
        expect(steady.count(`200 ${version}`)).toBeGreaterThan(served);
      } finally {
        await comesBack();
      }
      expect(await over(version)).toBe('succeeded');
      expect(await rung.log('control-plane')).toContain('The database is back');
      await rung.runs('prod', version);
      expect(steady.failures).toBe(0);
      expect([...steady.answers.keys()].filter((answer) => !answer.startsWith('200 1.'))).toEqual([]);
      expect(await rung.programs()).toEqual(programs);

      const rows = await exported(`after-${version}.jsonl`);
      expect(rows.slice(0, before.length)).toEqual(before);
      const heads = join(rung.folder, 'heads.jsonl');
      await until('the log to verify', async () => {
        await rung.cli('audit', 'heads', '--output', heads);
        return (await rung.verify(join(rung.folder, `after-${version}.jsonl`), heads)).code === 0;
      });
      const told = (await rung.events('prod')).filter(({ message }) => message.includes(version));
      expect(told.map(({ message }) => message)).toEqual([...new Set(told.map(({ message }) => message))]);
      expect(told.filter(({ kind }) => kind === 'promotion.started')).toHaveLength(1);
      expect(told.filter(({ kind }) => kind === 'promotion.succeeded')).toHaveLength(1);
    },
  );
});
