import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Clients } from '../agent/traffic.ts';
import { Rung, until } from './rung.ts';

/** One life of one data folder, told in order: each test goes on where the one before it ended. */
describe('what outlives what on a laptop (OPS-6)', () => {
  let rung: Rung;
  let steady: Clients;

  beforeAll(async () => {
    rung = await Rung.start();
    await rung.merge('feat: a service');
    await rung.runs('dev', '1.0.0');
    await rung.runs('prod', '1.0.0');
    steady = new Clients(await rung.urlOf('prod'), 2);
  }, 180_000);
  afterAll(async () => {
    await steady?.[Symbol.asyncDispose]();
    await rung?.[Symbol.asyncDispose]();
  }, 60_000);

  const first = (): Rung['ups'][number] => {
    const one = rung.ups.at(-1);
    if (one === undefined) throw new Error('nothing was started');
    return one;
  };
  const comesBack = async (): Promise<void> => {
    const before = await rung.instances();
    await rung.up().isReady;
    await rung.runs('prod', '1.0.0');
    expect(await rung.instances()).toEqual(before);
    expect(steady.failures).toBe(0);
    expect([...steady.answers.keys()]).toEqual(['200 1.0.0']);
  };

  it('a second start on the same data says that one runs, with its process and the board', async () => {
    const second = rung.up();
    rung.ups.pop();
    expect(await second.ended).toBe(13);
    expect(second.said).toContain(`(process ${first().process.pid})`);
    expect(second.said).toContain((await rung.address()).url);
  });

  it('a SIGKILL of the supervisor stops no service, and the next start finds data and processes', async () => {
    const up = first();
    up.process.kill('SIGKILL');
    await up.ended;
    await comesBack();
  });

  it('a closed terminal stops no service, and the next start finds data and processes', async () => {
    const up = first();
    up.process.kill('SIGHUP');
    await up.ended;
    await comesBack();
  });

  it.each(['control-plane', 'agent-prod', 'builder', 'postgres'])(
    'a SIGKILL of %s fails no request, and it comes back',
    async (program) => {
      const before = (await rung.programs())[program];
      process.kill(before ?? 0, 'SIGKILL');
      await until(`another ${program}`, async () => {
        const now = (await rung.programs())[program];
        return now !== undefined && now !== before;
      });
      await rung.runs('prod', '1.0.0');
      expect(steady.failures).toBe(0);
    },
  );

  it.each(['prod/room', 'prod/gateway-keeper'])(
    'a SIGKILL of %s fails no request, and another one takes its place',
    async (program) => {
      const before = (await rung.inner())[program];
      process.kill(before ?? 0, 'SIGKILL');
      await until(`another ${program}`, async () => {
        const now = (await rung.inner())[program];
        return now !== undefined && now !== before;
      });
      await rung.runs('prod', '1.0.0');
      expect(steady.failures).toBe(0);
    },
  );

  it('a gateway that lost its keeper is started again all the same when it is killed itself', async () => {
    const pid = await rung.gatewayPid('prod');
    process.kill(pid ?? 0, 'SIGKILL');
    const { failures } = steady;
    await until('another gateway', async () => {
      const now = await rung.gatewayPid('prod');
      return now !== undefined && now !== pid;
    });
    const answers = steady.count('200 1.0.0');
    await until('answers of the new gateway', async () => steady.count('200 1.0.0') > answers + 20);
    // What was in flight on the one that was killed, on each of the two lanes.
    expect(steady.failures - failures).toBeLessThanOrEqual(2);
  });

  it('Ctrl-C ends everything, what was taken over from the start before it too, and nothing is left', async () => {
    await steady[Symbol.asyncDispose]();
    const killed = first();
    killed.process.kill('SIGKILL');
    await killed.ended;
    const up = rung.up();
    await up.isReady;
    up.process.kill('SIGINT');
    expect(await up.ended).toBe(0);
    expect(await rung.leftovers()).toEqual([]);
  });

  it('rung down ends everything, with a supervisor and without', async () => {
    const up = rung.up();
    await up.isReady;
    await rung.runs('prod', '1.0.0');
    expect((await rung.cli('down')).code).toBe(0);
    expect(await up.ended).toBe(0);
    expect(await rung.leftovers()).toEqual([]);

    const killed = rung.up();
    await killed.isReady;
    await rung.runs('prod', '1.0.0');
    killed.process.kill('SIGKILL');
    await killed.ended;
    expect((await rung.cli('down')).code).toBe(0);
    expect(await rung.leftovers()).toEqual([]);
  });
});
