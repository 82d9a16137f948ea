import { type Instant, instant, later } from '../ids.ts';
import { shown } from '../project-file/finding.ts';
import { parseLocalTime } from './local-time.ts';
import { type Parsed, refused } from './text-finding.ts';
import { whenShows } from './zone-clock.ts';
import { parseZone } from './zone-name.ts';

const instead = '`2026-12-22 10:00 Europe/London`, `2026-12-22T10:00Z`, `now`, or `+2h`';

const unitMs: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * A moment as people write it: a local time with its zone, a time with its offset, `now`, or a span from now. A local
 * time that the clock skips or shows twice is refused: whoever opens a closed place says when without a doubt.
 */
export function parseMoment(text: string, now: Instant): Parsed<Instant> {
  const trimmed = text.trim();
  if (trimmed === 'now') return { ok: true, value: now };
  const [, count, unit = ''] = /^\+(\d{1,4})([mhd])$/.exec(trimmed) ?? [];
  if (count !== undefined) return { ok: true, value: later(now, Number(count) * (unitMs[unit] ?? 0)) };
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d)$/.test(trimmed)) {
    const at = Date.parse(trimmed);
    if (!Number.isNaN(at)) return { ok: true, value: instant(at) };
  }
  const [, local, zone] = /^(\d{4}-\d\d-\d\d[ T]\d{1,2}:\d\d) +(\S+)$/.exec(trimmed) ?? [];
  if (local === undefined || zone === undefined)
    return refused({
      message: `"${shown(text)}" does not say when, and where the clock shows it.`,
      instead,
      offset: 0,
    });
  const at = parseLocalTime({ text: local, offset: 0 });
  if (!at.ok) return at;
  const place = parseZone({ text: zone, offset: text.lastIndexOf(zone) });
  if (!place.ok) return place;
  const showing = whenShows(place.value, at.value);
  if (showing.how === 'once') return { ok: true, value: instant(showing.first) };
  const how = showing.how === 'twice' ? 'shows this time twice' : 'is put forward over this time';
  return refused({
    message: `The clock of ${place.value} ${how}.`,
    instead: `a time with its offset: \`${new Date(showing.first).toISOString().slice(0, 16)}Z\` or \`${new Date(showing.last).toISOString().slice(0, 16)}Z\``,
    offset: 0,
  });
}
