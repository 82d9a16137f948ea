import { describe, expect, it } from 'vitest';
import { rolloutFindings } from './rollout-meaning.ts';

const found = (rollout: unknown): readonly string[] =>
  rolloutFindings('', rollout).map(({ on, pointer }) => `${on} ${pointer}`);
const whole = { percent: 100 };

describe('the shares of a canary (REL-8)', () => {
  it.each<[readonly unknown[], readonly string[]]>([
    [[], []],
    [[whole], []],
    [[{ percent: 1, for: '1m' }, { percent: 50, for: '1m' }, whole], []],
    [[{ percent: 10, for: '1m' }, { percent: 99 }], ['value /canary/1/percent']],
    [[{ percent: 10, for: '1m' }, { percent: 10, for: '1m' }, whole], ['value /canary/1/percent']],
    [[{ percent: 20, for: '1m' }, { percent: 10, for: '1m' }, { percent: 90 }], ['value /canary/1/percent']],
    [[{ ...whole, for: '1m' }, whole], ['value /canary/1/percent']],
    [[{ percent: '10', for: '1m' }, { percent: 5, for: '1m' }, whole], []],
    [[{ percent: 10, for: '1m' }, { percent: 'all' }], []],
  ])('rise to 100: %j', (canary, findings) => {
    expect(found({ canary })).toEqual(findings);
  });

  it('are told what could follow, which is nothing after 100', () => {
    const instead = (...percents: readonly number[]) =>
      rolloutFindings('', { canary: percents.map((percent) => ({ percent, for: '1m' })) })[0]?.instead;
    expect(instead(20, 10, 100)).toContain('20');
    expect(instead(99, 10, 100)).toContain('99');
    expect(instead(100, 10)).not.toContain('more than');
  });
});

describe('the times of a canary', () => {
  it.each<[object, readonly string[]]>([
    [{ for: '5m' }, []],
    [{}, ['value /canary/0']],
    [{ for: '0s' }, ['value /canary/0']],
    [{ for: 'long' }, []],
    [{ for: 'long', maximum: '1m' }, []],
    [{ for: '5m', maximum: 'long' }, []],
    [{ for: '5m', maximum: '4m' }, ['value /canary/0/maximum']],
    [{ for: '5m', maximum: '5m' }, []],
    [{ for: '5m', maximum: '6m' }, []],
  ])('are of each step but the last: %j', (step, findings) => {
    expect(found({ canary: [{ percent: 10, ...step }, whole] })).toEqual(findings);
  });

  it('are not of the last', () => {
    expect(
      found({
        canary: [
          { percent: 10, for: '5m' },
          { ...whole, for: '5m' },
        ],
      }),
    ).toEqual(['key /canary/1/for']);
    expect(found({ canary: [{ ...whole, maximum: '5m' }] })).toEqual([]);
  });
});

describe('the rules of a rollback (REL-9)', () => {
  it.each<[readonly unknown[], readonly string[]]>([
    [[{ errors: '> 5%', for: '2m' }, { health: 'failing' }], []],
    [[{ health: 'failing' }, { errors: '> 5%' }], []],
    [[{ errors: '> 5%' }, { health: 'failing' }, { errors: '> 1%' }], ['value /rollback/2']],
    [[{ health: 'failing', for: '2m' }], ['key /rollback/0/for']],
    [[{ health: 'failing', errors: '> 5%' }], ['value /rollback/0']],
    [[{ health: 'failing', errors: '> 5%', for: '2m' }], ['value /rollback/0']],
    [[{ errors: '> 0%' }], ['value /rollback/0/errors']],
    [[{ errors: 'many' }], []],
    [[7], []],
  ])('are a limit for errors and one for health: %j', (rollback, findings) => {
    expect(found({ rollback })).toEqual(findings);
  });
});

describe('what a person is asked (REL-9)', () => {
  it.each<[readonly unknown[], readonly string[]]>([
    [[{ p95: '> 3x baseline' }], []],
    [[{ p95: '> 1.1x baseline' }], []],
    [[{ p95: '> 1x baseline' }], ['value /ask/0/p95']],
    [[{ p95: '> 0.5x baseline' }], ['value /ask/0/p95']],
    [[{ p95: 'slow' }], []],
    [[{ p95: '> 3x baseline' }, { p95: '> 1x baseline' }], ['value /ask/1']],
    [[null], []],
  ])('is about one factor above 1: %j', (ask, findings) => {
    expect(found({ ask })).toEqual(findings);
  });
});

describe('the lease of an agent', () => {
  it.each([
    ['500ms', []],
    ['499ms', ['value /lease']],
    ['30s', []],
    ['0s', ['value /lease']],
    ['short', []],
    [undefined, []],
  ])('is long enough to be renewed: %s', (lease, findings) => {
    expect(found({ lease })).toEqual(findings);
  });
});
