import { describe, expect, it } from 'vitest';
import { matchesBranch } from './branch.ts';
import type { ActorId, EnvironmentName, RoleName } from './ids.ts';
import { nextRungs, rungOf } from './pipeline.ts';
import { allMembers, peopleOf, rolesOf } from './roles.ts';
import { countText, listText, shareText, someText, spanText } from './wording.ts';

const step = (name: string) => ({ environment: name as EnvironmentName, gates: [] });
const file = {
  pipelines: {
    main: [step('dev'), step('test'), step('prod')],
    hotfix: [step('test'), step('canada')],
  },
};

describe('the order of environments (OPS-1)', () => {
  it('is that of the pipeline that has the environment', () => {
    const rung = rungOf(file, 'prod' as EnvironmentName);
    expect(rung?.pipeline).toBe('main');
    expect(rung?.before.map(({ environment }) => environment)).toEqual(['dev', 'test']);
    expect(rungOf(file, 'dev' as EnvironmentName)?.before).toEqual([]);
    expect(rungOf(file, 'nowhere' as EnvironmentName)).toBeNull();
  });

  it('is that of the first pipeline, where two have it', () => {
    const rung = rungOf({ pipelines: { ...file.pipelines } }, 'test' as EnvironmentName);
    expect([rung?.pipeline, rung?.step, rung?.before]).toEqual(['main', step('test'), [step('dev')]]);
  });

  it('goes on to every environment that comes right after, over all pipelines', () => {
    expect(nextRungs(file, 'test' as EnvironmentName)).toEqual(['prod', 'canada']);
    expect(nextRungs(file, 'prod' as EnvironmentName)).toEqual([]);
  });
});

describe('roles and where to reach them (REL-16)', () => {
  const [ada, bo] = ['ada@example.org', 'bo@example.org'] as ActorId[] as [ActorId, ActorId];
  const roles = {
    ['lead' as RoleName]: { members: [ada], contact: '#leads' },
    ['devops' as RoleName]: { members: [ada, bo], onCall: '+44 20 7946 0000', contact: '#leads' },
  };

  it('names roles, members and contacts, with what belongs to one role together', () => {
    expect(peopleOf({ roles })).toEqual({
      kind: 'people',
      roles: ['lead', 'devops'],
      members: [ada, bo],
      contacts: ['#leads', '#leads, on call: +44 20 7946 0000'],
    });
    expect(peopleOf({ roles }, ['devops' as RoleName], [ada])).toMatchObject({
      roles: ['devops'],
      members: [bo],
    });
  });

  it('knows every role of a person, and every person', () => {
    expect(rolesOf({ roles }, ada)).toEqual(['lead', 'devops']);
    expect(rolesOf({ roles }, 'eve@example.org' as ActorId)).toEqual([]);
    expect(allMembers({ roles })).toEqual([ada, bo]);
  });
});

describe('a branch pattern', () => {
  it.each([
    ['main', 'main', true],
    ['main', 'maintenance', false],
    ['release/v*', 'release/v1.2', true],
    ['release/v*', 'release/v1/2', false],
    ['feature/*', 'feature/', true],
    ['a.b', 'axb', false],
    ['(a+)+*', '(a+)+x', true],
  ])('%s meets %s: %s', (pattern, branch, expected) => {
    expect(matchesBranch(pattern, branch)).toBe(expected);
  });
});

describe('words for people', () => {
  it.each([
    [-5, '0 ms'],
    [850, '850 ms'],
    [0.6, '1 ms'],
    [9_940, '9.9 s'],
    [10_400, '10 s'],
    [1_000, '1 s'],
    [1_500, '1.5 s'],
    [59_400, '59 s'],
    [59_600, '1 min'],
    [60_000, '1 min'],
    [61_000, '1 min 1 s'],
    [75_060_000, '20 h 51 min'],
    [187_200_000, '2 d 4 h'],
    [86_400_000, '1 d'],
  ])('%i ms is %s', (ms, text) => {
    expect(spanText(ms)).toBe(text);
  });

  it('lists and counts as people do', () => {
    expect([listText([]), listText(['a']), listText(['a', 'b'], 'or'), listText(['a', 'b', 'c'])]).toEqual([
      '',
      'a',
      'a or b',
      'a, b and c',
    ]);
    const names = Array.from({ length: 12 }, (_, index) => `n${index}`);
    expect(someText(names.slice(0, 10))).toBe(listText(names.slice(0, 10)));
    expect(someText(names)).toBe(`${names.slice(0, 10).join(', ')} and 2 more`);
    expect(someText(names.slice(0, 11), 'or')).toBe(`${names.slice(0, 10).join(', ')} or 1 more`);
    expect([shareText(0.8), shareText(0.79999), shareText(0.29)]).toEqual(['80 %', '79.9 %', '29 %']);
    expect([countText(1, 'approval'), countText(2, 'approval')]).toEqual(['1 approval', '2 approvals']);
  });
});
