import { describe, expect, it } from 'vitest';
import type { Admission, Blocker } from '../../domain/admission.ts';
import { instant } from '../../domain/ids.ts';
import { wayStanding } from './way-view.ts';

const minuteMs = 60_000;
const now = instant(1_000 * minuteMs);
const inTwentyMinutes = instant(now + 20 * minuteMs);

const blocker = (kind: Blocker['kind'], other: Partial<Blocker> = {}): Blocker => ({
  kind,
  reason: 'Something is not as it has to be.',
  wayOut: '',
  effect: 'waits',
  liftedBy: { kind: 'time' },
  earliest: null,
  ...other,
});

const behind = (...blockers: readonly Blocker[]): Admission => ({ allowed: false, blockers, gates: [] });
const open: Admission = { allowed: true, blockers: [], gates: [] };

describe('a way from one rung to the next', () => {
  it('says what it waits for, thing by thing and in the same order as a sentence', () => {
    const admission = behind(
      blocker('soak', { earliest: inTwentyMinutes }),
      blocker('approvals', { reason: '2 approvals of 2 are missing for prod.' }),
    );
    expect(wayStanding(admission, 'waiting', now)).toEqual({
      summary: 'soak 20 min, then 2 approvals',
      waitsFor: ['soak 20 min', '2 approvals'],
    });
  });

  it.each([
    ['is open', open, null, 'can go'],
    ['is open for what was asked for', open, 'waiting', 'can go'],
    ['has nothing below it that is not above it, too', null, null, 'nothing to promote'],
    ['is just being gone, whatever would stand in it', behind(blocker('freeze')), 'running', 'rolling out'],
  ] as const)('waits for nothing where it %s', (_, admission, phase, summary) => {
    expect(wayStanding(admission, phase, now)).toEqual({ summary, waitsFor: [] });
  });

  it('names up to four things in its summary, and of more the first three and how many are left', () => {
    const five = [
      blocker('freeze'),
      blocker('marked'),
      blocker('order'),
      blocker('smoke'),
      blocker('validation'),
    ];
    const summary = (count: number): string =>
      wayStanding(behind(...five.slice(0, count)), null, now).summary;
    expect(summary(1)).toBe('frozen');
    expect(summary(4)).toBe('frozen, then was taken back, then skips a rung, then smoke tests');
    expect(summary(5)).toBe('frozen, then was taken back, then skips a rung, and 2 more');
    expect(wayStanding(behind(...five), null, now).waitsFor).toHaveLength(5);
  });

  it.each([
    [blocker('soak', { earliest: inTwentyMinutes }), 'soak 20 min'],
    [blocker('soak'), 'soak'],
    [blocker('window', { earliest: inTwentyMinutes }), 'window in 20 min'],
    [blocker('window'), 'window closed'],
    [blocker('freeze', { earliest: inTwentyMinutes }), 'frozen'],
    [blocker('approvals', { reason: '1 approval of 2 is missing.' }), '1 approval'],
    [blocker('emergency'), 'a second person'],
    [blocker('validation'), 'not validated'],
    [blocker('one at a time'), 'another is on its way'],
    [blocker('marked'), 'was taken back'],
    [blocker('order'), 'skips a rung'],
    [blocker('already there'), 'already there'],
    [blocker('role unknown'), 'not yours to ask'],
    [blocker('smoke'), 'smoke tests'],
    [blocker('merged'), 'merged, waits for a person'],
    [blocker('tests', { gate: 'tests' }), 'tests'],
    [blocker('coverage'), 'coverage'],
    [blocker('review'), 'review'],
    [blocker('scan'), 'scan'],
    [blocker('stability'), 'stability'],
    [blocker('alarms'), 'alarms'],
    [blocker('uat'), 'uat'],
    [blocker('bugs'), 'bugs'],
    [blocker('change-request'), 'change request'],
    [blocker('rollback-plan', { gate: 'rollback-plan' }), 'rollback plan'],
    [blocker('checklist', { gate: 'ready-to-go-out' }), 'ready to go out'],
    [blocker('rule', { gate: 'no-big-change' }), 'no big change'],
    [blocker('webhook', { gate: 'ask-the-desk' }), 'ask the desk'],
  ])('says in a few words what it is blocked by: $kind', (one, words) => {
    expect(wayStanding(behind(one), null, now).waitsFor).toEqual([words]);
  });
});
