import type { Calendar } from '../../domain/calendar/calendar.ts';
import { calendarAt, nextChanges } from '../../domain/calendar/calendar-at.ts';
import type {
  ApprovalEndView,
  CalendarView,
  ChangeWindowView,
  EnvironmentCalendarView,
  FreezeView,
  SoakEndView,
} from '../../domain/calendar/calendar-view.ts';
import { type Freeze, freezeTimeText } from '../../domain/calendar/freeze.ts';
import { windowText } from '../../domain/calendar/window.ts';
import { becauseText } from '../../domain/calendar/wording.ts';
import type { EnvironmentName, Instant } from '../../domain/ids.ts';
import type { People } from '../../domain/admission.ts';

/** What the calendar says of one environment. */
export interface EnvironmentInCalendar {
  readonly environment: EnvironmentName;
  readonly calendar: Calendar;
  /** Who may make an exception. */
  readonly mayExcept: People;
  readonly soaks: readonly SoakEndView[];
  readonly approvals: readonly ApprovalEndView[];
  readonly changes: readonly ChangeWindowView[];
}

/** From when to when people are shown a calendar; at most 400 days. */
export interface CalendarRange {
  readonly from: Instant;
  readonly to: Instant;
}

/** Each environment's calendar, in the order in which they are given. */
export const calendarView = (
  environments: readonly EnvironmentInCalendar[],
  range: CalendarRange,
  now: Instant,
): CalendarView => ({
  now,
  ...range,
  environments: environments.map((one) => environmentCalendar(one, range, now)),
});

function environmentCalendar(
  { environment, calendar, mayExcept, soaks, approvals, changes }: EnvironmentInCalendar,
  range: CalendarRange,
  now: Instant,
): EnvironmentCalendarView {
  const { from, to } = range;
  const answer = calendarAt(calendar, now);
  return {
    environment,
    open: answer.open,
    because: becauseText(answer.because),
    changesAt: answer.open ? answer.closesAt : answer.opensAt,
    windows: calendar.windows.map(windowText),
    freezes: calendar.freezes.map(freezeView),
    exceptions: calendar.exceptions.filter((one) => meets(one, range)),
    mayExcept,
    bands: nextChanges(calendar, from, to).map((interval) => ({
      from: interval.from,
      to: interval.to,
      kind: interval.because.kind,
      because: becauseText(interval.because),
    })),
    soaks: soaks.filter(({ endsAt }) => isWithin(endsAt, range)),
    approvals: approvals.filter(({ endsAt }) => isWithin(endsAt, range)),
    changes: changes.filter((one) => meets(one, range)),
  };
}

type Span = { readonly from: number; readonly to: number };

const meets = (one: Span, range: Span): boolean => one.to > range.from && one.from < range.to;

const isWithin = (at: number, { from, to }: CalendarRange): boolean => at >= from && at < to;

const freezeView = (freeze: Freeze): FreezeView => ({
  when: freezeTimeText(freeze.time),
  reason: freeze.reason,
  ofWholeProject: freeze.environment === null,
});
