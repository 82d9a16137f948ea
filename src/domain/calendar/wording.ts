import { listText } from '../wording.ts';
import type { Because } from './calendar.ts';
import { type Freeze, freezeTimeText } from './freeze.ts';
import { windowText } from './window.ts';
import { localText } from './zone-clock.ts';

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
const ended = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`);

const freezeTitle = (freeze: Freeze): string =>
  `Frozen${freeze.environment === null ? '' : ` in ${freeze.environment} alone`}, ${freezeTimeText(freeze.time)}`;
