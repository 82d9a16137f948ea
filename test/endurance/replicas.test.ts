import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EventView } from '../../src/client/index.ts';
import { systemClock } from '../../src/engine/clock.ts';
import type { Clients } from '../agent/traffic.ts';
import { lotsFrom } from './lots.ts';
import { OwnDatabase } from './own-database.ts';
import { firstInProd, inDev } from './first-release.ts';
import { canary, projectFile, projectFiles } from './project.ts';
import { refusalOf } from './refusal.ts';
import { Rung, until } from './rung.ts';

const replicas = ['control-plane', 'control-plane-2', 'control-plane-3'];

/** One life of one data folder: each test brings another release into prod. */
describe('three control planes on one PostgreSQL (OPS-6)', () => {
  let own: OwnDatabase;
  let rung: Rung;
  let steady: Clients;
  const lot = lotsFrom(7);

  beforeAll(async () => {
    own = await OwnDatabase.start();
    rung = await Rung.prepare({ files: { ...projectFiles(), 'rung.yaml': projectFile(canary, 'manual') } });
    await up();
    steady = await firstInProd(rung);
  }, 180_000);
  afterAll(async () => {
    await steady?.[Symbol.asyncDispose]();
    await rung?.[Symbol.asyncDispose]();
    await own?.[Symbol.asyncDispose]();
  }, 60_000);

  const up = (): Promise<void> =>
    rung.up({ args: ['--replicas', '3'], env: { DATABASE_URL: own.url } }).isReady;

  const running = async (): Promise<readonly number[]> => {
    const programs = await rung.programs();
    return replicas.flatMap((name) => programs[name] ?? []);
  };

  /** Asked once where it is answered; where nobody answered, once more. */
  const promoted = (version: string): Promise<boolean> =>
    until(`${version} to be asked for`, async () => {
      const { code, output } = await rung.cli('promote', version, '--to', 'prod');
      return code === 0 || output.includes('on its way');
    });

  const inCanary = (version: string): Promise<boolean> =>
    until(`clients of ${version}`, async () => steady.count(`200 ${version}`) > 0);

  const endsRight = async (version: string): Promise<void> => {
    await rung.runsAlone('prod', version, 120_000);
    expect(steady.failures).toBe(0);
    expect([...steady.answers.keys()].filter((answer) => !answer.startsWith('200 '))).toEqual([]);
    // Whoever is asked may be killed at that moment.
    const events = await until('the log', () => rung.events('prod'));
    const told = events.filter(({ message }) => message.includes(version));
    for (const kind of ['promotion.requested', 'promotion.started', 'promotion.succeeded'])
      expect(
        told.filter((event) => event.kind === kind),
        kind,
      ).toHaveLength(1);
    expect(repeated(told)).toEqual([]);
    await logHolds();
  };

  async function logHolds(): Promise<void> {
    const [log, heads] = ['log.jsonl', 'heads.jsonl'].map((name) => `${rung.folder}/${name}`) as [
      string,
      string,
    ];
    await until('the log to verify', async () => {
      await rung.cli('audit', 'export', '--output', log);
      await rung.cli('audit', 'heads', '--output', heads);
      const { code, output } = await rung.verify(log, heads);
      return code === 0 ? true : Promise.reject(new Error(output));
    });
  }

  /** One or two at a time, at moments drawn by lot, so that one is there always. */
  function killingAllButOne(): AsyncDisposable {
    const ending = new AbortController();
    const killOnce = async (): Promise<void> => {
      const there = await running();
      if (there.length < 2) return;
      const victims = there.toSorted(() => lot() - 0.5).slice(0, there.length - 1);
      for (const pid of lot() < 0.5 ? victims : victims.slice(0, 1)) kill(pid, 'SIGKILL');
    };
    const killing = (async () => {
      while (!ending.signal.aborted) {
        await killOnce();
        await systemClock.sleep(500 + lot() * 1500, ending.signal).catch(() => undefined);
      }
    })();
    return {
      [Symbol.asyncDispose]: async () => {
        ending.abort();
        await killing;
      },
    };
  }

  it('all answer people, each at its own address, for one and the same project', async () => {
    expect(await running()).toHaveLength(3);
    expect((await rung.cli('status', '--json')).code).toBe(0);
  });

  it('a second data folder is refused on that database: it would be another truth', async () => {
    await using other = await Rung.prepare();
    const told = await refusalOf(other.up({ env: { DATABASE_URL: own.url } }));
    expect(told).toMatchObject({ code: 'database-in-use', exitCode: 13 });
    expect(told.wayOut).toContain('--replicas');
    expect(await running()).toHaveLength(3);
  });

  it('a promotion ends right while one or two of them are killed, again and again', async () => {
    await inDev(rung, '1.1.0');
    await using _killer = killingAllButOne();
    await promoted('1.1.0');
    await inCanary('1.1.0');
    await endsRight('1.1.0');
  }, 240_000);

  it('a promotion ends right by the one that is left, where two are killed at once and nobody starts them again', async () => {
    await inDev(rung, '1.2.0');
    rung.ups.at(-1)?.process.kill('SIGKILL');
    await rung.ups.at(-1)?.ended;
    await promoted('1.2.0');
    await inCanary('1.2.0');
    const [, ...others] = [...(await running())].toSorted(() => lot() - 0.5);
    for (const pid of others) kill(pid, 'SIGKILL');
    await endsRight('1.2.0');
    expect(await running()).toHaveLength(1);
    await up();
    expect(await running()).toHaveLength(3);
  }, 240_000);

  it('two that stand still hold nothing up, and change nothing once they go on', async () => {
    await inDev(rung, '1.3.0');
    await promoted('1.3.0');
    await inCanary('1.3.0');
    const [, ...others] = [...(await running())].toSorted(() => lot() - 0.5);
    for (const pid of others) kill(pid, 'SIGSTOP');
    try {
      await endsRight('1.3.0');
    } finally {
      for (const pid of others) kill(pid, 'SIGCONT');
    }
    await inDev(rung, '1.4.0');
    await promoted('1.4.0');
    await endsRight('1.4.0');
    const succeeded = (await rung.events('prod')).filter(({ kind }) => kind === 'promotion.succeeded');
    expect(succeeded).toHaveLength(5);
  }, 300_000);

  it('a start that asks for one ends the others', async () => {
    rung.ups.at(-1)?.process.kill('SIGKILL');
    await rung.ups.at(-1)?.ended;
    await rung.up({ env: { DATABASE_URL: own.url } }).isReady;
    expect(await running()).toHaveLength(1);
    await rung.runs('prod', '1.4.0');
    expect(steady.failures).toBe(0);
  }, 120_000);
});

function kill(pid: number | undefined, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(pid, signal);
  } catch {
    // Dead already, and not started again yet.
  }
}

/** What is told twice in the very same words about the very same thing. */
function repeated(events: readonly EventView[]): readonly string[] {
  const seen = new Map<string, number>();
  for (const { kind, message, payload } of events) {
    const words = JSON.stringify([kind, message, payload]);
    seen.set(words, (seen.get(words) ?? 0) + 1);
  }
  return [...seen].filter(([, times]) => times > 1).map(([words]) => words);
}
