import { describe, expect, it } from 'vitest';
import { aPromotionOf, aReleaseOf } from './environment.kit.ts';
import { instant, type RolloutId } from './ids.ts';
import { isOpen, type PromotionState, servicesAsked } from './promotion.ts';

const release = aReleaseOf('1.0.0', { web: 'web', orders: 'orders' });
const promotion = aPromotionOf(release);
const rollout = 'r' as RolloutId;
const at = instant(0);

describe('a promotion', () => {
  it.each<[PromotionState, boolean]>([
    [{ phase: 'waiting' }, true],
    [{ phase: 'running', rollout, since: at }, true],
    [{ phase: 'succeeded', rollout, at }, false],
    [{ phase: 'rolled back', rollout, reason: '', at }, false],
    [{ phase: 'failed', rollout, reason: '', at }, false],
    [{ phase: 'rejected', by: promotion.requestedBy, reason: '', at }, false],
    [{ phase: 'superseded', by: promotion.id, at }, false],
    [{ phase: 'withdrawn', by: promotion.requestedBy, at }, false],
  ])('that is $phase: open, or over', (state, open) => {
    expect(isOpen({ ...promotion, state })).toBe(open);
  });

  it('is of all that the release brings, and only going back can be of some services (REL-10)', () => {
    const { services } = promotion;
    expect(servicesAsked({ kind: 'promotion', services })).toBeUndefined();
    expect(servicesAsked({ kind: 'rollback', services })).toBe(services);
  });
});
