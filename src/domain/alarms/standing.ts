import type { EnvironmentName, Instant } from '../ids.ts';
import type { AlarmSourceSpec } from '../project-file/types.ts';
import { spanText } from '../wording.ts';
import { isFresh } from './changes.ts';
import { sourceId, sourceName } from './source.ts';
import type { Alarm, AlarmRecord, WatchedSource } from './types.ts';

/** What can be said about the alarms of one environment now. */
export interface AlarmStanding {
  readonly environment: EnvironmentName;
  readonly firing: readonly Alarm[];
  /** Would fire, and were told not to: by a person, or by an alarm that says more. */
  readonly hushed: readonly Alarm[];
  /** Sources that cannot be believed now, each as a sentence. Empty: all that is declared was looked at lately. */
  readonly blind: readonly string[];
  /** Somebody looks, or somebody says. */
  readonly isWatched: boolean;
}

export interface WatchedPlace {
  readonly name: EnvironmentName;
  readonly spec: { readonly alarms?: readonly AlarmSourceSpec[] };
}

/** Pure. What is declared and was never looked at is not known, whatever the record lacks. */
export function alarmStanding(
  { name, spec }: WatchedPlace,
  record: AlarmRecord | null,
  now: Instant,
): AlarmStanding {
  const declared = spec.alarms ?? [];
  const alarms = record?.alarms ?? [];
  return {
    environment: name,
    firing: alarms.filter(({ state }) => state === 'firing'),
    hushed: alarms.filter(({ state }) => state === 'silenced' || state === 'inhibited'),
    blind: declared.flatMap((one) => blindness(one, sourceOf(record, one), now)),
    isWatched: declared.length > 0 || record?.postedAt != null,
  };
}

export const sourceOf = (record: AlarmRecord | null, spec: AlarmSourceSpec): WatchedSource | undefined =>
  record?.sources.find(({ id }) => id === sourceId(spec));

function blindness(
  spec: AlarmSourceSpec,
  source: WatchedSource | undefined,
  now: Instant,
): readonly string[] {
  const name = sourceName(spec);
  if (source?.away != null) {
    const { since, detail } = source.away;
    return [`${name} has not answered for ${spanText(Math.max(0, now - since))}: ${detail}`];
  }
  if (source?.seenAt == null) return [`${name} has not been asked yet.`];
  return isFresh(source, now)
    ? []
    : [`${name} was last asked ${spanText(Math.abs(now - source.seenAt))} ago.`];
}

/** How much of the time since `from` nobody can speak for, in milliseconds; the worst of the declared sources. */
export function unwatchedMs(
  { spec }: WatchedPlace,
  record: AlarmRecord | null,
  from: Instant,
  now: Instant,
): number {
  const spans = (spec.alarms ?? []).map((one) => {
    const source = sourceOf(record, one);
    if (source?.firstSeenAt == null) return now - from;
    const gaps = [...source.gaps, { from, to: source.firstSeenAt }];
    return gaps.reduce((sum, gap) => sum + Math.max(0, gap.to - Math.max(from, gap.from)), 0);
  });
  return Math.max(0, ...spans);
}

/** Those that fired at any time since. */
export const firedSince = (record: AlarmRecord | null, from: Instant): readonly Alarm[] =>
  (record?.alarms ?? []).filter(
    ({ firedAt, endedAt }) => firedAt !== null && (endedAt === null || endedAt > from),
  );
