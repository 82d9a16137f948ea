import { describe, expect, it } from 'vitest';
import type { ActorId, EnvironmentName, RoleName } from '../ids.ts';
import type { Because, ExceptionId } from './calendar.ts';
import { aFreeze, aWindow, moment } from './calendar.kit.ts';
import { exceptingRoles, type MadeException, standingExceptions } from './exception.ts';
import { becauseText, dayAndTimeText, ended } from './wording.ts';

const [lead, qa] = ['lead', 'qa'] as RoleName[] as [RoleName, RoleName];
const [ada, bo, cy] = ['ada', 'bo', 'cy'] as ActorId[] as [ActorId, ActorId, ActorId];
const exception = {
  id: 'one' as ExceptionId,
  from: moment('2026-12-23T10:00Z'),
  to: moment('2026-12-23T12:00Z'),
  by: ada,
  reason: 'a leak is closed',
};
const freeze = aFreeze({ yearly: '12-20..01-02', zone: 'UTC' });

describe('why a calendar is open or closed', () => {
  it.each<[string, Because, RegExp]>([
    ['that nothing is declared', { kind: 'no windows' }, /No windows/u],
    [
      'the window that is open',
      { kind: 'window', window: aWindow('daily UTC') },
      /window daily UTC is open/u,
    ],
    [
      'the windows that are not',
      { kind: 'outside windows', windows: [aWindow('Mon UTC'), aWindow('Tue UTC')] },
      /Mon UTC.*Tue UTC/u,
    ],
    [
      'the freeze, and what it is for',
      { kind: 'freeze', freeze },
      /^Frozen, 12-20\.\.01-02 UTC.*holidays\.$/u,
    ],
    [
      'where the freeze is, if it is not everywhere',
      { kind: 'freeze', freeze: { ...freeze, environment: 'prod' as EnvironmentName } },
      /prod/u,
    ],
    [
      'who made an exception, and why',
      { kind: 'exception', exception },
      /^ada .*2026-12-23 12:00 UTC.*a leak is closed\.$/u,
    ],
  ])('says %s', (_, because, text) => {
    expect(becauseText(because)).toMatch(text);
  });

  it.each(['no', 'no. never', 'no.', 'no!', 'no?', 'no…'])(
    'ends what people wrote as a sentence ends, once: %s',
    (text) => {
      expect(ended(text)).toBe(/[a-z]$/u.test(text) ? `${text}.` : text);
    },
  );
});

describe('a moment as people of a zone say it', () => {
  const now = moment('2026-11-21T00:00Z');

  it.each([
    ['UTC', '2026-11-23T09:05Z', 'Monday 23 November 09:05'],
    ['UTC', '2026-11-24T09:05Z', 'Tuesday 24 November 09:05'],
    ['Pacific/Auckland', '2026-11-24T12:00Z', 'Wednesday 25 November 01:00'],
    ['America/New_York', '2026-12-06T02:00Z', 'Saturday 5 December 21:00'],
    ['UTC', '2027-01-03T09:00Z', 'Sunday 3 January 2027 09:00'],
    ['Pacific/Auckland', '2026-12-31T11:00Z', 'Friday 1 January 2027 00:00'],
    ['America/New_York', '2027-01-01T04:00Z', 'Thursday 31 December 23:00'],
  ])('has its day in %s: %s is %s', (zone, at, text) => {
    expect(dayAndTimeText(zone, moment(at), now)).toBe(text);
  });
});

describe('an exception', () => {
  const file = { roles: { [lead]: { members: [ada, bo] }, [qa]: { members: [ada, cy] } } };
  const made = (id: string, other: Partial<MadeException> = {}): MadeException =>
    ({
      ...exception,
      id,
      project: 'p',
      environment: 'e',
      roles: [lead],
      at: exception.from,
      revoked: null,
      ...other,
    }) as MadeException;

  it('is made in those of the roles that may, which the person has', () => {
    expect(exceptingRoles(file, [lead, qa], ada)).toEqual([lead, qa]);
    expect(exceptingRoles(file, [lead], ada)).toEqual([lead]);
    expect(exceptingRoles(file, [lead], cy)).toEqual([]);
  });

  it('counts while nobody revoked it, and while who made it may still make them', () => {
    const revoked = { by: bo, at: exception.from, reason: 'no' };
    const all = [made('stands'), made('revoked', { revoked }), made('by none', { by: cy })];
    expect(standingExceptions(all, file, [lead])).toEqual([{ ...exception, id: 'stands' }]);
    expect(standingExceptions(all, file, [qa]).map(({ id }) => id)).toEqual(['stands', 'by none']);
  });
});
