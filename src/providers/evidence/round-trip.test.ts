import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Severity, severityOfScore } from '../../domain/evidence/facts.ts';
import { factsOf } from './handed.kit.ts';
import {
  coberturaOf,
  junitOf,
  lcovOf,
  type ModelFile,
  modelFiles,
  type ModelResult,
  modelResults,
  modelSuite,
  sarifOf,
  suitesIn,
  testsIn,
} from './written.kit.ts';

const runs = { numRuns: 150 };

function linesOf(files: readonly ModelFile[]): { found: number; hit: number } {
  const merged = new Map<string, boolean>();
  for (const { file, lines } of files) {
    for (const [line, hits] of lines) {
      const key = `${file}:${line}`;
      merged.set(key, merged.get(key) === true || hits > 0);
    }
  }
  return { found: merged.size, hit: [...merged.values()].filter(Boolean).length };
}

function severityIn({ score, level }: ModelResult): Severity {
  if (score !== null) return severityOfScore(score);
  return level === 'error' ? 'high' : level === 'note' ? 'low' : 'medium';
}

describe('evidence that was written and is read', () => {
  it('says of tests what the tests were', async () => {
    const check = fc.asyncProperty(modelSuite, async (suite) => {
      const tests = testsIn(suite);
      fc.pre(tests.length > 0);
      const facts = await factsOf('tests', 'junit', junitOf(suite));
      const ended = (...outcomes: string[]) => tests.filter(({ outcome }) => outcomes.includes(outcome));
      expect(facts).toMatchObject({
        total: tests.length,
        passed: ended('passed', 'flaky').length,
        failed: ended('failed').length,
        errors: ended('error').length,
        skipped: ended('skipped').length,
        flaky: ended('flaky').length,
        suites: suitesIn(suite),
        disagreements: { count: 0 },
      });
      expect(facts.durationMs).toBe(tests.reduce((sum, { timeMs }) => sum + timeMs, 0));
      expect(facts.failures.map(({ name }) => name)).toEqual(
        ended('failed', 'error')
          .map(({ name }) => name)
          .slice(0, 20),
      );
    });
    await fc.assert(check, runs);
  });

  it('says of coverage which lines were hit, in lcov and Cobertura alike', async () => {
    const check = fc.asyncProperty(modelFiles, fc.constantFrom('\n', '\r\n'), async (files, lineEnd) => {
      const { found, hit } = linesOf(files);
      const one = await factsOf('coverage', 'lcov', lcovOf(files, lineEnd));
      expect(one).toMatchObject({ linesFound: found, linesHit: hit, lineRatio: hit / found });
      expect(one.files).toBe(new Set(files.map(({ file }) => file)).size);
      const other = await factsOf('coverage', 'cobertura', coberturaOf(files));
      expect(other).toEqual(one);
    });
    await fc.assert(check, runs);
  });

  it('says of a scan how severe its findings are', async () => {
    const check = fc.asyncProperty(
      modelResults,
      fc.boolean(),
      fc.constantFrom(0, 2),
      async (results, rulesFirst, indent) => {
        const facts = await factsOf('scan', 'sarif', sarifOf(results, rulesFirst, indent));
        const there = results.filter(({ isGone }) => !isGone);
        const standing = there.filter(({ isSuppressed }) => !isSuppressed);
        const expected: Record<Severity, number> = { critical: 0, high: 0, medium: 0, low: 0, note: 0 };
        for (const result of standing) expected[severityIn(result)] += 1;
        expect(facts.bySeverity).toEqual(expected);
        expect(facts.suppressed).toBe(there.length - standing.length);
        expect(facts.findings).toHaveLength(Math.min(20, standing.length));
      },
    );
    await fc.assert(check, runs);
  });
});
