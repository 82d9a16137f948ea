import { describe, expect, it } from 'vitest';
import { aFreeze, aWindow, moment } from '../../domain/calendar/calendar.kit.ts';
import type { CalendarException, ExceptionId } from '../../domain/calendar/calendar.ts';
import type { EnvironmentCalendarView } from '../../domain/calendar/calendar-view.ts';
import {
  type ActorId,
  type EnvironmentName,
  instant,
  type Instant,
  type RoleName,
} from '../../domain/ids.ts';
import { calendarView, type EnvironmentInCalendar } from './calendar-view.ts';

const now = moment('2026-12-17T12:00Z');
const range = { from: moment('2026-12-17T00:00Z'), to: moment('2026-12-31T00:00Z') };
const soak = { release: '1.4.0', soaksIn: 'staging', endsAt: moment('2026-12-18T09:00Z') };
const change = {
  id: 'CHG-0001',
  release: '1.4.0',
  from: moment('2026-12-16T22:00Z'),
  to: moment('2026-12-17T02:00Z'),
  state: 'approved' as const,
};
const prod = {
  environment: 'prod' as EnvironmentName,
  calendar: {
    windows: [aWindow('Tue-Thu 09:00-16:00 Europe/London')],
    freezes: [aFreeze({ yearly: '12-19..01-02', zone: 'Europe/London' })],
    exceptions: [],
  },
  mayExcept: {
    kind: 'people' as const,
    roles: ['engineering-lead' as RoleName],
    members: ['ada@example.org' as ActorId],
    contacts: ['#access-leads'],
  },
  approvals: [],
  changes: [change, { ...change, from: moment('2027-01-01T09:00Z'), to: moment('2027-01-01T10:00Z') }],
  soaks: [soak, { ...soak, endsAt: moment('2027-01-18T09:00Z') }],
};

const anException = (span: { readonly from: Instant; readonly to: Instant }): CalendarException => ({
  ...span,
  id: 'exception' as ExceptionId,
  by: 'ada@example.org' as ActorId,
  reason: 'a leak is closed',
});

function environmentShown(other: Partial<EnvironmentInCalendar>): EnvironmentCalendarView {
  const [shown] = calendarView([{ ...prod, ...other }], range, now).environments;
  if (shown === undefined) throw new Error('it is not shown');
  return shown;
}

describe('the calendar that people are shown', () => {
  it('says of an environment whether it is open, why, and when that changes', () => {
    const [shown] = calendarView([prod], range, now).environments;
    expect(shown).toMatchObject({
      environment: 'prod',
      open: true,
      because: 'The window Tue-Thu 09:00-16:00 Europe/London is open.',
      changesAt: moment('2026-12-17T16:00Z'),
      windows: ['Tue-Thu 09:00-16:00 Europe/London'],
      freezes: [
        {
          when: '12-19..01-02 Europe/London',
          reason: 'the holidays',
          ofWholeProject: true,
        },
      ],
    });
  });

  it('has a band for each thing that holds, to the end of what is shown, and the soaks that end in it', () => {
    const [shown] = calendarView([prod], range, now).environments;
    expect(shown?.bands.map(({ kind }) => kind)).toEqual([
      'outside windows',
      'window',
      'outside windows',
      'freeze',
    ]);
    expect(shown?.bands.at(-1)?.to).toBe(range.to);
    expect(shown?.soaks).toEqual([soak]);
  });

  it('has the windows of change requests that reach into what is shown (REL-7)', () => {
    expect(calendarView([prod], range, now).environments[0]?.changes).toEqual([change]);
  });

  it('has what begins before its end and ends after its beginning, to the millisecond', () => {
    const { from, to } = range;
    const at = (spans: readonly (readonly [number, number])[]) =>
      spans.map(([begin, end]) => ({ from: instant(begin), to: instant(end) }));
    const outside = at([
      [from - 2, from],
      [to, to + 2],
    ]);
    const inside = at([
      [from - 2, from + 1],
      [to - 1, to + 2],
      [from - 1, to + 1],
    ]);
    const aChange = (span: (typeof inside)[number]) => ({ ...change, ...span });
    const exceptions = [...outside, ...inside].map((span) => anException(span));
    const shownIn = environmentShown({
      calendar: { ...prod.calendar, exceptions },
      changes: [...outside, ...inside].map(aChange),
    });
    const spans = (all: readonly { readonly from: number; readonly to: number }[]) =>
      all.map((one) => ({ from: one.from, to: one.to }));
    expect(spans(shownIn.exceptions)).toEqual(inside);
    expect(spans(shownIn.changes)).toEqual(inside);
  });

  it('has what ends from its first moment on, and nothing that ends with it or later', () => {
    const ends = [range.from - 1, range.from, range.to - 1, range.to].map((at) => instant(at));
    const soakEnding = (endsAt: Instant) => ({ ...soak, endsAt });
    const approval = { release: '1.4.0', promotion: 'promotion', by: 'ada@example.org' };
    const approvalEnding = (endsAt: Instant) => ({ ...approval, endsAt });
    const { soaks, approvals } = environmentShown({
      soaks: ends.map(soakEnding),
      approvals: ends.map(approvalEnding),
    });
    expect(soaks.map(({ endsAt }) => endsAt)).toEqual([range.from, range.to - 1]);
    expect(approvals.map(({ endsAt }) => endsAt)).toEqual([range.from, range.to - 1]);
  });

  it('tells a freeze of the environment alone from one of the whole project', () => {
    const freeze = aFreeze({ yearly: '12-19..01-02', zone: 'Europe/London' });
    const own = { ...freeze, environment: prod.environment };
    const { freezes } = environmentShown({ calendar: { ...prod.calendar, freezes: [freeze, own] } });
    expect(freezes.map(({ ofWholeProject }) => ofWholeProject)).toEqual([true, false]);
  });

  it('says of a closed environment when it opens', () => {
    const [shown] = calendarView([prod], range, moment('2026-12-20T12:00Z')).environments;
    expect([shown?.open, shown?.changesAt]).toEqual([false, moment('2027-01-05T09:00Z')]);
  });
});
