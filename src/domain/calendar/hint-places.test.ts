import { describe, expect, it } from 'vitest';
import type { EnvironmentName } from '../ids.ts';
import type { EnvironmentSpec, FreezeSpec, ProjectFile, Tier } from '../project-file/types.ts';
import { moment } from './calendar.kit.ts';
import { calendarHints } from './hints.ts';

const zone = 'UTC';
const once = (from: string, to: string): FreezeSpec => ({
  kind: 'once',
  from: `${from} 00:00`,
  to: `${to} 00:00`,
  zone,
  reason: 'x',
});
const yearly: FreezeSpec = { kind: 'yearly', days: '12-20..01-02', zone, reason: 'x' };
const over = once('2026-01-01', '2026-02-01');
const long = once('2026-11-01', '2027-10-01');
const longer = once('2027-10-01', '2028-09-01');

const hints = (
  environments: Readonly<Record<string, Partial<EnvironmentSpec>>>,
  freezes?: readonly FreezeSpec[],
) => {
  const file = {
    environments: Object.fromEntries(
      Object.entries(environments).map(([name, one]) => [
        name as EnvironmentName,
        { tier: 'production', ...one },
      ]),
    ),
    ...(freezes !== undefined && { freezes }),
  } as unknown as ProjectFile;
  return calendarHints(file, moment('2026-11-21T00:00Z'));
};
const pointers = (...of: Parameters<typeof hints>): readonly string[] =>
  hints(...of).map(({ pointer }) => pointer);

describe('what a person should know of a calendar', () => {
  it('is nothing where none is declared', () => {
    expect(pointers({ prod: {} })).toEqual([]);
  });

  it('is said where it stands: freezes of the project, of each environment, and windows', () => {
    const night = 'Sun 01:00-02:00 Europe/London';
    expect(
      pointers(
        { prod: { freezes: [yearly, over] }, 'a/b': { freezes: [over], windows: ['daily UTC', night] } },
        [over],
      ),
    ).toEqual([
      '/freezes/0',
      '/environments/prod/freezes/1',
      '/environments/a~1b/freezes/0',
      '/environments/a~1b/windows/1',
    ]);
    expect(hints({}, [over])[0]).toMatchObject({ on: 'value' });
  });

  it.each<[Tier, number]>([
    ['production', 1],
    ['staging', 1],
    ['testing', 0],
    ['development', 0],
  ])('is that a window never opens for the freezes of the project, in %s: %i times', (tier, times) => {
    expect(pointers({ prod: { tier, windows: ['Tue UTC'] } }, [long, longer])).toHaveLength(times);
  });

  it('is that a window never opens for freezes of the environment and the project together', () => {
    expect(pointers({ prod: { windows: ['Tue UTC'], freezes: [long] } }, [longer])).toEqual([
      '/environments/prod/windows/0',
    ]);
    expect(pointers({ prod: { windows: ['Tue UTC'], freezes: [long] } })).toEqual([]);
    expect(pointers({ prod: { windows: ['Tue UTC'] }, test: { freezes: [long] } }, [longer])).toEqual([]);
  });

  it('is nothing about what cannot be read, which is said elsewhere', () => {
    const unread = { ...over, from: 'whenever' };
    expect(pointers({ prod: { windows: ['whenever', 'Tue UTC'], freezes: [unread] } }, [unread])).toEqual([]);
    expect(pointers({ prod: {} }, [unread, over])).toEqual(['/freezes/1']);
  });

  it.each<[string, readonly FreezeSpec[], readonly string[]]>([
    [
      'the second of two that overlap',
      [once('2026-12-01', '2026-12-10'), once('2026-12-05', '2026-12-20')],
      ['/freezes/1'],
    ],
    [
      'the second where it begins before',
      [once('2026-12-05', '2026-12-20'), once('2026-12-01', '2026-12-10')],
      ['/freezes/1'],
    ],
    [
      'one within another',
      [once('2026-12-01', '2026-12-20'), yearly, once('2026-12-05', '2026-12-10')],
      ['/freezes/2'],
    ],
    ['none that only touch', [once('2026-12-01', '2026-12-10'), once('2026-12-10', '2026-12-20')], []],
    [
      'none that touch the other way',
      [once('2026-12-10', '2026-12-20'), once('2026-12-01', '2026-12-10')],
      [],
    ],
    [
      'each that overlaps with one before it',
      [once('2026-12-01', '2026-12-10'), once('2026-12-02', '2026-12-03'), once('2026-12-04', '2026-12-05')],
      ['/freezes/1', '/freezes/2'],
    ],
  ])('names, of freezes, %s', (_, freezes, expected) => {
    expect(pointers({}, freezes)).toEqual(expected);
  });

  it('names the freeze that another overlaps with by its number', () => {
    const [hint] = hints({}, [yearly, once('2026-12-01', '2026-12-10'), once('2026-12-05', '2026-12-20')]);
    expect(hint?.message).toContain('freeze 2');
  });
});
