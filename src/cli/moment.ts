import { parseLocalTime } from '../domain/calendar/local-time.ts';
import { findingsOf, type Parsed } from '../domain/calendar/text-finding.ts';
import { whenShows } from '../domain/calendar/zone-clock.ts';
import { parseZone } from '../domain/calendar/zone-name.ts';
import { type Instant, instant } from '../domain/ids.ts';

/**
 * `2026-11-25 22:00 Europe/London`, `2026-11-25 22:00 UTC` or `2026-11-25T22:00+01:00`. Throws a RangeError with what
 * is wrong; a time is never guessed that a clock skips or shows twice.
 */
export function moment(input: string): Instant {
  const exact = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)$/u.test(input.trim());
  if (exact) return understood(Date.parse(input.trim()), input);
  const [, local, zoneName] = /^(.*?\d{1,2}:\d\d)\s+(\S+)$/u.exec(input.trim()) ?? [];
  if (local === undefined || zoneName === undefined)
    throw new RangeError(
      'write the day, the time and the zone, for example "2026-11-25 22:00 Europe/London"',
    );
  const time = parsed(parseLocalTime({ text: local, offset: 0 }));
  const zone = parsed(parseZone({ text: zoneName, offset: 0 }));
  const showing = whenShows(zone, time);
  if (showing.how === 'once') return understood(showing.first, input);
  throw new RangeError(
    showing.how === 'never'
      ? `the clock in ${zone} is put forward over it; write another time`
      : `the clock in ${zone} shows it twice; write it with its offset, for example 2026-10-25T01:30+01:00`,
  );
}

function understood(ms: number, input: string): Instant {
  if (Number.isFinite(ms)) return instant(ms);
  throw new RangeError(`there is no ${input}`);
}

function parsed<T>(outcome: Parsed<T>): T {
  if (outcome.ok) return outcome.value;
  throw new RangeError(
    findingsOf(outcome)
      .map(({ message, instead }) => `${message} Write ${instead}.`)
      .join(' '),
  );
}
