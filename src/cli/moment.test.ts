import { describe, expect, it } from 'vitest';
import { moment } from './moment.ts';

describe('a moment on the command line', () => {
  it('is a day, a time and a place, or a time with its offset', () => {
    expect(moment('2026-11-25 22:00 UTC')).toBe(Date.UTC(2026, 10, 25, 22));
    expect(moment('2026-07-01 22:00 Europe/London')).toBe(Date.UTC(2026, 6, 1, 21));
    expect(moment('2026-11-25T22:00+01:00')).toBe(Date.UTC(2026, 10, 25, 21));
    expect(moment('2026-11-25T22:00Z')).toBe(Date.UTC(2026, 10, 25, 22));
  });

  it.each([
    ['2026-11-25 22:00', 'the zone'],
    ['tomorrow', 'the zone'],
    ['2026-02-30 22:00 UTC', 'There is no 2026-02-30'],
    ['2026-11-25 22:00 Europe/Londn', 'Europe/London'],
    ['2026-03-29 01:30 Europe/London', 'put forward'],
    ['2026-10-25 01:30 Europe/London', 'twice'],
    ['2026-13-45T99:99Z', 'there is no'],
  ])('refuses %s and says what is wrong with it', (input, said) => {
    expect(() => moment(input)).toThrow(said);
  });
});
