import { parseMoment } from '../domain/calendar/parse-moment.ts';
import { Failure } from '../domain/failure.ts';
import type { Instant } from '../domain/ids.ts';

/**
 * What stands behind a flag that takes a time. Throws invalid `moment-invalid`; a time is never guessed that a clock
 * skips or shows twice.
 */
export function momentOf(flag: string, text: string, now: Instant): Instant {
  const parsed = parseMoment(text, now);
  if (parsed.ok) return parsed.value;
  const [finding] = parsed.findings;
  throw new Failure('invalid', 'moment-invalid', `${flag}: ${finding?.message ?? 'this is no moment.'}`, {
    wayOut: `Write ${finding?.instead ?? 'a time with its zone'}.`,
  });
}

/** The same for a flag that may be left out. */
export const maybeMomentOf = (flag: string, text: string | undefined, now: Instant): Instant | undefined =>
  text === undefined ? undefined : momentOf(flag, text, now);
