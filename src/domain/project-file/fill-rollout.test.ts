import { describe, expect, it } from 'vitest';
import { fillRollout } from './fill-rollout.ts';

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;

describe('a rollout', () => {
  it('keeps within the limits of the runbook where it names none (REL-9)', () => {
    const canary = [{ percent: 10, for: '5m' }, { percent: 100 }];
    expect(fillRollout({ canary })).toStrictEqual({
      canary: [
        { percent: 10, exposureMs: 5 * minuteMs, maximumMs: 30 * minuteMs },
        { percent: 100, exposureMs: 0, maximumMs: 0 },
      ],
      watchMs: 2 * hourMs,
      errors: { limit: 0.05, forMs: 2 * minuteMs },
      latency: { factor: 3 },
      leaseMs: 30 * secondMs,
      drainMs: 30 * secondMs,
    });
  });

  it('keeps within the limits that it names', () => {
    const canary = [{ percent: 10, for: '5m', maximum: '6m' }, { percent: 100 }];
    const rollback = [{ health: 'failing' as const }, { errors: '> 1%', for: '3m' }];
    const ask = [{ p95: '> 4x baseline' }];
    expect(fillRollout({ canary, rollback, ask, watch: '7m', lease: '8s', drain: '9s' })).toStrictEqual({
      canary: [
        { percent: 10, exposureMs: 5 * minuteMs, maximumMs: 6 * minuteMs },
        { percent: 100, exposureMs: 0, maximumMs: 0 },
      ],
      watchMs: 7 * minuteMs,
      errors: { limit: 0.01, forMs: 3 * minuteMs },
      latency: { factor: 4 },
      leaseMs: 8 * secondMs,
      drainMs: 9 * secondMs,
    });
  });
});
