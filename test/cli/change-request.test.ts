import { describe, expect, it } from 'vitest';
import { changeRequest, before, evidence, hour, minute, now, person } from './sample.ts';
import { sampleClient } from './sample-client.ts';
import { typed } from './terminal.ts';

const create = ['change-request', 'create', '1.2.0', '--to', 'prod'];

describe('change requests on the command line (REL-7)', () => {
  it('say of everything that is missing at once, and ask nobody meanwhile', async () => {
    const client = sampleClient();
    const { exitCode, stderr } = await typed([...create, '--testing', 'x'], { client });
    expect(exitCode).toBe(10);
    for (const flag of ['--from', '--until', '--rollback-minutes', '--communication'])
      expect(stderr).toContain(`${flag} is missing.`);
    expect(stderr).not.toContain('--testing is missing');
    expect(client.asked).toEqual([]);
  });

  it('are asked for in the words of a place and a time', async () => {
    const client = sampleClient();
    const times = ['--from', '2026-11-25 22:00 Europe/London', '--until', '2026-11-25 23:00 Europe/London'];
    const plan = ['--rollback-minutes', '5', '--testing', 'smoke', '--communication', '#deployments'];
    expect((await typed([...create, ...times, ...plan], { client })).exitCode).toBe(0);
    expect(client.asked).toMatchObject([
      [
        'createChangeRequest',
        {
          release: '1.2.0',
          to: 'prod',
          type: 'normal',
          risk: 'medium',
          window: { from: Date.UTC(2026, 10, 25, 22), to: Date.UTC(2026, 10, 25, 23) },
        },
      ],
    ]);
  });

  it('stand in the help by the names that one types', async () => {
    const { stdout } = await typed(['--help']);
    for (const name of ['change-request', 'rollback-plan']) expect(stdout).toContain(`  ${name}  `);
  });

  it('stand beside evidence and waivers where a release is shown', async () => {
    const waiver = { gate: 'coverage', environment: 'sit', by: 'ada', roles: ['lead'], reason: 'generated' };
    const waivers = [{ ...waiver, id: 'x', at: before(minute) }] as never;
    const { stdout } = await typed(['release', 'show', '1.2.0'], {
      client: sampleClient({ waivers: async () => waivers }),
    });
    expect(stdout).toContain('0 counted in jira');
    expect(stdout).toContain('CHG-0001  1.2.0 to prod');
    expect(stdout).toContain('! coverage for sit, by ada as lead, 1 min ago: generated');
  });

  it('are approved as they were looked at', async () => {
    const client = sampleClient();
    const { exitCode } = await typed(['change-request', 'approve', 'CHG-0001', '--yes'], { client });
    expect(exitCode).toBe(0);
    expect(client.asked).toMatchObject([
      ['changeRequest', 'CHG-0001'],
      ['approveChangeRequest', 'CHG-0001', { seen: changeRequest().seen }],
    ]);
    expect((await typed(['change-request', 'approve', 'CHG-0001'], { client })).stderr).toContain('--yes');
  });

  it('show how it went, with everything that went otherwise', async () => {
    const closed = changeRequest({
      state: {
        phase: 'closed',
        promotion: '0197a000-0000-7000-8000-000000000001' as never,
        startedAt: before(hour),
        endedAt: before(30 * minute),
        outcome: 'taken back',
        deviations: [{ kind: 'taken back', says: 'It was taken back: errors at 6 %.' }],
        at: now,
      },
    });
    const client = sampleClient({ changeRequest: async () => closed });
    const { stdout } = await typed(['change-request', 'show', '1'], { client });
    expect(stdout).toContain('CHG-0001 (SNOW-4711)  1.2.0 to prod: ↩ closed just now: taken back');
    expect(stdout).toContain('! It was taken back: errors at 6 %.');
    expect(stdout).toContain('30 min');
  });
});

describe('sign-offs on the command line (REL-2)', () => {
  it('say outright whether users accept it, and what they tried', async () => {
    const client = sampleClient();
    const words = ['uat', '1.2.0', '--in', 'sit', '--scenario', 'Pay by card=passed', '--tester', 'dee'];
    expect((await typed(words, { client })).stderr).toContain('--accept or --reject');
    expect((await typed([...words, '--accept', '--reject'], { client })).exitCode).toBe(10);
    expect((await typed([...words, '--accept'], { client })).exitCode).toBe(0);
    expect(client.asked).toMatchObject([
      [
        'sayEvidence',
        {
          release: '1.2.0',
          environment: 'sit',
          facts: {
            verdict: 'accepted',
            scenarios: [{ title: 'Pay by card', passed: true }],
            testers: ['dee'],
          },
        },
      ],
    ]);
  });

  it('tick off a checklist and show each item of it', async () => {
    const client = sampleClient();
    await typed(['checklist', 'go-live', '1.2.0', '--done', 'a', '--done', 'b', '--undone', 'c'], { client });
    expect(client.asked).toMatchObject([
      [
        'sayEvidence',
        {
          name: 'go-live',
          facts: {
            items: [
              { item: 'a', done: true },
              { item: 'b', done: true },
              { item: 'c', done: false },
            ],
          },
        },
      ],
    ]);
    const items = [{ item: 'Stakeholders told', done: true, note: '', by: person('bo'), at: before(minute) }];
    const gate = {
      gate: 'go-live',
      kind: 'checklist',
      state: 'passed',
      says: 'All of 1 item are ticked off.',
    };
    const whole = { ...gate, evidence: [], waiver: null, items } as const;
    const why = await client.why('1.2.0', 'prod');
    const showing = sampleClient({
      why: async () => ({ ...why, admission: { allowed: true, blockers: [], gates: [whole as never] } }),
    });
    const { stdout } = await typed(['checklist', '1.2.0', '--to', 'prod'], { client: showing });
    expect(stdout).toContain('✓ Stakeholders told  bo, 1 min ago');
  });

  it('say of the very plan that was shown that it was read', async () => {
    const facts = {
      kind: 'rollback-plan',
      steps: 'rung rollback prod\nthen look at\u001B[2J the orders',
      minutes: 5,
      dataStaysReadable: false,
      writtenBy: 'bo@example.org' as never,
      reviewedBy: [],
    } as const;
    const plan = evidence({ kind: 'rollback-plan', facts });
    const client = sampleClient({
      evidence: async () => ({ items: [plan], next: null }),
      readRollbackPlan: async () => plan,
    });
    const words = ['rollback-plan', '1.2.0', '--read'];
    const isSaid = () => client.asked.some(([verb]) => verb === 'readRollbackPlan');
    const unread = await typed(words, { client });
    expect([unread.exitCode, isSaid()]).toEqual([10, false]);
    const no = await typed(words, { client, tty: true, typed: 'n\n' });
    expect(no.stderr).toContain('  rung rollback prod\n  then look at[2J the orders\n');
    expect(no.stderr).toContain('may not be able to read');
    expect([no.exitCode, isSaid()]).toEqual([16, false]);
    const { stdout } = await typed(words, { client, tty: true, typed: 'y\n' });
    expect(client.asked.at(-1)).toEqual(['readRollbackPlan', '1.2.0', plan.id]);
    expect(stdout).toContain('  rung rollback prod\n  then look at[2J the orders\n');
    expect((await typed([...words, '--yes'], { client })).exitCode).toBe(0);
  });
});
