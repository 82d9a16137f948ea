import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { branchPatternProblem, branchProblem } from './branch.ts';
import { durationMs, durationText } from './duration.ts';
import { baselineFactor, errorRatioLimit } from './limit.ts';
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
  it.each(['', '5', 'm', '5 m', '1.5h', '-1s', '5min', '1e3s'])('is not written %j', (text) => {
    expect(durationMs(text)).toBeNull();
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
    expect(['5%', '> 100%', '< 5%', '> 5'].map(errorRatioLimit)).toEqual([null, null, null, null]);
    expect(['> 3x baseline', '> 1.5x baseline', '3x', '> 3'].map(baselineFactor)).toEqual([
      3,
      1.5,
      null,
      null,
    ]);
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
  ])('%s was meant as %s', (written, meant) => {
    expect(nearestName(written, known)).toBe(meant);
  });
  it('is as far from its right spelling as that is from it', () => {
    const word = fc.string({ maxLength: 12 });
    fc.assert(fc.property(word, word, (a, b) => editDistance(a, b) === editDistance(b, a)));
    fc.assert(fc.property(word, (a) => editDistance(a, a) === 0));
  });
});

describe('a branch', () => {
  it.each(['develop', 'release/v1.2.0', 'feature/ä', 'a-b_c', '1'])('may be called %s', (name) => {
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
  ])('may not be called %j', (name) => {
    expect(branchProblem(name)).not.toBeNull();
  });
  it("may be named by a pattern, but not among Rung's own", () => {
    expect(branchPatternProblem('release/v*')).toBeNull();
    expect(branchPatternProblem('rung/*')).toContain("Rung's own");
  });
});
