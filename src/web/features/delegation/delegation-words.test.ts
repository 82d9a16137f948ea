import { describe, expect, it } from 'vitest';
import type { DelegationView, ViewerView } from '../../api/views.ts';
import { delegationText, endOff, endWrong, isStanding, standInWrong } from './delegation-words.ts';

const dayMs = 24 * 3_600_000;
const now = 1_000 * dayMs;
const ada: ViewerView = {
  id: 'ada@example.org',
  roles: ['engineering-lead'],
  actingAs: null,
  mayActAs: ['ada', 'bo'].map((name) => ({ id: `${name}@example.org`, roles: ['engineering-lead'] })),
};
const delegation: DelegationView = {
  id: '0197a1b2-0000-7000-8000-000000000060',
  by: 'bo@example.org',
  to: 'ada@example.org',
  roles: ['devops-lead', 'qa-lead'],
  at: now - dayMs,
  until: now + dayMs,
  reason: 'On holiday',
  revoked: null,
};

describe('standing in for somebody', () => {
  it('is for another member of the project, where members are known', () => {
    expect(standInWrong('bo@example.org', ada)).toBeNull();
    expect(standInWrong('', ada)).toBe('Say who stands in for you');
    expect(standInWrong('ada@example.org', ada)).toBe('Nobody stands in for themselves');
    expect(standInWrong('zoe@example.org', ada)).toBe('zoe@example.org has no role in this project');
    expect(standInWrong('zoe@example.org', { ...ada, mayActAs: [] })).toBeNull();
  });

  it('ends after now, and within 60 days', () => {
    expect(endWrong(now + 60 * dayMs, now)).toBeNull();
    expect(endWrong(now, now)).toBe('That is over already');
    expect(endWrong(now + 60 * dayMs + 1, now)).toBe('That is more than 60 days away');
  });

  it('holds until it ends or is ended', () => {
    expect(isStanding(delegation, now)).toBe(true);
    expect(isStanding(delegation, delegation.until)).toBe(false);
    const revoked = { by: delegation.by, at: now, reason: 'Back early' };
    expect(isStanding({ ...delegation, revoked }, now)).toBe(false);
  });

  it('is ended by one of the two, and says to anybody else by whom', () => {
    expect(delegationText(delegation)).toBe('Ada stands in for Bo as devops lead and qa lead');
    expect(endOff(delegation, ada)).toBeNull();
    expect(endOff(delegation, { ...ada, id: 'cy@example.org' })).toBe('Not yours: ask Bo or Ada');
  });
});
