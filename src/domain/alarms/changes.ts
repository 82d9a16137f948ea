import type { Actor } from '../actor.ts';
import type { EnvironmentId, Instant, ProjectId } from '../ids.ts';
import { instant } from '../ids.ts';
import { type Alarm, type AlarmRecord, postedSource, type SeenAlarm, type WatchedSource } from './types.ts';

/** What was found out, and what is new about it. */
export interface AlarmChange {
  readonly record: AlarmRecord;
  readonly fired: readonly Alarm[];
  readonly resolved: readonly Alarm[];
  /** Something that a gate is judged by is another than before. */
  readonly isNews: boolean;
}

/** Gaps that are shorter are the time between two looks. */
export const staleAfterMs = 3 * 60_000;
/** How long it is remembered that an alarm fired: longer than any gate looks back. */
export const alarmKeptMs = 8 * 86_400_000;
const mostAlarms = 500;
const mostGaps = 200;

export const noAlarms = (project: ProjectId, id: EnvironmentId): AlarmRecord => ({
  id,
  project,
  alarms: [],
  sources: [],
  postedAt: null,
  claimedUntil: null,
});

/** A source answered: these are all the alarms it has, and no others. Pure. */
export function afterLook(
  record: AlarmRecord,
  { id, name }: Pick<WatchedSource, 'id' | 'name'>,
  seen: readonly SeenAlarm[],
  now: Instant,
): AlarmChange {
  const before = record.sources.find((one) => one.id === id);
  const ours = record.alarms.filter(({ source }) => source === id);
  const keys = new Set(seen.map(({ key }) => key));
  const next = [
    ...seen.map((one) => taken(one, id, ours, now)),
    ...ours.filter(({ key }) => !keys.has(key)).map((one) => ended(one, 'resolved', now)),
  ];
  const change = withAlarms(record, id, next, now);
  const source: WatchedSource = {
    id,
    name,
    seenAt: now,
    away: null,
    firstSeenAt: before?.firstSeenAt ?? now,
    gaps: gapsAfter(before, now),
  };
  const wasKnown = before !== undefined && before.away === null && isFresh(before, now);
  return {
    ...change,
    record: withSource(change.record, source),
    isNews: change.isNews || !wasKnown,
  };
}

/** A source did not answer: what it said last stands as what was, and as nothing else. Pure. */
export function afterMiss(
  record: AlarmRecord,
  { id, name }: Pick<WatchedSource, 'id' | 'name'>,
  detail: string,
  now: Instant,
): AlarmChange {
  const before = record.sources.find((one) => one.id === id);
  const unknown = { id, seenAt: null, away: null, firstSeenAt: null, gaps: [] };
  const away = { since: before?.away?.since ?? now, detail };
  return {
    record: withSource(record, { ...(before ?? unknown), name, away }),
    fired: [],
    resolved: [],
    isNews: before?.away == null,
  };
}

/** Somebody says that one alarm fires, or fires no more. Saying it twice changes nothing. Pure. */
export function afterPost(
  record: AlarmRecord,
  posted: Omit<SeenAlarm, 'state' | 'key'> & { readonly state: 'firing' | 'resolved'; readonly by: Actor },
  now: Instant,
): AlarmChange {
  const ours = record.alarms.filter(({ source }) => source === postedSource);
  const others = ours.filter(({ name }) => name !== posted.name);
  const before = ours.filter(({ name }) => name === posted.name);
  const { state, by, ...rest } = posted;
  const seen = { ...rest, key: posted.name };
  const next =
    state === 'firing'
      ? [{ ...taken({ ...seen, state }, postedSource, before, now), by }]
      : before.map((one) => ended({ ...one, summary: posted.summary || one.summary }, 'resolved', now));
  const change = withAlarms(record, postedSource, [...others, ...next], now);
  return {
    ...change,
    record: { ...change.record, postedAt: now },
    isNews: change.isNews || record.postedAt === null,
  };
}

/** Only these are declared now. What others said is over. Pure. */
export function withoutOthers(record: AlarmRecord, declared: readonly string[], now: Instant): AlarmChange {
  const isKnown = (id: string): boolean => id === postedSource || declared.includes(id);
  const gone = record.alarms.filter(({ source, state }) => !isKnown(source) && state === 'firing');
  const sources = record.sources.filter(({ id }) => isKnown(id));
  return {
    record: { ...record, sources, alarms: record.alarms.filter(({ source }) => isKnown(source)) },
    fired: [],
    resolved: gone.map((one) => ended(one, 'resolved', now)),
    isNews: sources.length < record.sources.length,
  };
}

export const isFresh = ({ seenAt }: WatchedSource, now: Instant): boolean =>
  seenAt !== null && Math.abs(now - seenAt) < staleAfterMs;

function taken(seen: SeenAlarm, source: string, ours: readonly Alarm[], now: Instant): Alarm {
  const before = ours.find(({ key }) => key === seen.key);
  const since = instant(Math.min(seen.since, now));
  if (seen.state === 'firing') {
    const wasFiring = before?.state === 'firing';
    return { ...seen, since, source, firedAt: wasFiring ? before.firedAt : now, endedAt: null };
  }
  if (before === undefined) return { ...seen, since, source, firedAt: null, endedAt: null };
  return { ...ended(before, seen.state, now), since };
}

const ended = (alarm: Alarm, state: Alarm['state'], now: Instant): Alarm => ({
  ...alarm,
  state,
  endedAt: alarm.state === 'firing' ? now : alarm.endedAt,
});

function withAlarms(record: AlarmRecord, source: string, next: readonly Alarm[], now: Instant): AlarmChange {
  const before = new Map(record.alarms.map((one) => [nameOf(one), one.state]));
  const resolved = next.filter((one) => one.state !== 'firing' && before.get(nameOf(one)) === 'firing');
  const alarms = [...record.alarms.filter((one) => one.source !== source), ...next]
    .filter((one) => isRemembered(one, now))
    .toSorted(byStanding)
    .slice(0, mostAlarms)
    .toSorted(byWeight);
  // What is not kept would be told anew at each look.
  const fired = alarms.filter((one) => one.state === 'firing' && before.get(nameOf(one)) !== 'firing');
  return {
    record: { ...record, alarms },
    fired,
    resolved,
    isNews: fired.length + resolved.length > 0,
  };
}

const nameOf = ({ source, key }: Alarm): string => `${source} ${key}`;

const isRemembered = ({ state, endedAt }: Alarm, now: Instant): boolean =>
  state !== 'resolved' || (endedAt !== null && now - endedAt < alarmKeptMs);

const byFiring = (left: Alarm, right: Alarm): number =>
  Number(right.state === 'firing') - Number(left.state === 'firing');
const byLatest = (left: Alarm, right: Alarm): number => (right.firedAt ?? 0) - (left.firedAt ?? 0);

/** Those that fire first, then those that did latest. */
const byWeight = (left: Alarm, right: Alarm): number => byFiring(left, right) || byLatest(left, right);

/** As `byWeight`, but of those that fire the oldest first: so that the same ones are kept at each look. */
const byStanding = (left: Alarm, right: Alarm): number =>
  byFiring(left, right) || (left.state === 'firing' ? byLatest(right, left) : byLatest(left, right));

const withSource = (record: AlarmRecord, source: WatchedSource): AlarmRecord => ({
  ...record,
  sources: [...record.sources.filter(({ id }) => id !== source.id), source].toSorted((left, right) =>
    left.id < right.id ? -1 : 1,
  ),
});

function gapsAfter(before: WatchedSource | undefined, now: Instant): WatchedSource['gaps'] {
  if (before === undefined) return [];
  const kept = before.gaps.filter(({ to }) => now - to < alarmKeptMs);
  const { seenAt } = before;
  if (seenAt === null || now - seenAt < staleAfterMs) return kept;
  return [...kept, { from: seenAt, to: now }].slice(-mostGaps);
}
