import { describe, expect, it } from 'vitest';
import {
  exitCodeOf,
  Failure,
  type FailureKind,
  httpStatusOf,
  isDiskFull,
  isFailure,
  isWorthRetrying,
} from './failure.ts';

describe('a failure', () => {
  it.each<[FailureKind, number, number, boolean]>([
    ['invalid', 422, 10, false],
    ['denied', 403, 11, false],
    ['absent', 404, 12, false],
    ['conflict', 409, 13, false],
    ['limited', 429, 14, true],
    ['unavailable', 503, 15, true],
    ['interrupted', 503, 16, true],
    ['defect', 500, 17, false],
  ])(
    'of the kind %s has its status, its exit code, and says whether to try again',
    (kind, status, code, again) => {
      expect([httpStatusOf(kind), exitCodeOf(kind), isWorthRetrying(kind)]).toEqual([status, code, again]);
    },
  );

  it('says no more than it was given', () => {
    const bare = new Failure('absent', 'release-unknown', 'There is no such release.');
    expect(bare).toMatchObject({ name: 'Failure', problems: [], facts: {}, code: 'release-unknown' });
    expect([bare.wayOut, 'cause' in bare, isFailure(bare)]).toEqual([undefined, false, true]);
  });

  it('carries what it was given', () => {
    const cause = new Error('away');
    const detail = { wayOut: 'Wait.', problems: [{ message: 'no' }], cause, facts: { port: 7 } };
    const full = new Failure('unavailable', 'database-away', 'It is away.', detail);
    expect(full).toMatchObject(detail);
    expect([full.cause, full.message, isFailure(cause)]).toEqual([cause, 'It is away.', false]);
  });
});

describe('a disk that is full', () => {
  const coded = (code: string): Error => Object.assign(new Error('no'), { code });
  it.each([
    ['has no space', coded('ENOSPC'), true],
    ['has none for this user', coded('EDQUOT'), true],
    ['is written to by nobody', coded('EROFS'), false],
    ['is not what was wrong', new Error('no'), false],
    ['is told of by no error', { code: 'ENOSPC' }, false],
  ])('is known by what the system says, where it %s', (_what, thrown, isFull) => {
    expect(isDiskFull(thrown)).toBe(isFull);
  });
});
