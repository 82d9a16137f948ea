import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/domain/failure.ts';

import type { PromotionView, RolloutView } from '../../src/cli/rung-client.ts';
import { approvals, before, minute, person, promotion, rollout, soak } from './sample.ts';
import { sampleClient } from './sample-client.ts';
import { typed } from './terminal.ts';

const { id } = promotion();
const held: RolloutView['state'] = {
  phase: 'held',
  reason: { kind: 'judge lost' },
  since: before(minute),
  from: { phase: 'canary', step: 0, since: before(5 * minute) },
  percent: 0,
};
const takenBack: RolloutView['state'] = {
  phase: 'rolled back',
  reason: { kind: 'rule', rule: 'contract', detail: '31 of 240 requests failed (12.9 %)', by: 'agent' },
  at: before(minute),
};

const explained = (view: Partial<PromotionView>, ofRollout: Partial<RolloutView> = {}) =>
  typed(['explain', id], {
    client: sampleClient({ promotion: async () => promotion(view), rollout: async () => rollout(ofRollout) }),
  });

describe('rung explain', () => {
  it('says why a failure comes, what to look at, what to do and how things stand (REL-14)', async () => {
    const { stdout } = await typed(['explain', 'plan-changed']);
    expect(stdout).toMatchInlineSnapshot(`
      "plan-changed  conflict, exit code 13
      The plan is not the one you looked at

      Why
        Something went in since, or the release changed what it brings. An approval counts for one plan
        only.

      Look at
        \`rung why RELEASE --to ENVIRONMENT\` and \`rung status\`

      What to do
        Look at the new plan and approve that one, if you still want to: \`rung approve ENVIRONMENT\`

      How things stand
        The approval was not taken; the promotion waits as before.

      Again?
        Trying the same again does not help; something has to be changed first.
      "
    `);
  });

  it.each([
    ['tests', 'gate-tests'],
    ['order', 'blocked-order'],
    ['branch exists', 'branch-exists'],
    ['approval timed out', 'approval-timed-out'],
    ['Infrastructure error', 'infrastructure-error'],
    ['urn:rung:failure:database-away', 'database-away'],
  ])('knows %s as %s', async (what, code) => {
    const { stdout } = await typed(['explain', what, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ code });
  });

  it('proposes what was probably meant', async () => {
    const mistyped = await typed(['explain', 'plan-chnged']);
    expect(mistyped).toMatchObject({ exitCode: 12 });
    expect(mistyped.stderr).toContain('Did you mean plan-changed?');
    expect((await typed(['explain', 'rollback'])).stderr).toContain('rollback-failed');
  });

  it('lists everything that is explained, chapter by chapter', async () => {
    const { stdout } = await typed(['explain']);
    expect(stdout).toContain('Gates that are closed\n');
    expect(stdout).toMatch(/^ {2}gate-soak +It has not run long enough/mu);
  });

  it('says of a promotion that waits what it waits for, and where more of it stands', async () => {
    const { stdout } = await explained({
      admission: { allowed: false, blockers: [soak, approvals], gates: [] },
    });
    expect(stdout).toContain('1.2.0 has run in staging for 3 min of 24 h');
    expect(stdout).toContain('more: rung explain gate-soak, rung explain blocked-approvals');
  });

  it('says of one that was taken back by which rule and what evidence (REL-14)', async () => {
    const state = { phase: 'rolled back', rollout: rollout().id, reason: '', at: before(minute) } as const;
    const { stdout } = await explained({ state }, { state: takenBack });
    expect(stdout).toContain('31 of 240 requests failed (12.9 %)');
    expect(stdout).toContain('Taken back: too many errors for too long');
    expect(stdout).toContain('rung release lift-mark');
  });

  it('says of one that was rejected by whom and why', async () => {
    const { stdout } = await explained({
      state: {
        phase: 'rejected',
        by: person('ada@example.org'),
        reason: 'Not on a Friday.',
        at: before(minute),
      },
    });
    expect(stdout).toContain('Not on a Friday.');
    expect(stdout).toContain('promotion-rejected');
  });

  it('says of a rollout in what state it was left, and how to go on (REL-14)', async () => {
    const client = sampleClient({
      promotion: () =>
        Promise.reject(new Failure('absent', 'promotion-unknown', 'There is no such promotion.')),
      rollout: async () => rollout({ state: held }),
    });
    const { stdout } = await typed(['explain', rollout().id], { client });
    expect(stdout).toContain('Held: nobody judged it any more');
    expect(stdout).toContain('the new one is at 0 % and still runs');
  });

  it('says of what goes well that there is nothing to explain', async () => {
    const { stdout } = await explained({
      state: { phase: 'running', rollout: rollout().id, since: before(minute) },
    });
    expect(stdout).toContain('There is nothing to explain');
  });

  it('says of an id that is neither that there is no such promotion', async () => {
    const absent = (code: string) => () => Promise.reject(new Failure('absent', code, 'There is none.'));
    const client = sampleClient({
      promotion: absent('promotion-unknown'),
      rollout: absent('rollout-unknown'),
    });
    expect(await typed(['explain', id], { client })).toMatchObject({ exitCode: 12 });
  });

  it('completes codes without a control plane', async () => {
    const { stdout } = await typed(['__complete', 'explain', 'gate-s']);
    expect(stdout.split('\n').map((line) => line.split('\t')[0])).toEqual(
      expect.arrayContaining(['gate-soak', 'gate-scan', 'gate-smoke']),
    );
  });
});
