import { type Static, Type } from 'typebox';
import { livePhases } from '../../domain/change-request.ts';
import type { Because } from '../../domain/calendar/calendar.ts';
import type {
  BandView,
  CalendarView,
  EnvironmentCalendarView,
  ExceptionView,
} from '../../domain/calendar/calendar-view.ts';
import { people } from './admission.ts';
import type { Same } from './same.ts';
import { listOf, nullable, oneOf, ref, text } from './shapes.ts';

const ms = Type.Integer({ description: 'Milliseconds since 1 January 1970, UTC' });

const reasons = [
  'no windows',
  'window',
  'exception',
  'outside windows',
  'freeze',
] as const satisfies readonly Because['kind'][];

export const calendarBand = Type.Object(
  { from: ms, to: ms, kind: oneOf(reasons), because: text },
  { $id: 'CalendarBand', description: 'A time in which an environment is open or closed for one reason' },
);
true satisfies Same<Static<typeof calendarBand>, BandView>;

export const exception = Type.Object(
  { id: text, from: ms, to: ms, by: text, reason: text },
  { $id: 'Exception', description: 'A time that a named person opened, against windows and freezes' },
);
true satisfies Same<Static<typeof exception>, ExceptionView>;

export const environmentCalendar = Type.Object(
  {
    environment: text,
    open: Type.Boolean(),
    because: text,
    changesAt: nullable(ms),
    windows: listOf(text),
    freezes: listOf(Type.Object({ when: text, reason: text, ofWholeProject: Type.Boolean() })),
    exceptions: listOf(ref(exception)),
    mayExcept: people,
    bands: listOf(ref(calendarBand)),
    soaks: listOf(Type.Object({ release: text, soaksIn: text, endsAt: ms })),
    approvals: listOf(Type.Object({ release: text, promotion: text, by: text, endsAt: ms })),
    changes: listOf(Type.Object({ id: text, release: text, from: ms, to: ms, state: oneOf(livePhases) })),
  },
  { $id: 'EnvironmentCalendar', description: 'When one environment may be gone into, and why' },
);
true satisfies Same<Static<typeof environmentCalendar>, EnvironmentCalendarView>;

export const calendar = Type.Object(
  { now: ms, from: ms, to: ms, environments: listOf(ref(environmentCalendar)) },
  { $id: 'Calendar', description: 'Windows, freezes and exceptions, and what ends when' },
);
true satisfies Same<Static<typeof calendar>, CalendarView>;
