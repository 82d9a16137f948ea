import { describe, expect, it } from 'vitest';
import type { ExceptionId } from '../../domain/calendar/calendar.ts';
import type { Waiver, WaiverId } from '../../domain/gate.ts';
import { aChange } from './changes/change.kit.ts';
import type { Blocker } from '../../domain/admission.ts';
import { instant, later, type RoleName, type RolloutId } from '../../domain/ids.ts';
import { aRollout } from '../deliver/rollout.kit.ts';
import { ada, current, environmentOf, next, now, running } from './facts.kit.ts';
import { asking, type Step, type There } from './kept.kit.ts';
import type { AdmissionFacts } from './facts.ts';
import { approvals, look, waits } from './reconcile.kit.ts';

const [lead, qa] = ['lead', 'qa'] as [RoleName, RoleName];
const plain = asking();
const { project } = plain.target;

describe('what a promotion starts under', () => {
  const exception: There = [
    'exception',
    {
      id: 'x' as ExceptionId,
      project,
      environment: plain.target.id,
      from: instant(0),
      to: later(now, 1000),
      by: ada,
      roles: [lead],
      reason: 'a leak',
      at: now,
      revoked: null,
    },
  ];
  const closed = (step: Step): AdmissionFacts => {
    const facts = asking({ ...step, step: { ...step.step, waive: [lead] } });
    const freeze = {
      kind: 'once',
      from: '1960-01-01 00:00',
      to: '1999-01-01 00:00',
      zone: 'UTC',
      reason: 'x',
    } as const;
    const environments = { [facts.target.name]: { ...facts.target.spec, freezes: [freeze] } };
    return { ...facts, file: { ...facts.file, environments } };
  };

  it('is the exception without which it could not, and the change request that it carries out', async () => {
    const { promotion, told } = await look(closed({ promotion: { approvals } }), [
      exception,
      ['change', aChange],
    ]);
    expect(promotion).toMatchObject({
      state: { phase: 'running' },
      exception: { id: 'x' },
      change: aChange.id,
    });
    const [started] = await told('promotion.started');
    expect(started?.payload).toMatchObject({ exception: 'x', change: aChange.id });
    expect(started?.message).not.toContain('emergency');
    const [changed] = await told('desired.changed');
    expect(changed?.payload).toMatchObject({ rollout: 'fresh' });
  });

  it('is no exception where it needs none: an emergency, or a way back', async () => {
    const by = { kind: 'person', id: ada } as const;
    const confirmed = { by, roles: [lead], planHash: plain.plan.hash, at: now, comment: '' };
    const emergency = { expiresAt: later(now, 1000), confirmed };
    const step = { emergency: { from: [qa], second: [lead] } };
    const urgent = await look(closed({ step, promotion: { emergency } }), [exception]);
    expect(urgent.promotion).toMatchObject({ state: { phase: 'running' } });
    expect(urgent.promotion).not.toHaveProperty('exception');
    const target = running('prod', [current, 60], [next, 1]);
    const facts = closed({ promotion: { kind: 'rollback', release: current.id, version: '1.0.0' } });
    const back = await look({ ...facts, target }, [exception]);
    expect(back.promotion).toMatchObject({ state: { phase: 'running' } });
    expect(back.promotion).not.toHaveProperty('exception');
  });

  it('is each waiver of a gate, by its id', async () => {
    const waiver: Waiver = {
      id: 'w' as WaiverId,
      project,
      gate: 'bugs',
      tree: next.manifest.tree,
      environment: plain.target.id,
      by: ada,
      roles: [lead],
      reason: 'x',
      at: now,
    };
    const step: Step = { step: { gates: [{ kind: 'bugs', atMost: 0 }], waive: [lead] } };
    const { told } = await look(asking({ ...step, promotion: { approvals } }), [['waiver', waiver]]);
    const [started] = await told('promotion.started');
    expect(started?.payload).toMatchObject({ gates: [{ gate: 'bugs', state: 'waived', waiver: 'w' }] });
  });
});

describe('an emergency that starts (REL-12)', () => {
  const confirmed = {
    by: { kind: 'person', id: ada },
    roles: [lead],
    planHash: plain.plan.hash,
    at: now,
    comment: '',
  } as const;
  const emergency = { expiresAt: later(now, 1000), confirmed };
  const step = { emergency: { from: [qa], second: [lead] } };

  it('keeps what it passed over, and tells it with who confirmed it', async () => {
    const { promotion, told, gaveWay } = await waits({ step, promotion: { emergency } });
    expect(promotion.state.phase).toBe('running');
    const passedOver = promotion.emergency?.passedOver?.map(({ kind }: Blocker) => kind);
    expect(passedOver).toEqual(['approvals']);
    const [event] = await told();
    expect(event?.payload).toMatchObject({ emergency: { passedOver: [{ kind: 'approvals' }] } });
    expect(event?.payload?.['emergency']).toHaveProperty('confirmed', {
      by: confirmed.by,
      roles: [lead],
      at: now,
    });
    expect(event?.message).toContain('as an emergency');
    expect(gaveWay).toEqual([]);
  });

  it('lets what is held give way to it first', async () => {
    const canary = { phase: 'canary', step: 0, since: now } as const;
    const live = aRollout(
      { phase: 'held', reason: { kind: 'judge lost' }, since: now, from: canary, percent: 0 },
      { project, environment: plain.target.id, id: 'live' as RolloutId },
    );
    const { promotion, gaveWay } = await look(asking({ step, promotion: { emergency } }), [
      ['rollout', live],
    ]);
    expect(gaveWay).toEqual([live]);
    expect(promotion.state.phase).toBe('running');
  });
});

describe('how a rollout goes in', () => {
  const canary = {
    canary: [{ percent: 100, exposureMs: 0, maximumMs: 0 }],
    watchMs: 1,
    errors: { limit: 0.05, forMs: 1 },
    latency: { factor: 3 },
    leaseMs: 1,
    drainMs: 1,
  };
  const started = async (facts: AdmissionFacts) => {
    const { get, told } = await look(facts);
    return { rollout: await get('rollout', 'fresh'), says: (await told())[0]?.message };
  };
  const step: Step = { step: { rollout: canary }, promotion: { approvals } };

  it('by canary where the step says so and there is something to compare with', async () => {
    const { rollout, says } = await started(asking(step));
    expect(rollout).toMatchObject({ policy: canary, reasonAllAtOnce: null, judge: null, generation: 1 });
    expect(says).toMatch(/, by canary$/u);
  });

  it('all at once where the step declares none, and says why', async () => {
    const { rollout, says } = await started(asking({ promotion: { approvals } }));
    expect(rollout).toMatchObject({ policy: null, reasonAllAtOnce: 'prod declares no canary.' });
    expect(says).toContain('all at once: prod declares no canary');
  });

  it('all at once where nothing ran there before', async () => {
    const first = environmentOf('prod');
    const open = asking({ step: { rollout: canary, gates: [] }, policy: { count: 0, distinctRoles: 0 } });
    const { rollout } = await started({ ...open, target: first });
    expect(rollout.policy).toBeNull();
    expect(rollout.reasonAllAtOnce).toContain('first release of web and orders');
  });

  it('all at once on the way back, which asks for no gate and no approval (REL-10)', async () => {
    const target = running('prod', [current, 60], [next, 1]);
    const back = asking({ ...step, promotion: { kind: 'rollback', release: current.id, version: '1.0.0' } });
    const { rollout } = await started({ ...back, target, release: next });
    expect(rollout).toMatchObject({ policy: null });
    expect(rollout.reasonAllAtOnce).toContain('has served here before');
  });
});
