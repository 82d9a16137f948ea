import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import type { ProjectId } from '../../src/domain/ids.ts';
import { silentLog } from '../../src/domain/log.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { uuidAt } from '../../src/engine/uuid.ts';
import { openMemory } from '../../src/store/memory/store.ts';
import { openPostgres } from '../../src/store/postgres/store.ts';
import { testDatabase } from '../kit/postgres.ts';
import { queueConformance, type QueueUnderTest } from './queue.ts';

queueConformance('memory', async () => {
  const { store, queue } = openMemory({ clock: systemClock });
  return { store, queue, close: () => store.close() };
});

queueConformance('PostgreSQL', onPostgres);

async function onPostgres(): Promise<QueueUnderTest & { readonly url: string }> {
  const { url, drop } = await testDatabase();
  const { store, queue } = await openPostgres({ url, clock: systemClock, log: silentLog });
  const close = async (): Promise<void> => {
    await store.close();
    await drop();
  };
  return { url, store, queue, close };
}

describe('several replicas on one PostgreSQL', () => {
  it.each([
    ['take over the wake-up of one that was killed while it worked on it (OPS-6)', 'SIGKILL'],
    ['take over the wake-up of one that stands still while it works on it (OPS-6)', 'SIGSTOP'],
  ] as const)(
    '%s',
    async (_what, signal) => {
      const { url, store, queue, close } = await onPostgres();
      const project = uuidAt(systemClock.now()) as ProjectId;
      const program = fileURLToPath(new URL('../kit/hanging-worker.ts', import.meta.url));
      const victim = spawn(process.execPath, [program], {
        env: { ...process.env, TEST_URL: url },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      try {
        await store.transaction((tx) => tx.wake([{ key: 'rollout/1', project, at: systemClock.now() }]));
        await once(victim.stdout, 'data');
        const taken = Promise.withResolvers<string>();
        await queue.start(async (key) => taken.resolve(key));
        victim.kill(signal);
        expect(await taken.promise).toBe('rollout/1');
      } finally {
        victim.kill('SIGKILL');
        await close();
      }
    },
    60_000,
  );

  it('go on where one of them stands still in the middle of a transaction, and it changes nothing any more', async () => {
    const one = await onPostgres();
    const two = await openPostgres({ url: one.url, clock: systemClock, log: silentLog });
    const project = uuidAt(systemClock.now()) as ProjectId;
    const named = (name: string) => ({ id: project, name, createdAt: systemClock.now() });
    const begun = Promise.withResolvers<void>();
    const goesOn = Promise.withResolvers<void>();
    const still = one.store
      .transaction(async (tx) => {
        await tx.put(project, 'project', project, named('of the one that stands still'), 0);
        // What is read again has to be written before.
        await tx.get(project, 'project', project);
        begun.resolve();
        await goesOn.promise;
      })
      .catch((thrown: unknown) => thrown);
    await begun.promise;
    await two.store.transaction((tx) => tx.put(project, 'project', project, named('of the other'), 0));
    goesOn.resolve();
    expect(await still).toMatchObject({ kind: 'unavailable' });
    expect((await two.store.projects()).map(({ name }) => name)).toEqual(['of the other']);
    await two.store.close();
    await one.close();
  }, 60_000);

  it('never work on the same key at the same time', async () => {
    const one = await onPostgres();
    const two = await openPostgres({ url: one.url, clock: systemClock, log: silentLog });
    const project = uuidAt(systemClock.now()) as ProjectId;
    let inside = 0;
    let most = 0;
    let turns = 0;
    const done = Promise.withResolvers<void>();
    const work = async (): Promise<void> => {
      inside += 1;
      most = Math.max(most, inside);
      await systemClock.sleep(5);
      inside -= 1;
      turns += 1;
      if (turns === 12) done.resolve();
      else {
        await one.store.transaction((tx) => tx.wake([{ key: 'rollout/1', project, at: systemClock.now() }]));
      }
    };
    await Promise.all([one.queue.start(work), two.queue.start(work)]);
    await one.store.transaction((tx) => tx.wake([{ key: 'rollout/1', project, at: systemClock.now() }]));
    await done.promise;
    await two.store.close();
    await one.close();
    expect(most).toBe(1);
  });
});

/** Of the library's own table, so that nothing that was done can be written down. */
const renamed = (from: string, to: string): string => `alter table graphile_worker.${from} rename to ${to}`;

describe('a queue whose library ends its workers (OPS-6)', () => {
  it('survives what is told to it while one of them is still at work, and does the work again', async () => {
    const { url, store, queue, close } = await onPostgres();
    const project = uuidAt(systemClock.now()) as ProjectId;
    const wake = (key: string): Promise<void> =>
      store.transaction((tx) => tx.wake([{ key, project, at: systemClock.now() }]));
    const client = new Client({ connectionString: url });
    const long = Promise.withResolvers<void>();
    const goesOn = Promise.withResolvers<void>();
    const short = new Told();
    try {
      await client.connect();
      await queue.start(async (key) => {
        if (key === 'rollout/short') {
          if (short.times === 0) await client.query(renamed('_private_jobs', 'away'));
          short.tell();
          return;
        }
        long.resolve();
        await goesOn.promise;
      });
      await wake('rollout/long');
      await long.promise;
      await wake('rollout/short');
      await short.after(1);
      for (let told = 0; told < 20; told += 1) {
        await client.query("select pg_notify('rung', $1)", [`wake ${systemClock.now() + 10}`]);
        await systemClock.sleep(50);
      }
      await client.query(renamed('away', '_private_jobs'));
      goesOn.resolve();
      await short.after(2);
    } finally {
      goesOn.resolve();
      await client.end();
      await close();
    }
  }, 60_000);
});

class Told {
  times = 0;
  #next = Promise.withResolvers<void>();

  tell(): void {
    this.times += 1;
    this.#next.resolve();
    this.#next = Promise.withResolvers();
  }

  async after(times: number): Promise<void> {
    while (this.times < times) await this.#next.promise;
  }
}
