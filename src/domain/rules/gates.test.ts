import { describe, expect, it } from 'vitest';
import type { GateSpec, ProjectFile } from '../project-file/types.ts';
import { expectOneWay, file, hourMs, role, told, withGate, withStep } from './ruling.kit.ts';

const withOnly = (spec: GateSpec): ProjectFile => withStep({ gates: [spec] });

describe('gates, compared (INF-7)', () => {
  it.each<[string, GateSpec['kind']]>([
    ['soak 1 d', 'soak'],
    ['smoke asked for', 'smoke'],
    ['validation asked for', 'validation'],
    ['tests unit and integration', 'tests'],
    ['coverage over 80 %', 'coverage'],
    ['review by 1', 'review'],
    ['scan nothing critical or high', 'scan'],
    ['stability 1 d, errors below 1 %', 'stability'],
    ['alarms asked for', 'alarms'],
    ['uat asked for', 'uat'],
    ['change-request asked for', 'change-request'],
    ['rollback-plan asked for', 'rollback-plan'],
    ['go-live on-call and notified', 'checklist'],
    ['bugs 0 at the most', 'bugs'],
    ['small size(release.services) < 3', 'rule'],
    ['licence https://checks.example.org', 'webhook'],
  ])('gate %s: to leave it out weakens, to ask for it strengthens', (gate, kind) => {
    expectOneWay(`gate ${gate} → none`, file, withGate(kind, null));
  });

  it('say in words what a new gate asks for: every test, or so much coverage', () => {
    const asking = (kind: GateSpec['kind'], more: object): readonly string[] =>
      told(withGate(kind, null), withGate(kind, more));
    expect(asking('tests', { suites: [] })).toEqual(['strengthens: gate tests none → all tests']);
    expect(asking('coverage', { inclusive: true })).toEqual([
      'strengthens: gate coverage none → at least 80 %',
    ]);
  });

  it.each<[string, ProjectFile]>([
    ['soak for 1 d → 12 h', withGate('soak', { forMs: 12 * hourMs })],
    ['coverage over 80 % → over 70 %', withGate('coverage', { limit: 0.7 })],
    ['coverage over 80 % → at least 80 %', withGate('coverage', { inclusive: true })],
    ['coverage over 80 % → at least 70 %', withGate('coverage', { limit: 0.7, inclusive: true })],
    ['tests suites integration, unit → unit', withGate('tests', { suites: ['unit'] })],
    ['review 1 → 0', withGate('review', { count: 0 })],
    ['scan refuses critical, high → critical', withGate('scan', { none: ['critical'] })],
    ['stability for 1 d → 1 h', withGate('stability', { forMs: hourMs })],
    ['stability errors below 1 % → 2 %', withGate('stability', { errors: 0.02 })],
    ['bugs 0 → 3', withGate('bugs', { atMost: 3 })],
    ['go-live items notified, on-call → on-call', withGate('checklist', { items: ['on-call'] })],
    ['licence answers within 30 s → 1 min', withGate('webhook', { timeoutMs: 60_000 })],
    [
      'uat signed by cy@example.org → cy@example.org, dee@example.org',
      withGate('uat', { from: [role('qa'), role('board')] }),
    ],
    [
      'uat signed by cy@example.org → ada@example.org, bo@example.org, cy@example.org, dee@example.org',
      withGate('uat', { from: [] }),
    ],
    [
      'change-request signed by dee@example.org → cy@example.org, dee@example.org',
      withGate('change-request', { from: [role('board'), role('qa')] }),
    ],
  ])('gate “%s” weakens, and the way back strengthens', (gate, other) => {
    expectOneWay(`gate ${gate}`, file, other);
  });

  it.each<[string, GateSpec, GateSpec]>([
    [
      'tests suites unit → end-to-end',
      { kind: 'tests', suites: ['unit'] },
      { kind: 'tests', suites: ['end-to-end'] },
    ],
    [
      'tests suites integration, unit → end-to-end, unit',
      { kind: 'tests', suites: ['unit', 'integration'] },
      { kind: 'tests', suites: ['unit', 'end-to-end'] },
    ],
    ['tests suites all tests → unit', { kind: 'tests', suites: [] }, { kind: 'tests', suites: ['unit'] }],
    ['tests suites unit → all tests', { kind: 'tests', suites: ['unit'] }, { kind: 'tests', suites: [] }],
    [
      'go-live signed by cy@example.org → dee@example.org',
      { kind: 'checklist', name: 'go-live', items: [], from: [role('qa')] },
      { kind: 'checklist', name: 'go-live', items: [], from: [role('board')] },
    ],
    [
      'small true → false',
      { kind: 'rule', name: 'small', when: 'true', otherwise: '' },
      { kind: 'rule', name: 'small', when: 'false', otherwise: '' },
    ],
    [
      'licence https://a → https://b',
      { kind: 'webhook', name: 'licence', url: 'https://a', timeoutMs: 1 },
      { kind: 'webhook', name: 'licence', url: 'https://b', timeoutMs: 1 },
    ],
    [
      'licence true → https://a',
      { kind: 'rule', name: 'licence', when: 'true', otherwise: '' },
      { kind: 'webhook', name: 'licence', url: 'https://a', timeoutMs: 1 },
    ],
  ])('gate “%s” weakens one way and the other: nobody can say which is the safer one', (gate, from, to) => {
    const there = told(withOnly(from), withOnly(to));
    expect(there).toEqual([`weakens: gate ${gate}`]);
    const back = told(withOnly(to), withOnly(from));
    expect(back).toEqual([expect.stringMatching(/^weakens: /u)]);
  });

  it('are neither weaker nor stricter with another sentence for those whom a rule stops', () => {
    expect(told(file, withGate('rule', { otherwise: 'One at a time.' }))).toEqual([
      'neither: gate small says Go in parts. → One at a time.',
    ]);
  });

  it('see that a validation can be given by somebody who comes into any role', () => {
    const asked = withOnly({ kind: 'validation' });
    const more = { ...asked, roles: { ...asked.roles, [role('board')]: { members: [] } } };
    expect(told(asked, more)).toEqual([
      'strengthens: gate validation signed by ada@example.org, bo@example.org, cy@example.org, dee@example.org → ada@example.org, bo@example.org, cy@example.org',
    ]);
  });
});
