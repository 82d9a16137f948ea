import { describe, expect, it } from 'vitest';
import { fillGate } from './fill-gate.ts';
import type { WrittenGate } from './written.ts';

const secondMs = 1000;
const hourMs = 3600 * secondMs;
const dayMs = 24 * hourMs;

describe('a gate (REL-1)', () => {
  it.each<[WrittenGate, object]>([
    ['smoke', { kind: 'smoke' }],
    ['validation', { kind: 'validation' }],
    ['alarms', { kind: 'alarms' }],
    ['tests', { kind: 'tests', suites: [] }],
    ['coverage', { kind: 'coverage', limit: 0.8, inclusive: false }],
    ['review', { kind: 'review', count: 1 }],
    ['scan', { kind: 'scan', none: ['critical', 'high'] }],
    ['stability', { kind: 'stability', forMs: dayMs, errors: 0.01 }],
    ['uat', { kind: 'uat', from: [] }],
    ['change-request', { kind: 'change-request', from: [] }],
    ['rollback-plan', { kind: 'rollback-plan', from: [] }],
    ['bugs', { kind: 'bugs', atMost: 0 }],
    [{ soak: '2h' }, { kind: 'soak', forMs: 2 * hourMs }],
    [{ tests: ['unit'] }, { kind: 'tests', suites: ['unit'] }],
    [{ coverage: '>= 90 %' }, { kind: 'coverage', limit: 0.9, inclusive: true }],
    [{ review: 2 }, { kind: 'review', count: 2 }],
    [{ scan: ['low'] }, { kind: 'scan', none: ['low'] }],
    [{ stability: {} }, { kind: 'stability', forMs: dayMs, errors: 0.01 }],
    [{ stability: { for: '1h', errors: '< 2%' } }, { kind: 'stability', forMs: hourMs, errors: 0.02 }],
    [{ uat: ['qa'] }, { kind: 'uat', from: ['qa'] }],
    [{ 'change-request': ['qa'] }, { kind: 'change-request', from: ['qa'] }],
    [{ 'rollback-plan': ['qa'] }, { kind: 'rollback-plan', from: ['qa'] }],
    [{ bugs: 0 }, { kind: 'bugs', atMost: 0 }],
    [{ bugs: 3 }, { kind: 'bugs', atMost: 3 }],
    [{ checklist: { name: 'go', items: ['a'] } }, { kind: 'checklist', name: 'go', items: ['a'], from: [] }],
    [
      { checklist: { name: 'go', items: ['a'], from: ['qa'] } },
      { kind: 'checklist', name: 'go', items: ['a'], from: ['qa'] },
    ],
    [{ rule: { name: 'r', when: 'true' } }, { kind: 'rule', name: 'r', when: 'true', otherwise: '' }],
    [
      { rule: { name: 'r', when: 'true', otherwise: 'wait' } },
      { kind: 'rule', name: 'r', when: 'true', otherwise: 'wait' },
    ],
    [
      { webhook: { name: 'w', url: 'https://example.org' } },
      { kind: 'webhook', name: 'w', url: 'https://example.org', timeoutMs: 30 * secondMs },
    ],
    [
      { webhook: { name: 'w', url: 'https://example.org', timeout: '5s' } },
      { kind: 'webhook', name: 'w', url: 'https://example.org', timeoutMs: 5 * secondMs },
    ],
  ])('of %j is filled with its defaults', (written, gate) => {
    expect(fillGate(written)).toStrictEqual(gate);
  });
});
