import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../../domain/evidence/evidence.ts';
import type { RollbackPlanFacts } from '../../../domain/evidence/said.ts';
import type { GateSpec } from '../../../domain/project-file/types.ts';
import type { ActorId, RoleName } from '../../../domain/ids.ts';
import { aCleanAsk, ada, bo, current, cy, environmentOf } from '../facts.kit.ts';
import { evidence, type Judged, judged, ticked } from './gate.kit.ts';

const [lead, qa] = ['lead', 'qa'] as [RoleName, RoleName];
const eve = 'eve@example.org' as ActorId;
const [, source] = aCleanAsk().before;

const plan = (reviewedBy: readonly ActorId[], other: Partial<RollbackPlanFacts> = {}): Evidence =>
  evidence({
    kind: 'rollback-plan',
    steps: 'rung rollback prod',
    minutes: 5,
    dataStaysReadable: true,
    writtenBy: cy,
    reviewedBy,
    ...other,
  });

describe('the gate of a rollback plan (REL-2)', () => {
  const stands = (pieces: readonly Evidence[], from: readonly RoleName[] = [], more = {}): Judged =>
    judged({ kind: 'rollback-plan', from }, pieces, more);
  const refs = ({ evidence: seen }: Judged) => seen.map(({ id }) => id);

  it('asks for one where there is none, and names who could write it', () => {
    const answer = stands([], [lead]);
    expect(answer).toMatchObject({
      state: 'missing',
      evidence: [],
      blocker: { liftedBy: { roles: [lead], members: [ada] } },
    });
    expect(answer.wayOut).toContain('rung rollback-plan 1.1.0 --steps FILE');
  });

  it.each<[string, readonly ActorId[], readonly RoleName[]]>([
    ['nobody read it', [], []],
    ['only its writer read it', [cy], []],
    ['somebody without a role read it', [eve], []],
    ['somebody without the role read it', [bo], [lead]],
  ])('asks for another reader where %s', (_, reviewedBy, from) => {
    const written = plan(reviewedBy);
    const answer = stands([written], from);
    expect(answer.state).toBe('missing');
    expect(refs(answer)).toEqual([written.id]);
    expect(answer.blocker?.liftedBy).toMatchObject({ members: from.length === 0 ? [ada, bo] : [ada] });
    expect(answer.says.includes('who has to')).toBe(from.length > 0);
    expect(answer.wayOut).toContain('rung rollback-plan 1.1.0 --read');
  });

  it('is open once another one who may has read it, and names those alone, with the way back', () => {
    const written = plan([cy, eve, ada, bo]);
    const answer = stands([written]);
    expect(answer).toMatchObject({ state: 'passed', blocker: null });
    expect(refs(answer)).toEqual([written.id]);
    expect(answer.says).toContain(`${ada} and ${bo} read it. Back to 1.0.0`);
    expect(stands([written], [lead]).says).toContain(`and ${ada} read it.`);
  });

  it('is closed where there is nothing to go back to, and open where nothing runs yet', () => {
    const written = plan([ada]);
    const lost = stands([written], [], { serving: [] });
    expect(lost).toMatchObject({
      state: 'failed',
      blocker: { liftedBy: { kind: 'people', members: [ada, bo, cy] } },
    });
    expect(lost.says).toContain('no way back');
    expect(refs(lost)).toEqual([written.id]);
    const first = stands([written], [], { target: environmentOf('prod'), serving: [] });
    expect(first.state).toBe('passed');
    expect(first.says).toContain('Nothing runs in prod yet');
    expect(stands([written], [], { serving: [{ ...current, id: 'x' as never }, current] }).state).toBe(
      'passed',
    );
  });
});

describe('what people sign (REL-2)', () => {
  it('user acceptance tells nobody from nobody who may, and shows what was said', () => {
    const verdict = (said: 'accepted' | 'rejected', by: ActorId): Evidence =>
      evidence(
        { kind: 'uat', verdict: said, testers: [], scenarios: [], note: '' },
        { environment: source?.id ?? null, by: { kind: 'person', id: by } },
      );
    const uat = (from: readonly RoleName[]): GateSpec => ({ kind: 'uat', from });
    expect(judged(uat([])).says).not.toContain('who may');
    expect(judged(uat([qa])).says).toContain('who may');
    const [accepted, rejected] = [verdict('accepted', cy), verdict('rejected', cy)];
    expect(judged(uat([qa]), [accepted]).evidence).toMatchObject([{ id: accepted.id }]);
    const no = judged(uat([qa]), [rejected]);
    expect(no).toMatchObject({ evidence: [{ id: rejected.id }], blocker: { liftedBy: { members: [cy] } } });
    expect(no.wayOut).toContain('rung uat 1.1.0 --in test --accept');
    const other = verdict('accepted', bo);
    expect(judged(uat([qa]), [other])).toMatchObject({ state: 'missing', evidence: [{ id: other.id }] });
  });

  it('a checklist counts what those ticked who may, the last word in one piece too, and points to what is open first', () => {
    const items = ['on-call', 'notified', 'backed up'];
    const gate: GateSpec = { kind: 'checklist', name: 'go-live', items, from: [qa] };
    const by = (id: ActorId, done: Readonly<Record<string, boolean>>): Evidence =>
      evidence(ticked(done), { name: 'go-live', by: { kind: 'person', id } });
    const all = { 'on-call': true, notified: true, 'backed up': true };
    expect(judged(gate, [])).toMatchObject({ state: 'missing', evidence: [], items: [{}, {}, {}] });
    expect(judged(gate, []).wayOut).toContain('--done "on-call"');
    expect(judged(gate, [by(ada, all)])).toMatchObject({ state: 'missing', evidence: [] });
    const token = evidence(ticked(all), { name: 'go-live', by: { kind: 'token', id: cy, name: 'ci' } });
    expect(judged(gate, [token]).state).toBe('missing');
    const half = judged(gate, [by(cy, { ...all, notified: false })]);
    expect(half).toMatchObject({ state: 'failed', blocker: { liftedBy: { members: [cy] } } });
    expect(half.says).toMatch(/^1 item of 3 .*: notified\.$/u);
    expect(judged(gate, [by(cy, all)])).toMatchObject({ state: 'passed' });
    expect(judged(gate, [by(cy, all)]).says).toContain('3 items');
    const twice = [
      { item: 'notified', done: true, note: 'first' },
      { item: 'notified', done: false, note: 'then' },
    ];
    const piece = evidence({ kind: 'checklist', items: twice }, { name: 'go-live' });
    expect(judged(gate, [piece]).items?.[1]).toMatchObject({ done: false, note: 'then' });
  });
});
