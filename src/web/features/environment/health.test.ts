import { describe, expect, it } from 'vitest';
import type { ServiceView } from '../../api/views.ts';
import { healthWords, servicesWorthShowing } from './health.ts';

const service = (name: string, version: string): ServiceView => ({
  service: name,
  stable: { release: `sha256:${version}`, version, artifact: 'sha256:a' },
  candidate: null,
  instances: { wanted: 1, healthy: 1 },
  url: null,
});

describe('the services of an environment', () => {
  it('are all shown where they are few', () => {
    expect(servicesWorthShowing([service('web', '1.1.0'), service('orders', '1.0.0')]).shown).toHaveLength(2);
  });

  it('are collapsed to those that differ where they are forty', () => {
    const many = Array.from({ length: 39 }, (_, index) => service(`s${index}`, '1.1.0'));
    const { shown, hidden, version } = servicesWorthShowing([...many, service('old', '1.0.0')]);
    expect(shown.map((one) => one.service)).toEqual(['old']);
    expect([hidden, version]).toEqual([39, '1.1.0']);
  });
});

it('calls nothing healthy whose agent is silent', () => {
  expect(healthWords({ health: 'healthy', agent: { lastHeardAt: 1, silent: true } }).text).toBe('Not known');
});
