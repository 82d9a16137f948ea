import { describe, expect, it } from 'vitest';
import type { Blocker } from '../../api/views.ts';
import { missingSentence } from './missing-sentence.ts';

const hourMs = 3_600_000;
const now = 1_795_000_000_000;

const blocker = (kind: Blocker['kind'], changes: Partial<Blocker> = {}): Blocker => ({
  kind,
  reason: '',
  wayOut: '',
  effect: 'waits',
  liftedBy: { kind: 'time' },
  earliest: null,
  ...changes,
});
const say = (...blockers: readonly Blocker[]): string =>
  missingSentence({ version: '1.4.0', to: 'prod', blockers, now });

const approvals = blocker('approvals', {
  missing: { people: 2, roles: 2 },
  liftedBy: {
    kind: 'people',
    roles: ['qa-lead'],
    members: ['cy@example.org', 'dee@example.org'],
    contacts: ['#quality'],
  },
});

describe('what is missing, as a sentence', () => {
  it('says what has to come, who can give it and where they are reached (REL-16)', () => {
    expect(say(approvals, blocker('soak', { earliest: now + 3 * hourMs }))).toBe(
      '1.4.0 can go to prod once 2 people approve it and 3 h of soak are over. Cy or Dee can approve: #quality.',
    );
  });

  it('says no time for what is about to come', () => {
    expect(say(blocker('soak', { earliest: now - 1 }), blocker('freeze', { earliest: now + 300 }))).toBe(
      '1.4.0 can go to prod once it has soaked and the freeze is lifted.',
    );
  });

  it('names a gate of the project’s own, and a window by when it opens', () => {
    expect(
      say(
        blocker('checklist', { gate: 'go-live' }),
        blocker('rule', { gate: 'quiet-hours' }),
        blocker('window', { earliest: now + hourMs }),
      ),
    ).toBe(
      '1.4.0 can go to prod once its checklist is ticked off (go-live), the rule holds (quiet-hours) and the window opens in 1 h.',
    );
  });

  it('says when nobody is left who could approve', () => {
    const nobody = blocker('approvals', {
      missing: { people: 1, roles: 0 },
      liftedBy: { kind: 'people', roles: ['qa-lead'], members: [], contacts: [] },
    });
    expect(say(nobody)).toBe(
      '1.4.0 can go to prod once 1 person approves it. Nobody can approve: no one else is qa lead.',
    );
  });

  it('says that people of other roles have to approve, once there are enough people', () => {
    const roles = blocker('approvals', { missing: { people: 0, roles: 1 } });
    expect(say(roles)).toBe('1.4.0 can go to prod once 1 more role is among the approvers.');
  });

  it('says no outright where it is refused, and yes where nothing is in the way', () => {
    expect(
      say(blocker('order', { effect: 'refused', reason: '1.4.0 does not run in staging.' }), approvals),
    ).toBe('1.4.0 cannot go to prod: 1.4.0 does not run in staging.');
    expect(say()).toBe('1.4.0 can go to prod now.');
  });
});
