import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { branchPatternProblem, branchProblem } from './branch.ts';
import { durationMs, durationText, writtenMs } from './duration.ts';
import { recordOf, shown, unknownName } from './finding.ts';
import { baselineFactor, errorRatioLimit, shareLimit } from './limit.ts';
import { editDistance, nearestName } from './nearest.ts';

describe('a length of time', () => {
  it.each([
    ['500ms', 500],
    ['30s', 30_000],
    ['5m', 300_000],
    ['24h', 86_400_000],
    ['7d', 604_800_000],
  ])('%s is %d ms', (text, ms) => {
    expect(durationMs(text)).toBe(ms);
  });
  it.each(['', '5', 'm', '5 m', '1.5h', '-1s', '5min', '1e3s', 'x5m', '5m ', '123456789s'])(
    'is not written %j',
    (text) => {
      expect(durationMs(text)).toBeNull();
    },
  );
  it.each([
    [0, '0s'],
    [1, '1ms'],
    [999, '999ms'],
    [1000, '1s'],
    [1001, '1001ms'],
    [60_000, '1m'],
    [90_000, '90s'],
    [3_600_000, '1h'],
    [86_400_000, '1d'],
    [90_000_000, '25h'],
  ])('of %d ms is written in the shortest way, %s', (ms, text) => {
    expect(durationText(ms)).toBe(text);
  });
  it('that is not written is the usual one', () => {
    expect([writtenMs(undefined, 5), writtenMs('2s', 5), writtenMs('0s', 5)]).toEqual([5, 2000, 0]);
  });
  it('is read as it was written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999 }), (ms) => durationMs(durationText(ms)) === ms),
    );
  });
});

describe('a limit', () => {
  it('is a ratio between 0 and 1, or a factor', () => {
    expect(['> 5%', '>5%', '> 0.1 %', '> 99.9%'].map(errorRatioLimit)).toEqual([0.05, 0.05, 0.001, 0.999]);
    expect(['> 3x baseline', '>3x baseline', '> 1.5 x baseline'].map(baselineFactor)).toEqual([3, 3, 1.5]);
  });
  it.each(['', '5%', '> 100%', '< 5%', '> 5', 'x > 5%', '> 5% x', '> 3x baseline'])(
    'is not written %j for a ratio',
    (text) => {
      expect(errorRatioLimit(text)).toBeNull();
    },
  );
  it.each(['', '3x', '> 3', 'x > 3x baseline', '> 3x baselines', '> 5%'])(
    'is not written %j for a factor',
    (text) => {
      expect(baselineFactor(text)).toBeNull();
    },
  );
  it.each([
    ['> 80', '>', 0.8, false],
    ['>= 80 %', '>', 0.8, true],
    [' > 99.9% ', '>', 0.999, false],
    ['80', '>', 0.8, false],
    ['=80', '<', 0.8, true],
    [7, '<', 0.07, false],
    ['> 100', '>', 1, false],
    ['< 0', '<', 0, false],
  ] as const)('that is a share may be written %j where %s is meant', (text, sign, limit, inclusive) => {
    expect(shareLimit(text, sign)).toEqual({ limit, inclusive });
  });
  it.each([
    ['< 80', '>'],
    ['> 80', '<'],
    ['> 100.1', '>'],
    [101, '<'],
    ['x > 80', '>'],
    ['> 80 x', '>'],
    ['', '>'],
    [-1, '>'],
  ] as const)('that is a share may not be written %j where %s is meant', (text, sign) => {
    expect(shareLimit(text, sign)).toBeNull();
  });
});

describe('a misspelt name', () => {
  const known = ['staging', 'prod', 'dev', 'engineering-lead'];
  it.each([
    ['stagin', 'staging'],
    ['satging', 'staging'],
    ['prd', 'prod'],
    ['Dev', 'dev'],
    ['enginering_lead', 'engineering-lead'],
    ['qa', null],
    ['x'.repeat(500), null],
    ['stgng', null],
    ['sgng', null],
    ['stagng', 'staging'],
    ['de', 'dev'],
    ['d', null],
    ['prDO', 'prod'],
  ])('%s was meant as %s', (written, meant) => {
    expect(nearestName(written, known)).toBe(meant);
  });
  it('was meant as the nearest, and as the first of those that are as near', () => {
    expect(nearestName('staging', ['string', 'stating', 'staying'])).toBe('stating');
    expect(nearestName('staging', ['STAGING'])).toBe('STAGING');
  });
  it.each([
    ['', '', 0],
    ['', 'abc', 3],
    ['abc', '', 3],
    ['abc', 'abd', 1],
    ['abc', 'abcd', 1],
    ['abcd', 'bcd', 1],
    ['ab', 'ba', 1],
    ['abcdef', 'badcfe', 3],
    ['ca', 'abc', 3],
    ['kitten', 'sitting', 3],
    ['aab', 'bcc', 3],
    ['x'.repeat(60), 'y'.repeat(60), 60],
    ['x'.repeat(60), 'x'.repeat(61), Number.POSITIVE_INFINITY],
    ['x'.repeat(61), 'x'.repeat(60), Number.POSITIVE_INFINITY],
  ])('%j is %j after so many mistakes: %d', (written, meant, mistakes) => {
    expect(editDistance(written, meant)).toBe(mistakes);
  });
  it('is told with what was meant, or with all there are, as far as they can be read', () => {
    const names = Array.from({ length: 13 }, (_, index) => `name-${index + 10}`);
    const told = (written: string, known: readonly string[]) => unknownName('role', written, known).instead;
    expect(told('led', ['qa', 'lead'])).toBe('lead');
    expect(told('x', ['qa', 'lead'])).toContain('qa, lead');
    expect(told('x', names.slice(0, 12))).toContain('name-21');
    expect(told('x', names.slice(0, 12))).not.toContain('more');
    expect(told('x', names)).toContain(`${names.slice(0, 12).join(', ')} and 1 more`);
    expect(unknownName('role', 'x', [])).not.toHaveProperty('instead');
  });
  it('is shown in sixty characters at the most', () => {
    expect(shown('x'.repeat(60))).toBe('x'.repeat(60));
    expect(shown('x'.repeat(61))).toBe(`${'x'.repeat(57)}...`);
  });
  it('is as far from its right spelling as that is from it', () => {
    const word = fc.string({ maxLength: 12 });
    fc.assert(fc.property(word, word, (a, b) => editDistance(a, b) === editDistance(b, a)));
    fc.assert(fc.property(word, (a) => editDistance(a, a) === 0));
  });
});

describe('a branch', () => {
  it.each([
    'develop',
    'release/v1.2.0',
    'feature/ä',
    'a-b_c',
    '1',
    'a-',
    'a@',
    'lock',
    'a.b',
    'x'.repeat(200),
  ])('may be called %s', (name) => {
    expect(branchProblem(name)).toBeNull();
  });
  it.each([
    '',
    '-x',
    '.x',
    'a..b',
    'a b',
    'a~1',
    'a/',
    '/a',
    'a//b',
    'a.lock',
    'a/.b',
    '@',
    'a@{1}',
    'a\u0000',
    'a*',
    'a.',
    'a..',
    'a.lock/b',
    'x'.repeat(201),
  ])('may not be called %j', (name) => {
    expect(branchProblem(name)).not.toBeNull();
  });
  it("may be named by a pattern, but not among Rung's own", () => {
    for (const pattern of ['release/v*', '*', '*/*', 'rungs', 'a/rung', 'rung-1/a'])
      expect(branchPatternProblem(pattern)).toBeNull();
    for (const pattern of ['rung', 'rung/*', 'rung/dev'])
      expect(branchPatternProblem(pattern)).toContain("Rung's own");
    expect(branchPatternProblem('*..*')).not.toBeNull();
  });
});

describe('data of any shape', () => {
  it.each([null, undefined, 'a', 7, ['a'], true])('is read as without keys: %j', (value) => {
    expect(recordOf(value)).toEqual({});
  });
});
