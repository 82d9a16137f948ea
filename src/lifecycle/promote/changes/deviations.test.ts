import { describe, expect, it } from 'vitest';
import type { Blocker } from '../../../domain/admission.ts';
import { digestOf } from '../../../domain/canonical.ts';
import type { Deviation } from '../../../domain/change-request.ts';
import { aPromotionOf } from '../../../domain/environment.kit.ts';
import type { GateAnswer, WaiverId } from '../../../domain/gate.ts';
import { instant, later, type RolloutId } from '../../../domain/ids.ts';
import type { Promotion, PromotionState } from '../../../domain/promotion.ts';
import type { AdvanceByPerson } from '../../../domain/rollout/types.ts';
import { aRollout } from '../../deliver/rollout.kit.ts';
import { ada, bo, cy, next, now } from '../facts.kit.ts';
import { aChange, approvalOf } from './change.kit.ts';
import { type CarriedOut, deviationsOf } from './deviations.ts';

const minuteMs = 60_000;
const plain = aPromotionOf(next);
const approved = { ...aChange, approvals: [approvalOf(ada, undefined, plain.plan.hash)] };
const { from, to } = approved.form.window;
const rollout = 'r' as RolloutId;

/** As it was planned: begun in the window, through ten minutes later. */
const carried = (other: Partial<CarriedOut> = {}): CarriedOut => ({
  change: approved,
  promotion: { ...plain, state: { phase: 'succeeded', rollout, at: now } },
  rollout: null,
  startedAt: now,
  endedAt: later(now, 10 * minuteMs),
  ...other,
});
const promoted = (more: Partial<Promotion>): CarriedOut =>
  carried({ promotion: { ...carried().promotion, ...more } });
const kinds = (facts: CarriedOut): readonly Deviation['kind'][] =>
  deviationsOf(facts).map(({ kind }) => kind);
const says = (facts: CarriedOut): string =>
  deviationsOf(facts)
    .map((one) => one.says)
    .join('\n');

describe('what went otherwise than it was asked for (REL-7)', () => {
  it('is nothing where all went as it was approved', () => {
    expect(deviationsOf(carried())).toEqual([]);
  });

  it('is that nobody approved what was done, or that the plan was another one by then', () => {
    expect(kinds(carried({ change: aChange }))).toEqual(['not approved']);
    const before = { ...aChange, approvals: [approvalOf(ada, digestOf('before'), plain.plan.hash)] };
    expect(kinds(carried({ change: before }))).toEqual(['not approved']);
    const other = { ...aChange, approvals: [approvalOf(ada)] };
    expect(kinds(carried({ change: other }))).toEqual(['another plan']);
    const both = { ...aChange, approvals: [approvalOf(ada), ...approved.approvals] };
    expect(kinds(carried({ change: both }))).toEqual([]);
  });

  it('is an emergency that had something to pass over, with both people, each thing once', () => {
    const confirmed = {
      by: { kind: 'person', id: bo },
      roles: [],
      planHash: plain.plan.hash,
      at: now,
      comment: '',
    } as const;
    const blocker = (kind: Blocker['kind'], gate?: string): Blocker => ({
      kind,
      ...(gate !== undefined && { gate }),
      reason: '',
      wayOut: '',
      effect: 'waits',
      liftedBy: { kind: 'time' },
      earliest: null,
    });
    const passedOver = [blocker('checklist', 'go-live'), blocker('checklist', 'go-live'), blocker('window')];
    const emergency = (more: Partial<Promotion['emergency']>): CarriedOut =>
      promoted({ reason: 'it burns', emergency: { expiresAt: now, confirmed, passedOver, ...more } });
    expect(kinds(emergency({}))).toEqual(['emergency']);
    expect(says(emergency({}))).toContain(
      `ada@example.org and ${bo} let it in as an emergency, past go-live and window: it burns.`,
    );
    expect(kinds(emergency({ passedOver: [] }))).toEqual([]);
    expect(kinds(emergency({ confirmed: null }))).toEqual([]);
    const { passedOver: _, ...without } = emergency({}).promotion.emergency ?? { expiresAt: now, confirmed };
    expect(kinds(promoted({ emergency: without }))).toEqual([]);
  });

  it.each<[string, number, number, string | null]>([
    ['when it opens until it closes', from, to, null],
    ['a minute before it opens', from - minuteMs, now, '1 min before'],
    ['when it has just closed', to, to, '0 ms after'],
    ['a minute after it closed', to + minuteMs, to + 2 * minuteMs, '1 min after'],
    ['in it, ending a minute after', now, to + minuteMs, 'ended at .* 1 min after'],
  ])('is that it was not in its window: %s', (_, startedAt, endedAt, after) => {
    const facts = carried({ startedAt: instant(startedAt), endedAt: instant(endedAt) });
    expect(kinds(facts)).toEqual(after === null ? [] : ['outside the window']);
    expect(says(facts)).toMatch(new RegExp(after ?? '^$', 'u'));
    if (after !== null) expect(says(facts)).toContain(' UTC');
  });

  it('is that it took longer than its window is', () => {
    const took = (ms: number) => carried({ startedAt: from, endedAt: instant(from + ms) });
    expect(kinds(took(to - from))).toEqual([]);
    expect(kinds(took(to - from + minuteMs))).toEqual(['outside the window', 'longer than planned']);
    expect(says(took(to - from + minuteMs))).toContain('It took 1 h 1 min, and 1 h were planned.');
  });

  it('is each time that it was held, and each step that a person let it take', () => {
    const hold = { reason: 'a look', since: now, until: later(now, minuteMs) };
    const course = { fullAt: null, takenBackAt: null, holds: [hold, { ...hold, reason: 'another' }] };
    expect(kinds(promoted({ course }))).toEqual(['held', 'held']);
    expect(says(promoted({ course }))).toContain('1 min: a look');
    const advance: AdvanceByPerson = {
      by: { kind: 'person', id: cy },
      reason: 'nobody calls it',
      at: now,
      despite: { kind: 'judge lost' },
      fromPercent: 10,
      toPercent: 50,
    };
    const live = aRollout({ phase: 'succeeded', at: now }, { advances: [advance] });
    expect(kinds(carried({ rollout: live }))).toEqual(['thin evidence']);
    expect(says(carried({ rollout: live }))).toMatch(/cy@example\.org .* 10 % to 50 % .*nobody calls it/u);
    expect(kinds(carried({ rollout: aRollout({ phase: 'succeeded', at: now }) }))).toEqual([]);
  });

  it.each<[string, PromotionState['phase'], number | null, readonly Deviation['kind'][]]>([
    ['it was, in the time that was promised', 'rolled back', 5, ['taken back']],
    ['it was, and took longer', 'rolled back', 6, ['taken back', 'longer than planned']],
    ['it was, nobody knows since when', 'rolled back', null, ['taken back']],
    ['that failed', 'failed', 5, ['taken back']],
    ['it was not', 'succeeded', 6, []],
  ])('is that it was taken back: %s', (_, phase, minutes, deviations) => {
    const state = { phase, rollout, reason: 'errors', at: now } as PromotionState;
    const takenBackAt = minutes === null ? null : instant(now - minutes * minuteMs);
    const facts = promoted({ state, course: { fullAt: null, takenBackAt, holds: [] } });
    expect(kinds(facts)).toEqual(deviations);
    if (deviations.length > 0) expect(says(facts)).toContain(': errors');
    if (phase === 'failed') expect(says(facts)).toContain('Taking it back failed');
    if (phase === 'rolled back') expect(says(facts)).toContain('It was taken back');
    if (minutes === 6 && phase !== 'succeeded')
      expect(says(facts)).toContain('took 6 min, and 5 min were promised');
  });

  it('is that it was taken back, where nothing more is known of how it went', () => {
    const state = { phase: 'rolled back', rollout, reason: 'errors', at: now } as const;
    expect(kinds(promoted({ state }))).toEqual(['taken back']);
  });

  it('is each gate that was waived, by whom and why', () => {
    const gate = (name: string, reason: string | null): GateAnswer => ({
      gate: name,
      kind: 'bugs',
      state: reason === null ? 'passed' : 'waived',
      says: '',
      evidence: [],
      waiver: reason === null ? null : { id: 'w' as WaiverId, by: ada, roles: [], reason, at: now },
    });
    const facts = promoted({ gates: [gate('bugs', 'the tracker is away'), gate('soak', null)] });
    expect(kinds(facts)).toEqual(['gate waived']);
    expect(says(facts)).toMatch(/ada@example\.org .*bugs.*the tracker is away/u);
  });
});
