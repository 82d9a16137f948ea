import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/domain/failure.ts';
import { approvals, before, minute, now, order, promotion, rollout } from './sample.ts';
import { sampleClient } from './sample-client.ts';
import { typed } from './terminal.ts';

const parsed = (text: string): Record<string, unknown> => JSON.parse(text) as Record<string, unknown>;

describe('the command line', () => {
  it('shows every command in groups when nothing is typed', async () => {
    const { exitCode, stdout } = await typed([]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Take care of a rollout');
    expect((await typed(['help'])).stdout).toBe(stdout);
    expect((await typed(['--help'])).stdout).toBe(stdout);
  });

  it('answers a mistyped command with the one that was meant, as wrong input', async () => {
    const { exitCode, stderr, stdout } = await typed(['statsu']);
    expect(exitCode).toBe(10);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/There is no command statsu\.\n {2}Did you mean `status`\?/u);
  });

  it.each([
    [['promote', '1.2.0', '--ot', 'prod'], 'There is no flag --ot.'],
    [['promote', '1.2.0'], '--to is missing'],
    [['promote', '--to', 'prod'], 'RELEASE is missing.'],
    [['promote', '1.2.0', 'again', '--to', 'prod'], '"again" is one word too many.'],
    [['log', '--limit', '0'], '--limit cannot be "0": it has to be a whole number from 1 to 200'],
    [['token', 'create', 'ci', '--scope', 'everything'], 'it is one of read, build, evidence, promote.'],
    [['token', 'create', 'ci', '--scope', 'read', '--expires', 'soon'], 'for example 90d'],
    [['completion', 'tcsh'], 'there is for bash, zsh, fish'],
  ])('refuses %j and says what is wrong with it', async (argv, said) => {
    const { exitCode, stderr } = await typed(argv);
    expect(exitCode).toBe(10);
    expect(stderr).toContain(said);
  });

  it('writes wrong use as a problem document with --json, and nothing on stdout', async () => {
    const { stdout, stderr } = await typed(['promote', '1.2.0', '--json']);
    expect(stdout).toBe('');
    expect(parsed(stderr)).toMatchObject({ type: 'urn:rung:failure:usage', kind: 'invalid', exitCode: 10 });
  });

  it.each([
    ['status'],
    ['why', '1.2.0', '--to', 'prod'],
    ['release', 'list'],
    ['release', 'show', '1.2.0'],
    ['log'],
    ['promote', '1.2.0', '--to', 'prod'],
    ['token', 'list'],
    ['version'],
    ['explain', 'plan-changed'],
  ])('prints exactly one JSON document for %s %s %s', async (...words) => {
    const { exitCode, stdout, stderr } = await typed([
      ...words.filter((word) => word !== undefined),
      '--json',
    ]);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout.trimEnd()).not.toContain('\n');
    expect(() => parsed(stdout)).not.toThrow();
  });

  it('exits by the kind of the failure, and says what to do', async () => {
    const failing = (failure: Failure) => sampleClient({ board: () => Promise.reject(failure) });
    const away = failing(new Failure('unavailable', 'database-away', 'No database.', { wayOut: 'Wait.' }));
    expect(await typed(['status'], { client: away })).toMatchObject({
      exitCode: 15,
      stderr: '✗ No database.\n  Wait.\n  more: rung explain database-away\n',
    });
    expect((await typed(['status'], { client: failing(new Failure('denied', 'no', 'No.')) })).exitCode).toBe(
      11,
    );
  });

  it('never shows the inside of a defect unless it is asked for', async () => {
    const broken = sampleClient({ board: () => Promise.reject(new TypeError('secret inside')) });
    const { exitCode, stderr } = await typed(['status'], { client: broken });
    expect(exitCode).toBe(17);
    expect(stderr).not.toContain('secret inside');
    const env = { RUNG_URL: 'http://127.0.0.1:1', RUNG_DEBUG: '1' };
    expect((await typed(['status'], { client: broken, env })).stderr).toContain('secret inside');
  });

  it('lists what the programs behind webhooks were asked (REL-1)', async () => {
    const { stdout } = await typed(['gate', 'asked', '--state', 'open'], { client: sampleClient() });
    expect(stdout).toContain('licences  1.2.0 for prod  asked by ada@example.org 3 min ago, open');
    expect(stdout).toContain('licences was asked and has not answered yet.');
  });

  it('prints every blocker of a refused promotion (OPS-5, REL-14)', async () => {
    const scanned = { ...approvals, kind: 'scan', gate: 'scan', reason: 'No security scan yet' };
    const waivers = { kind: 'people', roles: ['devops-lead'], members: ['bo@example.org'], contacts: [] };
    const gates = [
      { gate: 'scan', kind: 'scan', state: 'missing', says: '', evidence: [], waiver: null, waivers },
    ];
    const admission = { allowed: false, blockers: [approvals, order, scanned], gates };
    const refused = new Failure('denied', 'promotion-refused', '1.2.0 may not go to prod.', {
      facts: { admission },
    });
    const client = sampleClient({ promote: () => Promise.reject(refused) });
    const { exitCode, stderr } = await typed(['promote', '1.2.0', '--to', 'prod'], { client });
    expect(exitCode).toBe(11);
    expect(stderr).toContain('✗ refused  1.2.0 does not run in staging');
    expect(stderr).toMatch(/No security scan yet[^]*waive +bo@example\.org as devops-lead/);
    expect(stderr).toContain('cy@example.org or dee@example.org as qa-lead or product-owner (#access-qa)');
  });

  it('suggests the environment that was meant', async () => {
    const { exitCode, stderr } = await typed(['validate', 'stagign'], {
      client: sampleClient({
        validate: (name) =>
          Promise.reject(new Failure('absent', 'environment-unknown', `There is no environment ${name}.`)),
      }),
    });
    expect(exitCode).toBe(12);
    expect(stderr).toContain('Did you mean staging? There are dev, staging and prod.');
  });

  it('lets no text from elsewhere move the cursor or recolour the terminal', async () => {
    const reason = '\u001B[2J\u001B]0;owned\u0007\u202Eevil\nsecond line';
    const client = sampleClient({ promote: async () => promotion({ reason }) });
    const { stdout } = await typed(['promote', '1.2.0', '--to', 'prod'], { client });
    // oxlint-disable-next-line no-control-regex -- the point of the test
    expect(stdout).not.toMatch(/[\u001B\u0007\u202E]/u);
    expect(stdout).toContain('evil second line');
  });

  it('colours on a terminal only, and never with NO_COLOR', async () => {
    const env = { RUNG_URL: 'http://127.0.0.1:1' };
    expect((await typed(['status'], { env })).stdout).not.toContain('\u001B[');
    expect((await typed(['status'], { env, tty: true })).stdout).toContain('\u001B[');
    expect((await typed(['status'], { env: { ...env, NO_COLOR: '1' }, tty: true })).stdout).not.toContain(
      '\u001B[',
    );
  });

  it('ends in good order on Ctrl-C', async () => {
    const stop = new AbortController();
    const client = sampleClient({
      follow: async function* (_, signal) {
        stop.abort();
        signal.throwIfAborted();
        yield* [];
      },
    });
    const { exitCode, stderr } = await typed(['log', '--follow'], { client, signal: stop.signal });
    expect([exitCode, stderr]).toEqual([16, '– Stopped.\n']);
  });
});

describe('asking first', () => {
  it('shows the plan before an approval and takes no for an answer (REL-3)', async () => {
    const client = sampleClient();
    const { exitCode, stderr } = await typed(['approve', 'prod'], { client, tty: true, typed: 'n\n' });
    expect(exitCode).toBe(16);
    expect(stderr).toContain('orders  1.1.0 → 1.2.0');
    expect(stderr).toContain('Approve 1.2.0 to prod? [y/N]');
    expect(client.asked.map(([verb]) => verb)).not.toContain('approve');
  });

  it('approves exactly the plan that was shown (REL-3)', async () => {
    const client = sampleClient();
    const { exitCode, stdout } = await typed(['approve', 'prod', '--comment', 'fine'], {
      client,
      tty: true,
      typed: 'y\n',
    });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Approved: 1.2.0 to prod');
    expect(client.asked.at(-1)).toEqual([
      'approve',
      promotion().id,
      { planHash: promotion().plan.hash, comment: 'fine' },
    ]);
  });

  it('does nothing without a terminal unless --yes is said', async () => {
    const client = sampleClient();
    expect((await typed(['approve', 'prod'], { client })).exitCode).toBe(10);
    expect((await typed(['abort', 'prod', '--reason', 'x'], { client })).exitCode).toBe(10);
    expect((await typed(['rollback', 'prod', '--reason', 'x'], { client })).exitCode).toBe(10);
    const done = client.asked.filter(([verb, , ask]) => {
      const isDryRun = verb === 'rollBack' && JSON.stringify(ask ?? '').includes('dryRun');
      return ['approve', 'abort'].includes(verb) || isDryRun;
    });
    expect(done).toEqual([]);
    expect((await typed(['approve', 'prod', '--yes'], { client })).exitCode).toBe(0);
  });

  it('says what an abort will do, and only that, with --dry-run', async () => {
    const client = sampleClient();
    const { exitCode, stdout } = await typed(['abort', 'prod', '--reason', 'x', '--dry-run'], { client });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('orders: all traffic goes to 1.1.0 at once, 1.2.0 is drained and stopped');
    expect(client.asked.map(([verb]) => verb)).not.toContain('abort');
  });

  it('validates what was looked at, where it is named (OPS-4)', async () => {
    const client = sampleClient();
    await typed(['validate', 'staging', '--release', '1.4.0'], { client });
    expect(client.asked.at(-1)).toEqual(['validate', 'staging', { release: '1.4.0' }]);
  });

  it('asks for everything there is in the log with --all alone', async () => {
    const client = sampleClient();
    await typed(['log'], { client });
    await typed(['log', '--all'], { client });
    expect(client.asked.map(([, ask]) => ask)).toEqual([{ limit: 50 }, { limit: 50, all: true }]);
  });

  it('says where a held rollout would go on to, then promotes it in the own name (REL-8)', async () => {
    const reason = { kind: 'insufficient evidence', detail: '3 requests' } as const;
    const from = { phase: 'canary', step: 0, since: now } as const;
    const held = rollout({ state: { phase: 'held', reason, since: now, from, percent: 10 } });
    const on = rollout({ state: { phase: 'promoting', since: now }, wantedPercent: 100 });
    const client = sampleClient({ rollout: async () => held, advance: async () => on });
    const words = ['advance', 'prod', '--reason', 'closed today'];
    const { stdout, exitCode } = await typed([...words, '--dry-run'], { client });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('held at 10 %: too little evidence: 3 requests');
    expect(stdout).toContain('1.2.0 goes to 100 % of the traffic; the rules stay armed');
    expect((await typed(words, { client })).exitCode).toBe(10);
    const asked = () => client.asked.filter(([verb]) => verb === 'advance').map(([, , ask]) => ask);
    expect(asked()).toEqual(Array.from({ length: 2 }, () => ({ reason: 'closed today', dryRun: true })));
    expect((await typed(words, { client, tty: true, typed: 'y\n' })).exitCode).toBe(0);
    expect(asked().at(-1)).toEqual({ reason: 'closed today', heldSince: now });
    expect((await typed([...words, '--yes'], { client })).exitCode).toBe(0);
    expect(asked().at(-1)).toEqual({ reason: 'closed today' });
    expect(Object.keys(parsed((await typed([...words, '--yes', '--json'], { client })).stdout))).toContain(
      'advances',
    );
  });

  it('goes back to the release that was shown and confirmed, whatever comes before it meanwhile (REL-10)', async () => {
    const client = sampleClient();
    const words = ['rollback', 'prod', '--reason', 'lost'];
    expect((await typed(words, { client, tty: true, typed: 'y\n' })).exitCode).toBe(0);
    expect(client.asked.at(-1)).toEqual([
      'rollBack',
      { environment: 'prod', to: '1.2.0', reason: 'lost', services: undefined },
    ]);
  });

  it('says so where going back takes a live rollout back, and takes back that one (REL-10)', async () => {
    const state = { phase: 'running', rollout: rollout().id, since: before(minute) } as const;
    const client = sampleClient({ rollBack: async () => promotion({ state }) });
    const words = ['rollback', 'prod', '--reason', 'lost'];
    const tried = await typed([...words, '--dry-run'], { client });
    expect(tried.stdout).toContain('orders: all traffic goes to 1.1.0 at once, 1.2.0 is drained and stopped');
    const { stderr, exitCode } = await typed(words, { client, tty: true, typed: 'y\n' });
    expect(stderr).toContain('Take 1.2.0 back from prod?');
    expect(exitCode).toBe(0);
    expect(client.asked).toContainEqual(['abort', rollout().id, 'lost']);
  });

  it('rolls back one service to a named version (REL-10)', async () => {
    const client = sampleClient();
    const words = ['rollback', 'prod', '--to', '1.0.0', '--service', 'orders', '--reason', 'lost', '--yes'];
    expect((await typed(words, { client })).exitCode).toBe(0);
    expect(client.asked.at(-1)).toEqual([
      'rollBack',
      { environment: 'prod', to: '1.0.0', reason: 'lost', services: ['orders'] },
    ]);
  });
});

describe('windows', () => {
  it('shows whether an environment is open, why, and what changes when', async () => {
    const { stdout } = await typed(['window', 'list', 'prod'], { client: sampleClient() });
    for (const said of [
      'prod  closed, opens in 2 h',
      'window     Tue-Thu 09:00-16:00 Europe/London',
      'freeze     12-20..01-02 Europe/London: the holidays',
      'by ada@example.org: a leak (exception-1)',
      '1.2.0 has soaked in test in 1 h',
      'of 1.2.0 by bo@example.org expires',
    ])
      expect(stdout).toContain(said);
  });

  it('opens an environment for a while, by the clock of a place and with a reason', async () => {
    const client = sampleClient();
    const to = '2026-12-22 12:00 Europe/London';
    const { stdout } = await typed(['window', 'except', 'prod', '--to', to, '--reason', 'a leak'], {
      client,
    });
    expect(client.asked).toEqual([
      ['makeException', 'prod', { from: undefined, to: Date.UTC(2026, 11, 22, 12), reason: 'a leak' }],
    ]);
    expect(stdout).toContain('rung window revoke exception-1');
  });

  it('refuses a time that does not say whose clock it is', async () => {
    const { exitCode, stderr } = await typed(['window', 'except', 'prod', '--to', 'noon', '--reason', 'x'], {
      client: sampleClient(),
    });
    expect(exitCode).toBe(10);
    expect(stderr).toContain('--to: "noon" does not say when, and where the clock shows it.');
  });

  it('ends an exception before its time', async () => {
    const client = sampleClient();
    await typed(['window', 'revoke', 'exception-1', '--reason', 'done'], { client });
    expect(client.asked).toEqual([['revokeException', 'exception-1', 'done']]);
  });
});
