import { describe, expect, it } from 'vitest';
import { type Actor, actorName, peopleBehind } from './actor.ts';
import type { ActorId, AgentId } from './ids.ts';

const [ada, bo] = ['ada@example.org', 'bo@example.org'] as ActorId[] as [ActorId, ActorId];

describe('who did something', () => {
  it.each<[string, Actor, readonly ActorId[], string]>([
    ['a person', { kind: 'person', id: ada }, [ada], ada],
    ['a person who acted as another', { kind: 'person', id: ada, actingFrom: bo }, [ada, bo], ada],
    ['a program with a token', { kind: 'token', id: 'ci' as ActorId, name: 'CI' }, [], 'CI'],
    ['an agent', { kind: 'agent', agent: 'a1' as AgentId }, [], 'agent'],
    ['Rung itself', { kind: 'automation', rule: 'expiry' }, [], 'Rung'],
  ])(
    'is known by name and by the human beings behind it, where it was %s (REL-16)',
    (_, actor, people, name) => {
      expect(peopleBehind(actor)).toEqual(people);
      expect(actorName(actor)).toBe(name);
    },
  );
});
