import type { Calendar } from '../../src/domain/calendar/calendar.ts';
import { calendarAt } from '../../src/domain/calendar/calendar-at.ts';
import { aFreeze, aWindow, moment } from '../../src/domain/calendar/calendar.kit.ts';
import { later } from '../../src/domain/ids.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { row, sized, subject } from './row.ts';

const rounds = sized(200_000, 2_000);
const small: Calendar = {
  windows: [aWindow('Tue-Thu 09:00-16:00 Europe/London')],
  freezes: [aFreeze({ from: '2026-12-18 17:00', to: '2027-01-04 09:00', zone: 'Europe/London' })],
  exceptions: [],
};
const large: Calendar = {
  windows: [
    'Tue-Thu 09:00-16:00 Europe/London',
    'Fri 22:00-02:00 Africa/Johannesburg',
    'Sat 01:30-02:30 Australia/Lord_Howe',
    'Mon-Fri 10:00-12:00 America/New_York',
  ].map(aWindow),
  freezes: [...small.freezes, aFreeze({ yearly: '08-20..08-24', zone: 'Europe/London' })],
  exceptions: [],
};

function measure(name: string, calendar: Calendar, from: string): void {
  const start = moment(from);
  const startedMs = systemClock.monotonicMs();
  for (let round = 0; round < rounds; round += 1) calendarAt(calendar, later(start, round * 10));
  const perSecond = rounds / ((systemClock.monotonicMs() - startedMs) / 1000);
  row({ what: name, figure: perSecond, unit: 'answers/s' });
}

subject({ title: 'Windows and freezes', about: 'How often a calendar answers whether it is open.' });
for (const [size, calendar] of [
  ['one window, one freeze', small],
  ['four windows, two freezes', large],
] as const) {
  measure(`${size}, open`, calendar, '2026-11-24T10:00Z');
  measure(`${size}, closed`, calendar, '2026-11-22T10:00Z');
  measure(`${size}, frozen`, calendar, '2026-12-20T10:00Z');
}
