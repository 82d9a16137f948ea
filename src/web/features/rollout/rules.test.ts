import { expect, it } from 'vitest';
import type { Closeness, RolloutView } from '../../api/views.ts';
import { closestService, danger, latencyLimitMs, rulesOf, ruleText } from './rules.ts';

const judging: NonNullable<RolloutView['judging']> = {
  phase: 'canary',
  services: ['web'],
  exposureMs: 300_000,
  maximumMs: 1_800_000,
  errorLimit: 0.05,
  errorForMs: 120_000,
  latencyFactor: 3,
  baseline: null,
};
const close = (rule: Closeness['rule'], service: string, share: number): Closeness => ({
  rule,
  service,
  share,
  detail: '',
});

it('says which rule takes a release back, and when (REL-9)', () => {
  expect(ruleText('contract', judging)).toBe('Takes it back: errors over 5 % for 2 min');
  expect(ruleText('latency', judging)).toBe('Asks a person: p95 over 3 × the baseline');
});

it('shows first what lets a rollout go on, and only the rules of the service that is looked at', () => {
  const all = [close('health', 'web', 0), close('advance', 'web', 0.5), close('contract', 'orders', 0.9)];
  expect(rulesOf(all, 'web').map((one) => one.rule)).toEqual(['advance', 'health']);
  expect([danger(all, 'web'), danger(all, 'orders')]).toEqual([0, 0.9]);
});

it('knows the p95 at which a person is asked from the stable version beside it', () => {
  const figures = {
    requests: 9,
    errors: 0,
    probes: 0,
    errorRatio: 0,
    p95Ms: 79,
    recentErrorRatio: 0,
    recentP95Ms: 79,
    requestsPerSecond: 4,
  };
  const rollout = {
    judging,
    figures: { web: { candidate: figures, stable: figures } },
  } as unknown as RolloutView;
  expect(latencyLimitMs(rollout, 'web')).toBe(237);
  expect(latencyLimitMs(rollout, 'orders')).toBeNull();
});

it('opens on the service at which a rule comes closest, and on none while all is far off', () => {
  const services = ['web', 'orders'].map((service) => ({ service, from: '1.0.0', to: '1.1.0' }));
  const near = [close('contract', 'web', 0.5), close('early stop', 'orders', 0.8)];
  expect(closestService({ services, closeness: near })).toBe('orders');
  expect(closestService({ services, closeness: [close('advance', 'web', 1)] })).toBeNull();
});
