import { describe, expect, it } from 'vitest';
import { mutatedCode } from './code.ts';
import { coverageBy } from './coverage.ts';
import { Hand } from './hand.ts';
import { Kept } from './kept.ts';
import { Trial } from './trial.ts';

const tests = ['src/domain/version.test.ts'];

describe('a mutant', () => {
  it('is found by a test that reaches it, and told as not reached where none does', async () => {
    const code = mutatedCode();
    await using hand = new Hand(code);
    const coverage = await coverageBy(tests, code, [hand], new Kept(null), () => undefined);
    expect(coverage.leftOut).toEqual([]);
    const trial = new Trial(code, coverage, { testsMs: 10_000, histories: 0 }, new Kept(null));
    const reached = [...(coverage.units[0]?.reached ?? [])];
    const verdicts = await Promise.all(reached.slice(0, 1).map((id) => trial.verdictOn(id, hand)));
    expect(verdicts.map(({ outcome, by }) => [outcome, by?.file])).toEqual([['found', tests[0]]]);
    const elsewhere = code.mutants.findIndex(({ file }) => file === 'src/domain/approvals.ts');
    expect(await trial.verdictOn(elsewhere, hand)).toEqual({ outcome: 'not reached', by: null, notTried: 0 });
  });
});
