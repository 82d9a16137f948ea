import { describe, expect, it } from 'vitest';
import type { Evidence, EvidenceId } from '../../../domain/evidence/evidence.ts';
import type { DelegationId } from '../../../domain/delegation.ts';
import { type ActorId, instant, later, type RoleName } from '../../../domain/ids.ts';
import type { GateSpec } from '../../../domain/project-file/types.ts';
import { countedIn } from '../blockers/approvals.ts';
import { aCleanAsk, ada, bo, next, now } from '../facts.kit.ts';
import type { AdmissionFacts } from '../facts.ts';
import { judgeGates } from './index.ts';

const own = (when: string, otherwise = ''): GateSpec => ({ kind: 'rule', name: 'own', when, otherwise });

function asked(gates: readonly GateSpec[], other: Partial<AdmissionFacts> = {}) {
  const facts = aCleanAsk(other);
  if (facts.rung === null) throw new Error('prod is a rung');
  const step = { ...facts.rung.step, gates };
  const asking = { ...facts, rung: { ...facts.rung, step } };
  return judgeGates(asking, countedIn(asking, now)?.count.counted ?? [], now);
}

const answer = (when: string, other: Partial<AdmissionFacts> = {}) => asked([own(when)], other)[0]?.answer;

const results = (name: string, failed: number, at = now): Evidence => ({
  id: `${name} ${at}` as EvidenceId,
  project: next.project,
  kind: 'tests',
  name,
  tree: next.manifest.tree,
  environment: null,
  facts: {
    kind: 'tests',
    total: 12,
    passed: 12 - failed,
    failed,
    errors: 0,
    skipped: 0,
    flaky: 0,
    suites: 1,
    durationMs: 1,
    failures: [],
    disagreements: { count: 0, shown: [] },
  },
  file: null,
  by: { kind: 'token', id: 'ci' as ActorId, name: 'ci' },
  at,
});

describe('a rule of the team’s own (REL-1)', () => {
  it('opens when it holds, over the release, the environments and what was found out', () => {
    expect(
      answer('release.version == "1.1.0" && source.name == "test" && target.version == "1.0.0"'),
    ).toEqual({
      gate: 'own',
      kind: 'rule',
      state: 'passed',
      says: 'The rule "own" holds.',
      evidence: [],
      waiver: null,
    });
    const evidence = [results('unit', 0), results('integration', 1)];
    expect(answer('evidence.tests.all(n, evidence.tests[n].failed == 0)', { evidence })?.state).toBe(
      'failed',
    );
    expect(answer('evidence.tests.unit.passed == 12', { evidence })?.state).toBe('passed');
  });

  it('sees the newest of two pieces of one name', () => {
    const evidence = [results('unit', 0), results('unit', 3, (now - 1) as typeof now)];
    expect(answer('evidence.tests.unit.failed == 0', { evidence })?.state).toBe('passed');
  });

  it('sees how the other gates stand wherever it is written, and not its own kind', () => {
    const gates: readonly GateSpec[] = [
      own('gates.soak == "passed" && !("other" in gates) && size(gates) == 1'),
      { kind: 'soak', forMs: 1 },
      { ...own('true'), kind: 'rule', name: 'other', when: 'true', otherwise: '' },
    ];
    expect(asked(gates).map(({ answer: { state } }) => state)).toEqual(['passed', 'passed', 'passed']);
  });

  it('counts the approvals that count, and knows who asks', () => {
    expect(answer(`size(approvals) == 2 && approvals.exists(one, one.by == "${ada}")`)?.state).toBe('passed');
    const mine = { requester: { kind: 'person', id: bo } } as const;
    expect(answer(`size(approvals) == 1 && requester == "${bo}"`, mine)?.state).toBe('passed');
  });

  it('counts the approval of somebody who stands in for who is away (REL-3)', () => {
    const facts = aCleanAsk();
    const [own] = facts.promotion?.approvals ?? [];
    if (facts.promotion === null || own === undefined) throw new Error('two people approved it');
    const stranger = 'dan@example.org' as ActorId;
    const promotion = { ...facts.promotion, approvals: [{ ...own, by: stranger, standingInFor: ada }] };
    const away = {
      id: 'away' as DelegationId,
      project: next.project,
      by: ada,
      to: stranger,
      roles: ['lead' as RoleName],
      at: instant(0),
      until: later(now, 1),
      reason: 'away',
      revoked: null,
    };
    const when = `approvals.exists(one, one.by == "${stranger}")`;
    expect(answer(when, { promotion })?.state).toBe('failed');
    expect(answer(when, { promotion, delegations: [away] })?.state).toBe('passed');
  });

  it('is closed when it cannot be worked out, and says why and what to do', () => {
    const [judged] = asked([own('evidence.coverage.lcov.ratio > 0.8', 'Let CI hand in lcov.')]);
    expect(judged?.answer).toMatchObject({
      state: 'failed',
      says: 'The rule "own" could not be worked out: there is no "lcov" in evidence.coverage.',
    });
    expect(judged?.blocker).toMatchObject({ kind: 'rule', gate: 'own', effect: 'waits' });
    expect(judged?.blocker?.wayOut).toBe('Let CI hand in lcov.');
  });

  it('is closed when there is more to look at than it was checked for: nothing is cut', () => {
    const notes = Array.from({ length: 501 }, () => ({ kind: 'fix', text: 'x', commit: 'c' }) as const);
    expect(answer('size(release.notes) > 1', { release: { ...next, notes } })).toMatchObject({
      state: 'failed',
      says: 'The rule "own" cannot be asked: there are more than 500 `notes`.',
    });
    const all = 'release.notes.all(note, note.kind == "fix")';
    expect(answer(`true && ${all}`, { release: { ...next, notes } })?.says).toMatch(/cannot be asked/);
    expect(answer('release.version == "1.1.0"', { release: { ...next, notes } })?.state).toBe('passed');
  });

  it('says what to do in the words of its author, else in its own', () => {
    const wayOut = (when: string, otherwise?: string) => asked([own(when, otherwise)])[0]?.blocker?.wayOut;
    expect(wayOut('false', 'Ask the desk.')).toBe('Ask the desk.');
    expect(wayOut('false')).toContain('what the rule asks for');
    expect(wayOut('evidence.coverage.lcov.ratio > 0.8')).toContain('has(…)');
    expect(wayOut('no such thing')).toContain('rung check');
  });

  it('is shown in one line, cut where it is long', () => {
    const says = (when: string) => answer(when)?.says ?? '';
    expect(says('  false &&\n    true ')).toMatch(/: false && true$/u);
    const long = (length: number) => `false && "${'x'.repeat(length - 17)}" == ""`;
    expect(says(long(120)).endsWith(`: ${long(120)}`)).toBe(true);
    expect(says(long(121)).endsWith(`: ${long(121).slice(0, 119)}…`)).toBe(true);
  });

  it('can be lifted by anybody, who can change the file or what it looks at', () => {
    const [judged] = asked([own('false')]);
    expect(judged?.blocker?.liftedBy).toMatchObject({ kind: 'people', members: [ada, bo, 'cy@example.org'] });
  });
});
