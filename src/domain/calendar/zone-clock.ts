import { amongLatest, inMap } from '../latest.ts';

/**
 * What a clock on the wall shows in a time zone, and when it is put forward or back. Zones are IANA names; the rules come
 * from `Intl` alone, so that the machine's own zone has no influence. Local times are milliseconds as if they were UTC.
 */

/** A time during which a zone's offset stays the same: `from` to before `to`. Its ends need not be changes of the clock. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly offsetMs: number;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** What is looked up in one go: long enough to be rarely needed, short enough not to be felt. */
const chunkMs = 128 * dayMs;
/** Since 1970 no clock was put there and back again in less than a week (Recife, October 2000), says the time zone database. */
const stepMs = dayMs;
/** Wider than any offset has ever been: Manila's, to 1844, was almost this. */
const widestOffsetMs = 16 * hourMs;
const mostChunks = 256;

interface Zone {
  readonly format: Intl.DateTimeFormat;
  readonly chunks: Map<number, readonly Stretch[]>;
  latest: Stretch;
}

// What Intl answers never changes while a process lives: remembering it keeps these functions pure.
const zones = new Map<string, Zone>();

/** The stretch that holds this moment. Throws a RangeError for a zone that `Intl` does not know. */
export function stretchAt(zone: string, at: number): Stretch {
  const known = inMap(zones, zone, () => openZone(zone));
  if (holds(known.latest, at)) return known.latest;
  const stretch = chunkAt(known, Math.floor(at / chunkMs)).find((one) => holds(one, at));
  if (stretch === undefined) throw new RangeError(`${at} is not a moment`);
  known.latest = stretch;
  return stretch;
}

const holds = (stretch: Stretch, at: number): boolean => at >= stretch.from && at < stretch.to;

function openZone(name: string): Zone {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' });
  return { format, chunks: new Map(), latest: { from: 0, to: 0, offsetMs: 0 } };
}

const chunkAt = ({ chunks, format }: Zone, index: number): readonly Stretch[] =>
  amongLatest(chunks, mostChunks, index, () => readChunk(format, index * chunkMs));

function readChunk(format: Intl.DateTimeFormat, start: number): readonly Stretch[] {
  const chunk: Stretch[] = [];
  let from = start;
  let offsetMs = readOffset(format, start);
  for (let day = start; day < start + chunkMs; day += stepMs) {
    const next = readOffset(format, day + stepMs);
    if (next === offsetMs) continue;
    const to = changeWithin(format, day, day + stepMs);
    chunk.push({ from, to, offsetMs });
    from = to;
    offsetMs = next;
  }
  return [...chunk, { from, to: start + chunkMs, offsetMs }];
}

/** The first moment with the offset of `after`, where `before` still has another one. */
function changeWithin(format: Intl.DateTimeFormat, before: number, after: number): number {
  const offsetMs = readOffset(format, before);
  let [low, high] = [before, after];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (readOffset(format, middle) === offsetMs) low = middle;
    else high = middle;
  }
  return high;
}

function readOffset(format: Intl.DateTimeFormat, at: number): number {
  const [, sign, hours = 0, minutes = 0, seconds = 0] =
    /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?/.exec(format.format(at)) ?? [];
  const size = Number(hours) * hourMs + Number(minutes) * minuteMs + Number(seconds) * 1000;
  return sign === '-' ? -size : size;
}

/** What the clock shows. */
export const localAt = (zone: string, at: number): number => at + stretchAt(zone, at).offsetMs;

/**
 * When the clock shows this. `once` has one moment. `twice`, where the clock is put back, has the first and the last.
 * `never`, where the clock is put forward over it, has the moment at which that happens, as first and last.
 */
export interface Showing {
  readonly how: 'once' | 'twice' | 'never';
  readonly first: number;
  readonly last: number;
}

/** The moments at which the zone's clock shows a local time. */
export function whenShows(zone: string, local: number): Showing {
  const moments: number[] = [];
  let jump: number | undefined;
  const end = local + widestOffsetMs;
  for (let at = local - widestOffsetMs; at <= end; ) {
    const stretch = stretchAt(zone, at);
    const moment = local - stretch.offsetMs;
    if (holds(stretch, moment)) moments.push(moment);
    if (moment < stretch.from) jump ??= stretch.from;
    at = stretch.to;
  }
  const [first = jump ?? local, last = first] = moments;
  const how = moments.length === 0 ? 'never' : moments.length === 1 ? 'once' : 'twice';
  return { how, first, last };
}

/** A local time as it is written: `2026-12-18 17:00`. */
export const localText = (local: number): string =>
  new Date(local).toISOString().slice(0, 16).replace('T', ' ');

/** A moment as the zone's clock shows it: `2026-12-18 17:00`. */
export const momentText = (zone: string, at: number): string => localText(localAt(zone, at));
