import { describe, expect, it } from 'vitest';
import type { Evidence, EvidenceFacts } from '../../../domain/evidence/evidence.ts';
import type { GateAnswer, Waiver, WaiverId } from '../../../domain/gate.ts';
import { type ActorId, instant } from '../../../domain/ids.ts';
import type { GateSpec } from '../../../domain/project-file/types.ts';
import { aCleanAsk, ada, bo, file, next, now } from '../facts.kit.ts';
import { covered, evidence, judged, results, scanned, ticked } from './gate.kit.ts';

const clean = aCleanAsk();
const [, source] = clean.before;

const tests: GateSpec = { kind: 'tests', suites: ['unit', 'integration'] };
const unit = evidence(results(3), { name: 'unit' });
const integration = evidence(results(2), { name: 'integration' });

describe('the gate of tests (REL-2)', () => {
  it.each<[string, GateAnswer['state'], readonly Evidence[]]>([
    ['nothing was handed over', 'missing', []],
    ['one suite is missing', 'missing', [unit]],
    ['both passed', 'passed', [unit, integration]],
    ['a suite failed', 'failed', [unit, evidence(results(2, 1), { name: 'integration' })]],
    ['a suite ran no test', 'failed', [unit, evidence(results(0), { name: 'integration' })]],
    [
      'another suite failed that nobody asks for',
      'passed',
      [unit, integration, evidence(results(0, 1), { name: 'ui' })],
    ],
  ])('when %s: %s', (_, state, pieces) => {
    expect(judged(tests, pieces).state).toBe(state);
  });

  it('takes whatever suites there are where it names none, and all of them have to pass', () => {
    const any: GateSpec = { kind: 'tests', suites: [] };
    expect(judged(any, [unit]).state).toBe('passed');
    expect(judged(any, [unit, evidence(results(1, 1), { name: 'ui' })]).state).toBe('failed');
  });

  it('says what is missing, and how it is handed over', () => {
    const { says, wayOut } = judged(tests, [unit]);
    expect(says).toBe('No test results of 1.1.0 yet from integration.');
    expect(wayOut).toContain('rung evidence add junit.xml --kind tests --name integration --release 1.1.0');
  });

  it('says without a name how any are handed over, where none is asked for', () => {
    const { state, says, wayOut } = judged({ kind: 'tests', suites: [] });
    expect(state).toBe('missing');
    expect(says).not.toContain('from');
    expect(wayOut).toContain('--kind tests --release 1.1.0');
  });

  it('counts a test that broke as one that failed, and what ran over all suites', () => {
    const broken = (passed: number, failed: number, errors: number): Evidence =>
      evidence({ ...results(passed, failed), total: passed + failed + errors, errors } as EvidenceFacts, {
        name: 'unit',
      });
    const says = (piece: Evidence) => judged({ kind: 'tests', suites: [] }, [piece]).says;
    expect(says(broken(7, 1, 1))).toContain('2 tests of 9 failed in unit');
    expect(says(broken(7, 0, 1))).toContain('1 test of 8 failed in unit');
    expect(says(broken(0, 1, 1))).toContain('2 tests of 2 failed in unit');
    expect(says(broken(0, 0, 1))).toContain('1 test of 1 failed in unit');
    expect(says(broken(0, 0, 0))).toContain('no test ran in unit');
    expect(judged(tests, [unit, integration]).says).toMatch(/^5 tests passed in/u);
  });

  it('believes the newest of a name, whatever an older one said', () => {
    const older = evidence(results(1, 1), { name: 'unit', at: instant(now - 9000) });
    expect(judged(tests, [older, unit, integration]).state).toBe('passed');
    const newer = evidence(results(1, 1), { name: 'unit', at: instant(now) });
    expect(judged(tests, [unit, integration, newer]).state).toBe('failed');
  });
});

describe('the gate of coverage (REL-2)', () => {
  const over = { kind: 'coverage', limit: 0.8, inclusive: false } as const;

  it('is over 80 % when it says so: exactly 80 % is not', () => {
    expect(judged(over, [evidence(covered(80, 100))]).state).toBe('failed');
    expect(judged({ ...over, inclusive: true }, [evidence(covered(80, 100))]).state).toBe('passed');
    expect(judged(over, [evidence(covered(801, 1000))]).state).toBe('passed');
  });

  it('is missing where no line was looked at, and says which limit is asked for', () => {
    const atLeast = { ...over, inclusive: true };
    expect(judged(over)).toMatchObject({ state: 'missing', evidence: [] });
    expect(judged(over, [evidence(covered(0, 0))])).toMatchObject({ state: 'missing', evidence: [{}] });
    expect(judged(over).says).toContain('over 80 %');
    expect(judged(atLeast).says).toContain('at least 80 %');
    expect(judged(atLeast, [evidence(covered(79, 100))]).state).toBe('failed');
  });

  it('is weighed over all reports by their lines, not by their ratios', () => {
    const small = evidence(covered(10, 10), { name: 'small' });
    const large = evidence(covered(700, 1000), { name: 'large' });
    expect(judged(over, [small, large])).toMatchObject({
      state: 'failed',
      says: 'The tests run through 70.2 % of 1010 lines; over 80 % is asked for.',
    });
  });

  it('never reads as enough when it is not', () => {
    expect(judged(over, [evidence(covered(79_999, 100_000))]).says).toContain('79.9 %');
  });
});

describe('the other gates that people and programs open (REL-2)', () => {
  it('a scan: nothing of the severities that must not be there', () => {
    const gate: GateSpec = { kind: 'scan', none: ['critical', 'high'] };
    expect(judged(gate, []).state).toBe('missing');
    expect(judged(gate, [evidence(scanned(0, 3))]).state).toBe('passed');
    expect(judged(gate, [evidence(scanned(1, 0))])).toMatchObject({
      state: 'failed',
      says: 'The security scan found 1 high.',
    });
  });

  it('a review: so many people, and nobody against', () => {
    const gate: GateSpec = { kind: 'review', count: 2 };
    const reviewed = (approvedBy: readonly string[], requestedChanges: readonly string[] = []) =>
      judged(gate, [evidence({ kind: 'review', approvedBy, requestedChanges, url: '' })]).state;
    expect(reviewed(['bo'])).toBe('missing');
    expect(reviewed(['bo', 'bo'])).toBe('missing');
    expect(reviewed(['bo', 'cy'])).toBe('passed');
    expect(reviewed(['bo', 'cy'], ['dee'])).toBe('failed');
  });

  it('blocking bugs: the trackers together', () => {
    const gate: GateSpec = { kind: 'bugs', atMost: 1 };
    const open = (count: number, name: string) =>
      evidence({ kind: 'count', count, tracker: name, link: null }, { name });
    expect(judged(gate, [open(1, 'a'), open(0, 'b')]).state).toBe('passed');
    expect(judged(gate, [open(1, 'a'), open(1, 'b')]).state).toBe('failed');
  });

  it('say who is against, who looked at it, and how many are missing', () => {
    const gate: GateSpec = { kind: 'review', count: 3 };
    const says = (approvedBy: readonly string[], requestedChanges: readonly string[] = []) =>
      judged(gate, [evidence({ kind: 'review', approvedBy, requestedChanges, url: '' })]).says;
    expect(says(['bo'], ['dee', 'dee'])).toMatch(/^dee asked for changes/u);
    expect(says(['bo'])).toMatch(/^2 reviews of 1\.1\.0/u);
    expect(says(['bo', 'cy', 'eve'])).toContain('bo, cy and eve');
  });

  it('say whether bugs were counted at all, and how many there may be', () => {
    const atMost = (count: number): GateSpec => ({ kind: 'bugs', atMost: count });
    const counted = [evidence({ kind: 'count', count: 0, tracker: null, link: null })];
    expect(judged(atMost(0))).toMatchObject({ state: 'missing', evidence: [] });
    expect(judged(atMost(0), counted).says).toContain('none may be');
    expect(judged(atMost(2), counted).says).toContain('2 at the most');
  });

  it('a scan names what it looked for, and each severity that it found', () => {
    const gate: GateSpec = { kind: 'scan', none: ['high', 'medium'] };
    expect(judged(gate, [evidence(scanned(0, 0))]).says).toContain('high or medium');
    const two = [evidence(scanned(1, 2), { name: 'a' }), evidence(scanned(1, 0), { name: 'b' })];
    expect(judged(gate, two).says).toContain('2 high and 2 medium');
  });

  it('user acceptance: in the environment before, by somebody who may; a rejection closes it', () => {
    const gate: GateSpec = { kind: 'uat', from: Object.keys(file.roles).slice(2) as never };
    const said = (verdict: 'accepted' | 'rejected', more: Partial<Evidence>) =>
      evidence({ kind: 'uat', verdict, testers: [], scenarios: [], note: '' }, more);
    const here = { environment: source?.id ?? null };
    expect(judged(gate, [said('accepted', here)]).state).toBe('passed');
    expect(judged(gate, [said('rejected', here)]).state).toBe('failed');
    expect(judged(gate, [said('accepted', {})]).state).toBe('missing');
    expect(judged(gate, [said('accepted', { ...here, by: { kind: 'person', id: ada } })]).state).toBe(
      'missing',
    );
  });

  it('a checklist: what several people ticked off adds up, and can be taken back', () => {
    const gate: GateSpec = { kind: 'checklist', name: 'go-live', items: ['on-call', 'notified'], from: [] };
    const by = (person: ActorId, items: Readonly<Record<string, boolean>>) =>
      evidence(ticked(items), { name: 'go-live', by: { kind: 'person', id: person } });
    const half = by(ada, { 'on-call': true });
    expect(judged(gate, [half])).toMatchObject({
      state: 'failed',
      says: '1 item of 2 not ticked off: notified.',
    });
    const both = [half, by(bo, { notified: true })];
    expect(judged(gate, both).state).toBe('passed');
    expect(judged(gate, [...both, by(bo, { 'on-call': false })]).state).toBe('failed');
  });
});

describe('a waiver (REL-2)', () => {
  const waiver = (more: Partial<Waiver> = {}): Waiver => ({
    id: 'w' as WaiverId,
    project: next.project,
    gate: 'tests',
    tree: next.manifest.tree,
    environment: clean.target.id,
    by: ada,
    roles: [],
    reason: 'the runner is away',
    at: now,
    ...more,
  });
  const under = (waive: readonly string[], waivers: readonly Waiver[], pieces: readonly Evidence[] = []) => {
    const rung = {
      ...(clean.rung ?? { pipeline: 'main', before: [] }),
      step: { environment: clean.target.name, gates: [tests], waive: waive as never },
    };
    return judged(tests, pieces, { rung, waivers });
  };

  it('lets a closed gate pass and is shown; one that is open needs none', () => {
    expect(under(['lead'], [waiver()])).toMatchObject({
      state: 'waived',
      waiver: { by: ada, reason: 'the runner is away' },
    });
    expect(under(['lead'], [waiver()], [unit, integration])).toMatchObject({ state: 'passed', waiver: null });
  });

  it('counts for its own gate and environment, from somebody who may still waive', () => {
    expect(under(['lead'], [waiver({ gate: 'coverage' })]).state).toBe('missing');
    expect(under(['lead'], [waiver({ environment: 'elsewhere' as never })]).state).toBe('missing');
    expect(under(['qa'], [waiver()]).state).toBe('missing');
    expect(under([], [waiver()]).state).toBe('missing');
  });

  it('shows the newest where there are several, with all that the gate says besides', () => {
    const two = [waiver(), waiver({ id: 'older' as WaiverId })];
    expect(under(['lead'], two)).toMatchObject({
      gate: 'tests',
      kind: 'tests',
      waiver: { id: 'w' },
      evidence: [],
    });
    expect(under(['lead'], two).says).toContain('No test results');
  });

  it('counts no role that the rules in force do not have any more', () => {
    expect(under(['gone', 'lead'], [waiver()]).state).toBe('waived');
    const { state, wayOut } = judged(tests, [], { waivers: [waiver()] });
    expect(state).toBe('missing');
    expect(wayOut).not.toContain('rung waive');
  });

  it('is offered after what else there is to do, of which nothing is lost', () => {
    const offered = under(['lead', 'qa'], []);
    expect(offered.wayOut).toMatch(
      /junit\.xml .*; or have it waived by lead or qa: rung waive tests 1\.1\.0 --to prod/u,
    );
    const failed = under(['lead'], [], [unit, evidence(results(1, 1), { name: 'integration' })]);
    expect(failed.wayOut).toMatch(/not to blame; or have it waived/u);
  });

  it('names who may give it as long as the gate is closed (REL-16)', () => {
    const leads = { kind: 'people', roles: ['lead'], members: [ada], contacts: ['#leads'] };
    expect(under(['lead'], []).waivers).toEqual(leads);
    expect(under([], [])).not.toHaveProperty('waivers');
    expect(under(['lead'], [waiver()])).not.toHaveProperty('waivers');
    expect(under(['lead'], [], [unit, integration])).not.toHaveProperty('waivers');
  });
});
