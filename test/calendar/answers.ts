/** Prints what calendars answer, for the test beside it to compare. */
import { calendarAt } from '../../src/domain/calendar/calendar-at.ts';
import { parseFreeze } from '../../src/domain/calendar/parse-freeze.ts';
import { parseWindow } from '../../src/domain/calendar/parse-window.ts';
import { instant } from '../../src/domain/ids.ts';

const window = parseWindow('Sun 01:30-02:30 Europe/London');
const freeze = parseFreeze({ yearly: '12-20..01-02', zone: 'Pacific/Auckland', reason: 'the holidays' });
if (!window.ok || !freeze.ok) throw new Error('the calendar does not read');
const calendar = { windows: [window.value], freezes: [freeze.value], exceptions: [] };
const answers = Array.from({ length: 2000 }, (_, hours) =>
  calendarAt(calendar, instant(Date.UTC(2026, 9, 1, hours))),
);
console.log(JSON.stringify(answers));
console.log(new Date(0).getHours());
