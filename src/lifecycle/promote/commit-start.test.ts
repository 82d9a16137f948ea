import { describe, expect, it } from 'vitest';
import type { Blocker } from '../../domain/admission.ts';
import { instant, later, type RoleName, type RolloutId } from '../../domain/ids.ts';
import type { Approval } from '../../domain/promotion.ts';
import { aRollout } from '../deliver/rollout.kit.ts';
import { ada, bo, current, environmentOf, next, now, running } from './facts.kit.ts';
import { asking, type Step } from './kept.kit.ts';
import type { AdmissionFacts } from './facts.ts';
import { look } from './reconcile.kit.ts';

const hourMs = 3_600_000;
const [lead, qa] = ['lead', 'qa'] as [RoleName, RoleName];
const plain = asking();
const { project } = plain.target;

const by = (who: typeof ada, other: Partial<Approval> = {}): Approval => ({
  by: who,
  roles: [],
  release: next.id,
  planHash: plain.plan.hash,
  at: instant(now - hourMs),
  comment: '',
  ...other,
});
const approvals = [by(ada), by(bo)];

const waits = (step: Step = {}) => look(asking(step));
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
    expect(event?.payload).toMatchObject({
      emergency: {
        confirmed: { by: { id: ada }, roles: [lead], at: now },
        passedOver: [{ kind: 'approvals' }],
      },
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
