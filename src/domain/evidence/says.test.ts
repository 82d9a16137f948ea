import { describe, expect, it } from 'vitest';
import type { ActorId } from '../ids.ts';
import type { CoverageFacts, ScanFacts, TestFacts } from './facts.ts';
import type { RollbackPlanFacts } from './said.ts';
import { saysOf } from './says.ts';

const [ada, bo] = ['ada@example.org', 'bo@example.org'] as ActorId[] as [ActorId, ActorId];
const disagreements = { count: 0, shown: [] };

const tests = (counts: Partial<TestFacts>): string =>
  saysOf({
    kind: 'tests',
    total: 0,
    passed: 0,
    failed: 0,
    errors: 0,
    skipped: 0,
    flaky: 0,
    suites: 1,
    durationMs: 1,
    failures: [],
    disagreements,
    ...counts,
  });

const coverage = (counts: Partial<CoverageFacts>): string =>
  saysOf({
    kind: 'coverage',
    linesFound: 9,
    linesHit: 9,
    lineRatio: 1,
    branchesFound: 0,
    branchesHit: 0,
    branchRatio: null,
    files: 1,
    lowest: [],
    disagreements,
    ...counts,
  });

const scan = (bySeverity: Partial<ScanFacts['bySeverity']>, suppressed = 0): string =>
  saysOf({
    kind: 'scan',
    bySeverity: { critical: 0, high: 0, medium: 0, low: 0, note: 0, ...bySeverity },
    findings: [],
    tools: [],
    suppressed,
  });

const plan = (reviewedBy: RollbackPlanFacts['reviewedBy']): string =>
  saysOf({
    kind: 'rollback-plan',
    steps: '',
    minutes: 7,
    dataStaysReadable: true,
    writtenBy: ada,
    reviewedBy,
  });

describe('what a piece of evidence says, in one line', () => {
  it('counts tests, and names only what there is', () => {
    expect(tests({ total: 10, passed: 4, failed: 3, errors: 2, skipped: 1 })).toMatch(
      /^10 tests: 4 passed, 3 failed, 2 \D+, 1 skipped$/,
    );
    expect(tests({ total: 1, passed: 1 })).toBe('1 test: 1 passed');
    expect(tests({ total: 5, passed: 5, flaky: 2 })).toMatch(/^5 tests: 5 passed \(2 \D+\)$/);
  });

  it('never says more of coverage than there is', () => {
    expect(coverage({ lineRatio: 0.79999, files: 2 })).toMatch(/^79\.9 % \D+9 lines\D+2 files\D*$/);
    expect(coverage({ lineRatio: 0.8, linesFound: 1, branchRatio: 0.1239 })).toMatch(
      /^80 % \D+1 line \D+1 file \D+12\.3 % \D+$/,
    );
  });

  it('names what a scan found, worst first, and apart what somebody accepted', () => {
    expect(scan({ note: 1, low: 2, critical: 3 })).toBe('3 critical, 2 low, 1 note');
    expect(scan({ high: 4 }, 5)).toMatch(/^4 high\D+5 \D+$/);
    expect(scan({})).toMatch(/^no \D+$/);
    expect(scan({}, 6)).toMatch(/^no \D+6 \D+$/);
  });

  it('counts what was counted elsewhere, and says where', () => {
    expect(saysOf({ kind: 'count', count: 3, tracker: null, link: null })).toMatch(/^3 \w+$/);
    expect(saysOf({ kind: 'count', count: 3, tracker: 'Jira', link: null })).toMatch(/^3 .+ Jira$/);
  });

  it('names who reviewed a change, and before them who wants it otherwise', () => {
    const review = (requestedChanges: readonly string[]): string =>
      saysOf({ kind: 'review', approvedBy: [ada], requestedChanges, url: '' });
    expect(review([])).toContain(ada);
    expect(review([bo])).toContain(bo);
    expect(review([bo])).not.toContain(ada);
  });

  it('tells a verdict, a plan and a checklist by what they hold', () => {
    const scenario = { title: 'Buy', passed: true, note: '' };
    const scenarios = [scenario, scenario];
    expect(saysOf({ kind: 'uat', verdict: 'rejected', testers: [], scenarios, note: '' })).toBe(
      'rejected, 2 scenarios',
    );
    expect(plan([bo])).toMatch(/ 7 min.*ada@example\.org.*bo@example\.org$/);
    expect(plan([])).toContain('nobody');
    const items = [true, false, true].map((done) => ({ item: 'x', done, note: '' }));
    expect(saysOf({ kind: 'checklist', items })).toMatch(/^2 of 3 items /);
  });
});
