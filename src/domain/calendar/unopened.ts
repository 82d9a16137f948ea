import { instant, type Instant } from '../ids.ts';
import type { Calendar } from './calendar.ts';
import { calendarAt, horizonMs } from './calendar-at.ts';
import { closing, opening, type Window, windowText } from './window.ts';
import { dayMs, momentText, stretchAt } from './zone-clock.ts';

/** A window that nobody will ever find open, or not when they expect it; and what to do about it, as sentences. */
export interface UnopenedWindow {
  readonly window: Window;
  readonly kind: 'never' | 'skipped';
  readonly message: string;
  readonly instead: string;
}

/** Windows that do not open in the next 400 days for all the freezes, and openings that clocks put forward skip. */
export function unopenedWindows(
  { windows, freezes }: Pick<Calendar, 'windows' | 'freezes'>,
  now: Instant,
): readonly UnopenedWindow[] {
  return windows.flatMap((window) => {
    const answer = calendarAt({ windows: [window], freezes, exceptions: [] }, now);
    if (!answer.open && answer.opensAt === null) return [never(window)];
    return skippedOpenings(window, now, instant(now + horizonMs)).map((jump) => skipped(window, jump));
  });
}

const never = (window: Window): UnopenedWindow => ({
  window,
  kind: 'never',
  message: `The window ${windowText(window)} does not open within 400 days: each time, there is a freeze.`,
  instead: 'days or times that no freeze covers, or shorter freezes',
});

const skipped = (window: Window, jump: Instant): UnopenedWindow => {
  const [before, after] = [momentText(window.zone, jump - 60_000), momentText(window.zone, jump)];
  return {
    window,
    kind: 'skipped',
    message: `The window ${windowText(window)} misses an opening: the clock goes from ${before} straight to ${after}.`,
    instead: 'times outside the hour at which the clock is put forward, if that matters',
  };
};

/** When the clock is put forward over a whole opening of the window, from its start to its end. */
export function skippedOpenings(window: Window, from: Instant, to: Instant): readonly Instant[] {
  const jumps: Instant[] = [];
  for (let stretch = stretchAt(window.zone, from); stretch.to < to; ) {
    const next = stretchAt(window.zone, stretch.to);
    const [before, after] = [next.from + stretch.offsetMs, next.from + next.offsetMs];
    if (isSkipped(window, before, after)) jumps.push(instant(next.from));
    stretch = next;
  }
  return jumps;
}

/** Local times: whether an opening lies whole in what the clock skips. */
function isSkipped(window: Window, before: number, after: number): boolean {
  for (let day = Math.floor(before / dayMs); day * dayMs < after; day += 1) {
    const start = opening(window, day);
    if (start >= before && start < after && closing(window, day) <= after) return true;
  }
  return false;
}
