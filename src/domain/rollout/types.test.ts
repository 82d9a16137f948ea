import { describe, expect, it } from 'vitest';
import { instant, type PromotionId } from '../ids.ts';
import type { RolloutPolicy } from '../project-file/types.ts';
import { highestSample } from './sample.ts';
import { isLive, type RolloutState, wantedPercent } from './types.ts';

const at = instant(0);
const reason = { kind: 'start', detail: '' } as const;
const policy = { canary: [{ percent: 5 }, { percent: 25 }] } as unknown as RolloutPolicy;

describe('a rollout', () => {
  it.each<[RolloutState, boolean, number]>([
    [{ phase: 'preflight', since: at }, true, 0],
    [{ phase: 'canary', step: 0, since: at }, true, 5],
    [{ phase: 'canary', step: 1, since: at }, true, 25],
    [{ phase: 'canary', step: 2, since: at }, true, 0],
    [{ phase: 'promoting', since: at }, true, 100],
    [{ phase: 'watching', since: at, until: at }, true, 100],
    [
      {
        phase: 'held',
        reason: { kind: 'judge lost' },
        since: at,
        from: { phase: 'preflight', since: at },
        percent: 7,
      },
      true,
      7,
    ],
    [{ phase: 'rolling back', reason, since: at }, true, 0],
    [{ phase: 'rolled back', reason, at }, false, 0],
    [{ phase: 'rollback failed', reason, detail: '', at }, false, 0],
    [{ phase: 'succeeded', at }, false, 100],
    [{ phase: 'superseded', by: 'p' as PromotionId, at }, false, 100],
  ])('that is $phase is live or over, and wants a share of requests (REL-8)', (state, live, percent) => {
    expect([isLive(state), wantedPercent({ policy, state })]).toEqual([live, percent]);
  });

  it('all at once has no canary to give requests to', () => {
    expect(wantedPercent({ policy: null, state: { phase: 'canary', step: 0, since: at } })).toBe(0);
  });

  it('has no more samples than a whole number of four bytes counts', () => {
    expect(highestSample).toBe(2_147_483_647);
  });
});
