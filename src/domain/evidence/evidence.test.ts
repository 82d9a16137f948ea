import { describe, expect, it } from 'vitest';
import type { Actor } from '../actor.ts';
import { type ActorId, type EnvironmentId, instant, type ProjectId } from '../ids.ts';
import {
  type Evidence,
  type EvidenceFacts,
  type EvidenceId,
  evidenceKinds,
  ofKind,
  ofName,
  speaking,
} from './evidence.ts';
import { mostMessageCharacters, ratioOf, severityOfScore, shortened } from './facts.ts';
import { isSaidByPeople } from './said.ts';

const counted: EvidenceFacts = { kind: 'count', count: 1, tracker: null, link: null };
const accepted: EvidenceFacts = { kind: 'uat', verdict: 'accepted', testers: [], scenarios: [], note: '' };
const ticked: EvidenceFacts = { kind: 'checklist', items: [] };
const person = (name: string): Actor => ({ kind: 'person', id: `${name}@example.org` as ActorId });
const token = (name: string): Actor => ({ kind: 'token', id: name as ActorId, name });

function evidence(
  id: string,
  at: number,
  facts: EvidenceFacts = counted,
  more: Partial<Evidence> = {},
): Evidence {
  return {
    id: id as EvidenceId,
    project: 'project' as ProjectId,
    kind: facts.kind,
    name: facts.kind,
    tree: 'tree',
    environment: null,
    facts,
    file: null,
    by: person('ada'),
    at: instant(at),
    ...more,
  };
}

const idsOf = (pieces: readonly Evidence[]): readonly string[] => pieces.map(({ id }) => id);

describe('the evidence that speaks (REL-1)', () => {
  it('is the newest of each kind, name and environment, newest first', () => {
    const [sit, prod] = ['sit', 'prod'] as EnvironmentId[] as [EnvironmentId, EnvironmentId];
    const pieces = [
      evidence('a', 1),
      evidence('b', 3),
      evidence('c', 2),
      evidence('d', 4, counted, { name: 'other' }),
      evidence('e', 5, counted, { environment: sit }),
      evidence('f', 6, counted, { environment: prod }),
      evidence('g', 7, counted, { environment: sit }),
      evidence('h', 0, { kind: 'review', approvedBy: [], requestedChanges: [], url: '' }, { name: 'count' }),
    ];
    expect(idsOf(speaking(pieces))).toEqual(['g', 'f', 'd', 'b', 'h']);
  });

  it('is, of those of one moment, the one that was made last', () => {
    expect(idsOf(speaking([evidence('1', 5), evidence('3', 5), evidence('2', 5)]))).toEqual(['3']);
    expect(idsOf(speaking([evidence('3', 5), evidence('1', 5), evidence('2', 6)]))).toEqual(['2']);
  });

  it('has a sign-off of each person, so that nobody is silenced by who has no say', () => {
    const pieces = [
      evidence('a', 1, accepted, { by: person('ada') }),
      evidence('b', 2, accepted, { by: person('bo') }),
      evidence('c', 3, accepted, { by: person('ada') }),
      evidence('d', 4, accepted, { by: token('ci') }),
      evidence('e', 5, accepted, { by: token('cd') }),
    ];
    expect(idsOf(speaking(pieces))).toEqual(['e', 'c', 'b']);
  });

  it('has every checklist, and of what else people say the newest alone', () => {
    expect(idsOf(speaking([evidence('a', 1, ticked), evidence('b', 2, ticked)]))).toEqual(['b', 'a']);
    const counts = [evidence('a', 1), evidence('b', 2, counted, { by: person('bo') })];
    expect(idsOf(speaking(counts))).toEqual(['b']);
  });
});

describe('evidence', () => {
  const pieces = [
    evidence('a', 1, ticked),
    evidence('b', 2),
    evidence('c', 3, counted, { name: 'bugs' }),
    evidence('d', 4, accepted, { name: 'bugs' }),
    evidence('e', 5),
  ];

  it('is found by its kind, in the order of the list', () => {
    expect(idsOf(ofKind(pieces, 'count'))).toEqual(['b', 'c', 'e']);
    expect(ofKind(pieces, 'coverage')).toEqual([]);
  });

  it('is found by its kind and its name', () => {
    expect(idsOf(ofName(pieces, 'count', 'count'))).toEqual(['b', 'e']);
    expect(idsOf(ofName(pieces, 'count', 'bugs'))).toEqual(['c']);
    expect(ofName(pieces, 'count', 'none')).toEqual([]);
    expect(ofName(pieces, 'scan', 'bugs')).toEqual([]);
  });

  it('is said in one person’s name where a person answers for it (REL-5)', () => {
    expect(evidenceKinds.filter(isSaidByPeople)).toEqual(['uat', 'rollback-plan', 'checklist']);
    expect(isSaidByPeople('')).toBe(false);
  });
});

describe('what is read from a file', () => {
  it.each([
    [10, 'critical'],
    [9, 'critical'],
    [8.9, 'high'],
    [7, 'high'],
    [6.9, 'medium'],
    [4, 'medium'],
    [3.9, 'low'],
    [0.1, 'low'],
    [0, 'note'],
  ])('is, with a CVSS score of %d, %s', (score, severity) => {
    expect(severityOfScore(score)).toBe(severity);
  });

  it('has a ratio where there is something to be hit', () => {
    expect([ratioOf(0, 0), ratioOf(0, 4), ratioOf(3, 4)]).toEqual([null, 0, 0.75]);
  });

  it('is shown within its length, with no character cut in two', () => {
    expect(shortened('abcde', 5)).toBe('abcde');
    expect(shortened('abcdef', 5)).toBe('abcd…');
    expect(shortened('abc😀f', 5)).toBe('abc…');
    expect(shortened('ab😀ff', 5)).toBe('ab😀…');
    expect(shortened('\u{d83d}bcdef', 5)).toBe('\u{d83d}bcd…');
    expect(shortened('x'.repeat(mostMessageCharacters))).toHaveLength(mostMessageCharacters);
    expect(shortened('x'.repeat(mostMessageCharacters + 1))).toHaveLength(mostMessageCharacters);
  });
});
