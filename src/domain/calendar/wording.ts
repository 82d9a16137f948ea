import type { Instant } from '../ids.ts';
import { listText } from '../wording.ts';
import type { Because } from './calendar.ts';
import { type Freeze, freezeTimeText } from './freeze.ts';
import { windowText } from './window.ts';
import { localAt, localText, momentText } from './zone-clock.ts';

/** Why a calendar is open or closed, as a sentence. */
export function becauseText(because: Because): string {
  switch (because.kind) {
    case 'no windows':
      return 'No windows are declared, and no freeze holds.';
    case 'window':
      return `The window ${windowText(because.window)} is open.`;
    case 'outside windows':
      return `Closed outside of ${listText(because.windows.map(windowText))}.`;
    case 'freeze':
      return `${freezeTitle(because.freeze)}: ${ended(because.freeze.reason)}`;
    case 'exception': {
      const { by, to, reason } = because.exception;
      return `${by} made an exception until ${localText(to)} UTC: ${ended(reason)}`;
    }
  }
}

/** What a person wrote, as the end of a sentence. */
export const ended = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`);

const freezeTitle = (freeze: Freeze): string =>
  `Frozen${freeze.environment === null ? '' : ` in ${freeze.environment} alone`}, ${freezeTimeText(freeze.time)}`;

const dayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const monthNames =
  'January February March April May June July August September October November December'.split(' ');

/** A moment as people in a zone say it: `Tuesday 24 November 09:00`, with its year where that is another one. */
export function dayAndTimeText(zone: string, at: Instant, now: Instant): string {
  const local = new Date(localAt(zone, at));
  const year = local.getUTCFullYear();
  const thisYear = new Date(localAt(zone, now)).getUTCFullYear();
  const date = `${local.getUTCDate()} ${monthNames[local.getUTCMonth()]}${year === thisYear ? '' : ` ${year}`}`;
  return `${dayNames[local.getUTCDay()]} ${date} ${momentText(zone, at).slice(-5)}`;
}
