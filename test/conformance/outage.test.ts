import { randomBytes } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProjectId } from '../../src/domain/ids.ts';
import { silentLog } from '../../src/domain/log.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { uuidAt } from '../../src/engine/uuid.ts';
import { openPostgres } from '../../src/store/postgres/store.ts';
import { type RunningPostgres, startPostgres } from '../../src/supervisor/postgres.ts';
import { anEvent } from '../kit/audit.ts';

describe('a database that goes away and comes back', () => {
  let folder: string;
  let server: RunningPostgres;
  const start = () =>
    startPostgres({ folder, log: silentLog, clock: systemClock, settings: { fsync: 'off' } });
  beforeEach(async () => {
    folder = join(tmpdir(), `rung-outage-${randomBytes(6).toString('hex')}`);
    server = await start();
  });
  afterEach(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('has a name while it is away, loses nothing, and is found again without a restart', async () => {
    const { store, queue } = await openPostgres({ url: server.url, clock: systemClock, log: silentLog });
    const project = uuidAt(systemClock.now()) as ProjectId;
    const append = (message: string) => store.transaction((tx) => tx.append([anEvent(message, { project })]));
    const wake = (key: string) =>
      store.transaction((tx) => tx.wake([{ key, project, at: systemClock.now() }]));
    await append('before');
    const worked = new Map<string, PromiseWithResolvers<void>>(
      ['cut/off', 'after/1'].map((key) => [key, Promise.withResolvers<void>()]),
    );
    const begun = Promise.withResolvers<void>();
    const away = Promise.withResolvers<void>();
    let cutOff = 0;
    await queue.start(async (key) => {
      if (key === 'cut/off') {
        cutOff += 1;
        begun.resolve();
        if (cutOff === 1) {
          await away.promise;
          await append('from the middle of the outage');
        }
      }
      worked.get(key)?.resolve();
    });
    await wake('cut/off');
    await begun.promise;

    await server.stop();
    await expect(append('never')).rejects.toEqual(
      expect.objectContaining({ kind: 'unavailable', code: 'database-away' }),
    );
    await expect(store.head(project)).rejects.toEqual(expect.objectContaining({ code: 'database-away' }));
    const told = Promise.withResolvers<void>();
    using _chained = store.onChained(project, () => told.resolve());
    away.resolve();
    server = await start();

    await told.promise;
    await append('after');
    expect(await store.chain(project)).toBe(2);
    await wake('after/1');
    await worked.get('after/1')?.promise;
    await worked.get('cut/off')?.promise;
    expect(cutOff).toBe(2);
    await store.close();
  });

  it('is taken over when it was left running, and comes up again after it was killed', async () => {
    const again = await start();
    expect(again).toMatchObject({ pid: server.pid, url: server.url, adopted: true });
    process.kill(server.pid, 'SIGKILL');
    await server.ended;
    await again.ended;
    server = await start();
    expect(server).toMatchObject({ url: again.url, adopted: false });
    expect(server.pid).not.toBe(again.pid);
  });

  it('keeps data and password to the user who started it, and lets nobody in without', async () => {
    for (const name of ['', 'password', 'port', 'postgres.log', 'data']) {
      expect((await stat(join(folder, name))).mode & 0o077, name).toBe(0);
    }
    const stranger = server.url.replace(/:[^:@]+@/, ':guess@');
    await expect(openPostgres({ url: stranger, clock: systemClock, log: silentLog })).rejects.toEqual(
      expect.objectContaining({ code: 'database-password-wrong' }),
    );
    await server.stop();
    await rm(join(folder, 'password'));
    await expect(start()).rejects.toEqual(expect.objectContaining({ code: 'postgres-password-lost' }));
  });

  it('says how it stands when it cannot be reached at all', async () => {
    const nowhere = server.url.replace(/:\d+\//, ':1/');
    await expect(openPostgres({ url: nowhere, clock: systemClock, log: silentLog })).rejects.toEqual(
      expect.objectContaining({ code: 'database-away' }),
    );
  });
});
