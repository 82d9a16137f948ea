export type Zone = 'local' | 'utc';

const dayMs = 86_400_000;
const units = [
  ['d', dayMs],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
] as const;

/** A span in its two largest units, for example `20 h 51 min`; under a second is `0 s`. */
export function spanText(ms: number): string {
  let rest = Math.max(0, Math.round(ms / 1000) * 1000);
  const parts: string[] = [];
  for (const [name, size] of units) {
    const count = Math.floor(rest / size);
    if (count > 0 || (parts.length === 0 && name === 's')) parts.push(`${count} ${name}`);
    else if (parts.length > 0) break;
    rest -= count * size;
    if (parts.length === 2) break;
  }
  return parts.join(' ');
}

/** A span in its largest unit, for example `3 h`. */
export const roughSpanText = (ms: number): string => {
  const [count = '0', unit = 's'] = spanText(Math.max(0, ms)).split(' ');
  return `${count} ${unit}`;
};

/** How a moment lies to now: `4 min ago`, `in 20 h 51 min`, `just now`. */
export function relativeText(at: number, now: number): string {
  const ms = at - now;
  if (Math.abs(ms) < 1500) return 'just now';
  return ms > 0 ? `in ${spanText(ms)}` : `${roughSpanText(-ms)} ago`;
}

const formats = new Map<string, Intl.DateTimeFormat>();
function format(zone: Zone, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone}${JSON.stringify(options)}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-GB', zone === 'utc' ? { ...options, timeZone: 'UTC' } : options);
  formats.set(key, made);
  return made;
}

const clockOptions = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;

/** `14:05:11` */
export const clockText = (at: number, zone: Zone): string => format(zone, clockOptions).format(at);

/** `Sat 21 Nov` */
export const dayText = (at: number, zone: Zone): string =>
  format(zone, { weekday: 'short', day: 'numeric', month: 'short' }).format(at).replace(',', '');

/** `Sat 21 Nov 2026, 14:05:11 GMT+1` */
export const exactText = (at: number, zone: Zone): string =>
  format(zone, {
    ...clockOptions,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZoneName: 'short',
  }).format(at);

/** The clock for what is today, else day and clock: `14:05:11`, `Fri 14:05` in the last days, `3 Nov 14:05` before. */
export function stampText(at: number, now: number, zone: Zone): string {
  const recent = now - at < 6 * dayMs;
  const day = format(zone, recent ? { weekday: 'short' } : { day: 'numeric', month: 'short' }).format(at);
  return dayText(at, zone) === dayText(now, zone)
    ? clockText(at, zone)
    : `${day} ${clockText(at, zone).slice(0, 5)}`;
}
