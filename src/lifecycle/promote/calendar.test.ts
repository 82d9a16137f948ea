import { describe, expect, it } from 'vitest';
import { moment } from '../../domain/calendar/calendar.kit.ts';
import type { ExceptionId } from '../../domain/calendar/calendar.ts';
import { instant, type RoleName } from '../../domain/ids.ts';
import { exceptionUsed } from './calendar.ts';
import { ada } from './facts.kit.ts';
import { asking } from './kept.kit.ts';

/** A Saturday. */
const now = moment('2026-11-21T12:00Z');
const lead = 'lead' as RoleName;

/** The id of the exception that is used in prod with these windows, where one stands from an hour ago to an hour from now. */
function used(windows: readonly string[], stands = true): string | null {
  const facts = asking({ step: { waive: [lead] } });
  const { target, file } = facts;
  const exception = {
    id: 'x' as ExceptionId,
    project: target.project,
    environment: target.id,
    from: instant(now - 3_600_000),
    to: instant(now + 3_600_000),
    by: ada,
    reason: 'a leak',
    roles: [lead],
    at: now,
    revoked: null,
  };
  const environments = { [target.name]: { ...target.spec, windows } };
  const exceptions = stands ? [exception] : [];
  return exceptionUsed({ ...facts, file: { ...file, environments }, exceptions }, now)?.id ?? null;
}

describe('an exception that something starts under (REL-4)', () => {
  it.each<[string, readonly string[], string | null]>([
    ['needed, where it is closed', ['Tue 09:00-16:00 UTC'], 'x'],
    ['not needed, where it is open', ['Sat 09:00-16:00 UTC'], null],
    [
      'needed, where a window cannot be read, though another one is open',
      ['Sat 09:00-16:00 UTC', 'whenever'],
      'x',
    ],
  ])('is %s', (_, windows, id) => {
    expect(used(windows)).toBe(id);
  });

  it('is none where none stands', () => {
    expect(used(['Tue 09:00-16:00 UTC'], false)).toBeNull();
    expect(used(['Sat 09:00-16:00 UTC'], false)).toBeNull();
  });
});
