import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { OwnDatabase, Relay } from './own-database.ts';
import { habit } from './project.ts';
import { type Refusal, refusalOf } from './refusal.ts';
import { Rung, until } from './rung.ts';
import { filesWith, processesWith } from './searched.ts';

let own: OwnDatabase;
beforeAll(async () => {
  own = await OwnDatabase.start();
}, 60_000);
afterAll(() => own?.[Symbol.asyncDispose](), 60_000);

describe('rung up on a PostgreSQL of the user’s', () => {
  let rung: Rung;
  beforeAll(async () => {
    rung = await Rung.prepare();
    await rung.up({ env: { DATABASE_URL: own.url } }).isReady;
    await rung.merge('feat: a service');
    await rung.runs('prod', '1.0.0');
  }, 180_000);
  afterAll(() => rung?.[Symbol.asyncDispose](), 60_000);

  it('starts no server of its own, and brings a release up on the one it was given', async () => {
    expect(await rung.programs()).not.toHaveProperty('postgres');
    expect((await rung.environment('prod')).release?.version).toBe('1.0.0');
  });

  it('keeps the password in one file for its owner alone', async () => {
    expect(await filesWith(rung.folder, own.password)).toEqual(['d/control/options.json']);
    const { mode } = await stat(join(rung.data, 'control', 'options.json'));
    expect(mode & 0o077).toBe(0);
  });

  it('hands the password to no program: only the `rung up` that it was given to has it in its environment', async () => {
    const { pid } = rung.ups[0]?.process ?? {};
    expect(await processesWith(own.password)).toEqual([`${pid} environ`]);
    expect(Object.keys(await rung.programs())).toEqual(
      expect.arrayContaining(['agent-dev', 'agent-prod', 'builder', 'control-plane']),
    );
  });

  it('tells the password in no answer of the API, no event and no output', async () => {
    const { url, project } = await rung.address();
    const headers = { authorization: `Bearer ${await rung.token()}` };
    const paths = ['board', 'environments', 'releases', 'promotions', 'rollouts', 'log', 'audit/export'];
    const addresses = [
      ...paths.map((path) => `${url}/api/v1/projects/${project}/${path}`),
      ...['/readyz', '/healthz', '/metrics', '/api/v1/projects'].map((path) => url + path),
    ];
    const answers = await Promise.all(addresses.map((address) => fetch(address, { headers })));
    expect(answers.filter(({ ok }) => ok).length).toBeGreaterThan(6);
    const texts = await Promise.all(answers.map((answer) => answer.text()));
    const { output } = await rung.cli('log', '--limit', '200', '--json');
    expect([...texts, output, rung.ups[0]?.said ?? ''].join('\n')).not.toContain(own.password);
  });

  it('says by name that the password was changed, without a stack, and goes on once it fits again', async () => {
    await own.asOwner(`alter role releases password 'another'`);
    try {
      await own.asOwner(`select pg_terminate_backend(pid) from pg_stat_activity where usename = 'releases'`);
      const said = await until('status to name the password', async () => {
        const { output, code } = await rung.cli('status', '--json');
        return code === 0 ? null : output;
      });
      expect(JSON.parse(said)).toMatchObject({ code: 'database-password-wrong', exitCode: 15 });
      expect((JSON.parse(said) as Refusal).wayOut).toContain('DATABASE_URL');
    } finally {
      await own.asOwner(`alter role releases password '${own.password}'`);
    }
    await rung.write({ 'web/habit.json': habit('1.1.0') });
    await rung.merge('feat: another');
    await rung.runs('prod', '1.1.0');
    expect(await rung.log('control-plane')).not.toMatch(/"stack"/u);
    expect(await filesWith(rung.folder, own.password)).toEqual(['d/control/options.json']);
  });
});

describe('rung up, where the user’s PostgreSQL does not do (REL-14)', () => {
  let rung: Rung;
  afterEach(async () => {
    expect(await rung.leftovers()).toEqual([]);
    await rung[Symbol.asyncDispose]();
  });

  const refused = async (url: string): Promise<Refusal> => {
    rung = await Rung.prepare();
    const up = rung.up({ env: { DATABASE_URL: url } });
    const told = await refusalOf(up);
    expect(up.said).not.toContain(own.password);
    expect(up.said).not.toContain('a wrong word');
    expect(up.said).not.toMatch(/^\s+at /mu);
    return told;
  };

  it('names a password that is wrong', async () => {
    const told = await refused(own.urlWith({ password: 'a wrong word' }));
    expect(told).toMatchObject({ code: 'database-password-wrong', exitCode: 15 });
  });

  it('names a password that is missing', async () => {
    expect(await refused(own.urlWith({ password: '' }))).toMatchObject({ code: 'database-password-wrong' });
  });

  it('names a host where nobody answers', async () => {
    expect(await refused(own.urlWith({ host: '127.0.0.1:1' }))).toMatchObject({ code: 'database-away' });
  });

  it('names a host that does not exist', async () => {
    expect(await refused(own.urlWith({ host: 'nowhere.invalid:5432' }))).toMatchObject({
      code: 'database-away',
    });
  });

  it('names an address that cannot be read, without repeating it', async () => {
    const told = await refused(`postgresql://me:${own.password}@[not-a-host/releases`);
    expect(told).toMatchObject({ code: 'database-url-unreadable', exitCode: 10 });
  });

  it('names a database that is not there', async () => {
    expect(await refused(own.urlWith({ pathname: '/nothing' }))).toMatchObject({ code: 'database-missing' });
  });

  it('names a role that may not log in', async () => {
    await own.asOwner(`create role nobody_here nologin password '${own.password}'`);
    expect(await refused(own.urlWith({ username: 'nobody_here' }))).toMatchObject({
      code: 'database-sign-in-refused',
    });
  });

  it('names a role that may create nothing in the database', async () => {
    await own.asOwner('create database of_others');
    expect(await refused(own.urlWith({ pathname: '/of_others' }))).toMatchObject({
      code: 'database-rights-missing',
    });
  });

  it('names a server that is too old, and how old', async () => {
    await using relay = await Relay.before(own.url, { '15.18': '14.18', '150018': '140018' });
    const told = await refused(own.urlWith({ host: relay.host }));
    expect(told).toMatchObject({ code: 'database-too-old' });
    expect(told.detail).toContain('PostgreSQL 14');
  });
});
