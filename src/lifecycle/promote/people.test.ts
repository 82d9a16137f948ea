import { describe, expect, it } from 'vitest';
import type { Delegation, DelegationId } from '../../domain/delegation.ts';
import { digestOf } from '../../domain/canonical.ts';
import { type ActorId, instant, later, type RoleName } from '../../domain/ids.ts';
import type { Promotion } from '../../domain/promotion.ts';
import { aCleanAsk, ada, bo, cy, file, next, now } from './facts.kit.ts';
import { asking, type Kept, keeping, recordsOf, type Step, type There } from './kept.kit.ts';
import { approve, reject } from './people.ts';

const clean = aCleanAsk();
const [lead, devops, qa] = ['lead', 'devops', 'qa'] as [RoleName, RoleName, RoleName];
const eve = 'eve@example.org' as ActorId;
const { project } = clean.target;
const [id, planHash] = [clean.promotion?.id ?? '', clean.plan.hash];

const waiting = (how: Step = {}, ...more: readonly There[]): Promise<Kept> =>
  keeping(...recordsOf(asking(how)), ...more);

const person = (who: ActorId) => ({ kind: 'person', id: who }) as const;
const approving = (kept: Kept, who: ActorId, more: object = {}): Promise<void> =>
  kept.act((tx) =>
    approve(tx, project, id, { planHash, comment: '', by: person(who), emergency: false, ...more }, now),
  );
const rejecting = (kept: Kept, who: ActorId): Promise<void> =>
  kept.act((tx) => reject(tx, project, id, { reason: 'not now', by: person(who) }, now));

const away = (by: ActorId, to: ActorId, roles: readonly RoleName[], until = later(now, 1)): There => [
  'delegation',
  {
    id: `${by} ${to}` as DelegationId,
    project,
    by,
    to,
    roles,
    at: instant(0),
    until,
    reason: 'away',
    revoked: null,
  } satisfies Delegation,
];

describe('an approval (REL-3)', () => {
  it('is kept with what was looked at, told with whom it still takes, and looked at at once', async () => {
    const kept = await waiting();
    await approving(kept, ada, { comment: 'go' });
    const { approvals } = await kept.get('promotion', id);
    expect(approvals).toEqual([
      { by: ada, roles: [lead, devops], release: next.id, planHash, at: now, comment: 'go' },
    ]);
    expect(kept.wakeUps()).toEqual([{ key: `promotion/${id}`, project, at: now }]);
    expect(await kept.told()).toMatchObject([
      {
        kind: 'promotion.approved',
        actor: person(ada),
        environment: 'prod',
        subject: `promotion/${id}`,
        payload: {
          roles: [lead, devops],
          release: next.id,
          planHash,
          comment: 'go',
          standingInFor: null,
          missing: [{ kind: 'people', members: [bo] }],
        },
      },
    ]);
    await approving(kept, bo);
    const [, last] = await kept.told();
    expect(last?.payload).toMatchObject({ missing: [] });
    expect(last?.message).not.toContain('standing in');
  });

  it('takes the place of an earlier one of the same person, and of nobody else’s', async () => {
    const kept = await waiting();
    await approving(kept, ada, { comment: 'first' });
    await approving(kept, bo);
    await approving(kept, ada, { comment: 'then' });
    const { approvals } = await kept.get('promotion', id);
    expect(approvals.map(({ by, comment }) => [by, comment])).toEqual([
      [bo, ''],
      [ada, 'then'],
    ]);
  });

  it('counts the roles alone that approve here', async () => {
    const kept = await waiting({ policy: { from: [devops] } });
    await approving(kept, ada);
    expect((await kept.get('promotion', id)).approvals).toMatchObject([{ roles: [devops] }]);
    await expect(approving(kept, eve)).rejects.toMatchObject({ code: 'approval-role-missing' });
  });

  it('is of the plan as it stands now, and of no other', async () => {
    const kept = await waiting();
    const another = { planHash: digestOf('another') };
    await expect(approving(kept, ada, another)).rejects.toMatchObject({
      kind: 'conflict',
      code: 'plan-changed',
      facts: { plan: clean.plan },
    });
  });

  it('is asked for nowhere else than where the step says so, and never of a rollback', async () => {
    const refused = { kind: 'conflict', code: 'approval-not-needed' };
    const without = await keeping(
      ...recordsOf(
        aCleanAsk({
          file: { ...file, pipelines: {} },
          promotion: { ...clean.promotion, approvals: [] } as Promotion,
        }),
      ),
    );
    await expect(approving(without, ada)).rejects.toMatchObject(refused);
    const back = await waiting({ promotion: { kind: 'rollback' } });
    await expect(approving(back, ada)).rejects.toMatchObject(refused);
  });

  it('is no ordinary one where it is an emergency, nor the other way round (REL-12)', async () => {
    const kept = await waiting();
    await expect(approving(kept, ada, { emergency: true })).rejects.toMatchObject({
      code: 'emergency-not-asked',
    });
    const urgent = await waiting({
      promotion: { emergency: { expiresAt: later(now, 1), confirmed: null } },
    });
    await expect(approving(urgent, ada)).rejects.toMatchObject({ code: 'emergency-unsaid' });
  });

  it('is not given by who asked for it, unless the step lets them', async () => {
    const kept = await waiting();
    await expect(approving(kept, cy)).rejects.toMatchObject({
      kind: 'denied',
      code: 'approval-by-requester',
    });
    const lax = await waiting({ policy: { notRequester: false } });
    await approving(lax, cy);
    expect((await lax.get('promotion', id)).approvals).toMatchObject([{ by: cy, roles: [qa] }]);
    const program = await waiting({
      promotion: { requestedBy: { kind: 'token', id: cy, name: 'ci' } },
    });
    await approving(program, cy);
    expect((await program.get('promotion', id)).approvals).toMatchObject([{ by: cy }]);
  });
});

describe('the approval of somebody who stands in (REL-3)', () => {
  const given = async (kept: Kept) => {
    await approving(kept, eve);
    return (await kept.get('promotion', id)).approvals;
  };
  const refused = { kind: 'denied', code: 'approval-role-missing' };

  it('names both, and the roles that approve here', async () => {
    const kept = await waiting({ policy: { from: [lead] } }, away(ada, eve, [lead, devops]));
    expect(await given(kept)).toMatchObject([{ by: eve, standingInFor: ada, roles: [lead] }]);
    const [told] = await kept.told();
    expect(told?.payload).toMatchObject({ standingInFor: ada });
    expect(told?.message).toContain(`standing in for ${ada}`);
  });

  it('is their own where they may approve themselves', async () => {
    const kept = await waiting({}, away(ada, bo, [lead]));
    await approving(kept, bo);
    const { approvals } = await kept.get('promotion', id);
    expect(approvals).toMatchObject([{ by: bo, roles: [devops] }]);
    expect(approvals[0]).not.toHaveProperty('standingInFor');
  });

  it('is never in the name of who asked for it, unless the step lets them, or a program did', async () => {
    const absent = away(cy, eve, [qa]);
    await expect(given(await waiting({}, absent))).rejects.toMatchObject(refused);
    const other = await waiting({}, absent, away(bo, eve, [devops]));
    expect(await given(other)).toMatchObject([{ standingInFor: bo, roles: [devops] }]);
    const lax = await waiting({ policy: { notRequester: false } }, absent);
    expect(await given(lax)).toMatchObject([{ standingInFor: cy }]);
    const requestedBy = { kind: 'token', id: cy, name: 'ci' } as const;
    expect(await given(await waiting({ promotion: { requestedBy } }, absent))).toMatchObject([
      { standingInFor: cy },
    ]);
  });

  it('names who is away the longest, where that is more than one', async () => {
    const longer = away(bo, eve, [devops], later(now, 9));
    const kept = await waiting({}, away(ada, eve, [lead]), longer);
    expect(await given(kept)).toMatchObject([{ standingInFor: bo }]);
  });

  it('names another one where that one has approved already, be it by coming back', async () => {
    const kept = await waiting({}, away(ada, eve, [lead], later(now, 9)), away(bo, eve, [devops]));
    await approving(kept, ada);
    expect(await given(kept)).toMatchObject([{ by: ada }, { by: eve, standingInFor: bo, roles: [devops] }]);
    const [, last] = await kept.told();
    expect(last?.payload).toMatchObject({ missing: [] });
    expect(await given(kept)).toMatchObject([{ by: ada }, { by: eve, standingInFor: bo }]);
    const alone = await waiting({}, away(ada, eve, [lead]));
    await approving(alone, ada);
    expect(await given(alone)).toMatchObject([{ by: ada }, { standingInFor: ada }]);
  });

  it('is none where no role of theirs approves here', async () => {
    const kept = await waiting({ policy: { from: [lead] } }, away(bo, eve, [devops]));
    await expect(given(kept)).rejects.toMatchObject(refused);
  });
});

describe('a rejection (REL-3)', () => {
  const denied = { kind: 'denied', code: 'rejection-role-missing' };

  it('names those who may say no to who may not', async () => {
    const kept = await waiting({ policy: { from: [lead, qa] } });
    await expect(rejecting(kept, bo)).rejects.toMatchObject({
      wayOut: expect.stringContaining('lead or qa') as string,
    });
  });

  it('ends what waits, says why, and lets what waits behind it look again', async () => {
    const kept = await waiting();
    await rejecting(kept, bo);
    expect((await kept.get('promotion', id)).state).toEqual({
      phase: 'rejected',
      by: person(bo),
      reason: 'not now',
      at: now,
    });
    expect(kept.wakeUps()).toEqual([{ key: 'environment/prod', project, at: now }]);
    expect(await kept.told()).toMatchObject([
      { kind: 'promotion.rejected', actor: person(bo), payload: { reason: 'not now' } },
    ]);
    await expect(rejecting(kept, bo)).rejects.toMatchObject({ code: 'promotion-not-waiting' });
  });

  it.each<[string, ActorId, Step, boolean]>([
    ['who could approve it', ada, { policy: { from: [lead] } }, true],
    ['another member', cy, { policy: { from: [lead] } }, false],
    ['somebody without a role', eve, {}, false],
  ])('is for %s', async (_, who, how, may) => {
    const kept = await waiting(how);
    if (may) await rejecting(kept, who);
    else await expect(rejecting(kept, who)).rejects.toMatchObject(denied);
    expect((await kept.get('promotion', id)).state.phase).toBe(may ? 'rejected' : 'waiting');
  });

  it('is for any member where nobody has to approve, and for no stranger', async () => {
    const open = () => keeping(...recordsOf(aCleanAsk({ file: { ...file, pipelines: {} } })));
    await expect(rejecting(await open(), eve)).rejects.toMatchObject(denied);
    const kept = await open();
    await rejecting(kept, cy);
    expect((await kept.get('promotion', id)).state.phase).toBe('rejected');
  });

  it('is of an emergency also for those who ask for one and confirm it (REL-12)', async () => {
    const step = { emergency: { from: [devops], second: [qa] } };
    const emergency = { expiresAt: later(now, 1), confirmed: null };
    const only = { policy: { from: [lead] }, step };
    for (const who of [bo, cy]) {
      await expect(rejecting(await waiting(only), who)).rejects.toMatchObject(denied);
      const urgent = await waiting({ ...only, promotion: { emergency } });
      await rejecting(urgent, who);
      expect((await urgent.get('promotion', id)).state.phase).toBe('rejected');
    }
    await expect(rejecting(await waiting({ ...only, promotion: { emergency } }), eve)).rejects.toMatchObject(
      denied,
    );
  });
});
