import { describe, expect, it } from 'vitest';
import type { ActorId, AgentId } from '../../../domain/ids.ts';
import type { Caller, SayEvidence } from '../../face.ts';
import { inOwnName, needSense, needSpeaker } from './said.ts';

const ada = 'ada@example.org' as ActorId;
const person: Caller = { actor: { kind: 'person', id: ada }, scopes: 'all', person: ada };
const program: Caller = {
  actor: { kind: 'token', id: 'ci' as ActorId, name: 'ci' },
  scopes: ['evidence'],
  person: null,
};
const agent: Caller = { ...program, actor: { kind: 'agent', agent: 'a' as AgentId } };

const uat = (other: object = {}): SayEvidence['facts'] => ({
  kind: 'uat',
  verdict: 'accepted',
  testers: [],
  scenarios: [],
  note: '',
  ...other,
});
const scenario = (passed: boolean) => ({ title: 'Pay', passed, note: '' });
const plan = { kind: 'rollback-plan', steps: 'back', minutes: 5, dataStaysReadable: true } as const;

describe('who may say something', () => {
  it.each(['uat', 'rollback-plan', 'checklist'])('is a person alone, where it is a sign-off: %s', (kind) => {
    expect(() => needSpeaker({ kind }, program)).toThrow(
      expect.objectContaining({ kind: 'denied', code: 'person-needed' }) as Error,
    );
    expect(() => needSpeaker({ kind }, person)).not.toThrow();
  });

  it.each(['review', 'count'])('may be a program, where it is what a forge knows: %s', (kind) => {
    expect(() => needSpeaker({ kind }, program)).not.toThrow();
  });

  it('is told what they alone can do', () => {
    const words = ['uat', 'rollback-plan', 'checklist'].map((kind) => {
      try {
        needSpeaker({ kind }, agent);
        return '';
      } catch (thrown) {
        return String(thrown);
      }
    });
    expect(new Set(words).size).toBe(3);
    expect(words).not.toContain('');
  });
});

describe('in whose name something is said', () => {
  it('is that of whoever comes, for a plan, and nobody has read it yet', () => {
    const forged = { ...plan, writtenBy: 'eve' as ActorId, reviewedBy: ['eve' as ActorId] };
    expect(inOwnName(forged, person)).toEqual({ ...plan, writtenBy: ada, reviewedBy: [] });
    expect(() => inOwnName(plan, program)).toThrow(
      expect.objectContaining({ kind: 'defect', code: 'plan-without-writer' }) as Error,
    );
  });

  it('is no part of anything else that is said', () => {
    const facts = uat();
    expect(inOwnName(facts, person)).toBe(facts);
  });
});

describe('what makes no sense', () => {
  const say = (facts: SayEvidence['facts'], environment?: string): SayEvidence => ({
    release: '1.0.0',
    facts,
    ...(environment !== undefined && { environment }),
  });
  it.each([
    ['an acceptance of nowhere', say(uat()), 'uat-nowhere'],
    ['a rejection of nowhere', say(uat({ verdict: 'rejected' })), 'uat-nowhere'],
    [
      'an acceptance of what did not pass',
      say(uat({ scenarios: [scenario(true), scenario(false)] }), 'sit'),
      'uat-contradicts-itself',
    ],
    ['a checklist of nothing', say({ kind: 'checklist', items: [] }), 'checklist-empty'],
  ])('is %s', (_, ask, code) => {
    expect(() => needSense(ask)).toThrow(expect.objectContaining({ kind: 'invalid', code }) as Error);
  });

  it.each([
    ['an acceptance of what passed', say(uat({ scenarios: [scenario(true), scenario(true)] }), 'sit')],
    [
      'a rejection of what did not pass',
      say(uat({ verdict: 'rejected', scenarios: [scenario(false)] }), 'sit'),
    ],
    ['a checklist of something', say({ kind: 'checklist', items: [{ item: 'a', done: true, note: '' }] })],
    ['a plan', say(plan)],
  ])('is not %s', (_, ask) => {
    expect(() => needSense(ask)).not.toThrow();
  });
});
