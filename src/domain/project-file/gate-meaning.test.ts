import { describe, expect, it } from 'vitest';
import { gateFindings } from './gate-meaning.ts';

const roles = { lead: {}, qa: {} };

/** `on pointer`, of gates on a step that another one comes before. */
const found = (gates: unknown, isFirst = false): readonly string[] =>
  gateFindings('', gates, isFirst, roles).map(({ on, pointer }) => `${on} ${pointer}`);

describe('gates of the first step', () => {
  it.each([
    ['soak', { soak: '1h' }],
    ['smoke', 'smoke'],
    ['validation', 'validation'],
    ['stability', 'stability'],
    ['stability', { stability: { for: '1h' } }],
    ['alarms', 'alarms'],
    ['uat', 'uat'],
    ['uat', { uat: ['lead'] }],
  ])('have no %s, which looks at what comes before', (kind, gate) => {
    expect(found(['review', gate], true)).toEqual(['key ']);
    expect(found(['review', gate])).toEqual([]);
    expect(gateFindings('', [gate], true, roles)[0]?.instead).toContain(`\`${kind}\``);
  });

  it('are otherwise held to what all gates are', () => {
    expect(found(['review', { coverage: '> 80' }, {}], true)).toEqual([]);
    expect(found(['review', 'review'], true)).toEqual(['value /1']);
  });
});

describe('gates', () => {
  it.each([
    [['smoke', 'validation'], []],
    [
      ['smoke', 'tests', 'smoke', 'smoke'],
      ['value /2', 'value /3'],
    ],
    [['coverage', { coverage: '> 80' }], ['value /1']],
    [[{ checklist: { name: 'a' } }, { checklist: { name: 'b' } }], []],
    [[{ checklist: { name: 'a' } }, { rule: { name: 'a', when: 'true' } }], ['value /1']],
    [[{ checklist: {} }, { checklist: {} }], ['value /1']],
    [[7, 7, {}, {}, null], []],
  ])('are there once each, by their name where they have one: %j', (gates, findings) => {
    expect(found(gates)).toEqual(findings);
  });

  it.each<[unknown, readonly string[]]>([
    [{ coverage: '> 80' }, []],
    [{ coverage: 80 }, []],
    [{ coverage: '< 80' }, ['value /0/coverage']],
    [{ coverage: 101 }, ['value /0/coverage']],
    [{ coverage: ['> 80'] }, []],
    [{ stability: { errors: '< 1%' } }, []],
    [{ stability: { errors: 1 } }, []],
    [{ stability: { errors: '> 1%' } }, ['value /0/stability/errors']],
    [{ stability: { for: '1h' } }, []],
    [{ stability: { for: '0s' } }, ['value /0/stability/for']],
    [{ stability: { for: 'for ever' } }, []],
    [{ tests: ['unit', 'e2e'] }, []],
    [{ tests: ['unit', 'e2e', 'unit', 7, 7] }, ['value /0/tests/2']],
    [{ scan: ['high', 'high'] }, ['value /0/scan/1']],
    [{ checklist: { name: 'x', items: ['a', 'b', 'b'] } }, ['value /0/checklist/items/2']],
    [{ checklist: { name: 'x', from: ['lead', 'led'] } }, ['value /0/checklist/from/1']],
    [{ uat: ['lead'] }, []],
    [{ uat: ['qb'] }, ['value /0/uat/0']],
    [{ 'change-request': ['lead', 'qb'] }, ['value /0/change-request/1']],
    [{ 'rollback-plan': ['lead', 'lead'] }, ['value /0/rollback-plan/1']],
    [{ rule: { name: 'x', when: 'true' } }, []],
    [{ rule: { name: 'x' } }, []],
    [{ rule: { name: 'x', when: 'true &&' } }, ['value /0/rule/when']],
    [{ webhook: { name: 'x', url: 'https://checks.example.org/' } }, []],
    [{ webhook: { name: 'x', url: 'http://127.0.0.1:8080/' } }, []],
    [{ webhook: { name: 'x', url: 'http://checks.example.org/' } }, ['value /0/webhook/url']],
    [{ webhook: { name: 'x', url: 'https://a:b@checks.example.org/' } }, ['value /0/webhook/url']],
  ])('are set to what they can be: %j', (gate, findings) => {
    expect(found([gate])).toEqual(findings);
  });

  it('are told with the sign that a limit takes', () => {
    const instead = (gate: object) => gateFindings('', [gate], false, roles)[0]?.instead;
    expect(instead({ coverage: '< 80' })).toContain('>');
    expect(instead({ stability: { errors: '> 1%' } })).toContain('<');
    expect(instead({ webhook: { name: 'x', url: 'here' } })).toContain('https://');
  });

  it('are told which role is not there', () => {
    const [finding] = gateFindings('', [{ uat: ['leda'] }], false, roles);
    expect(finding).toMatchObject({ instead: 'lead' });
    expect(finding?.message).toContain('role "leda"');
  });
});
