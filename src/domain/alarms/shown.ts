import { alarmStanding, sourceOf, type WatchedPlace } from './standing.ts';
import { sourceId, sourceName } from './source.ts';
import { type Alarm, type AlarmRecord, type AlarmState, postedSource } from './types.ts';
import type { Actor } from '../actor.ts';
import type { Instant } from '../ids.ts';

/** What people are shown of the alarms of an environment. */
export interface AlarmsView {
  /** Somebody looks, or somebody says. */
  readonly watched: boolean;
  readonly firing: number;
  /** Sources that cannot be believed now, each as a sentence. */
  readonly blind: readonly string[];
  readonly sources: readonly {
    readonly name: string;
    readonly seenAt: Instant | null;
    readonly awaySince: Instant | null;
  }[];
  readonly items: readonly AlarmView[];
}

export interface AlarmView {
  readonly name: string;
  readonly summary: string;
  readonly state: AlarmState | 'resolved';
  readonly since: Instant;
  readonly firedAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly url: string | null;
  readonly labels: Readonly<Record<string, string>>;
  readonly source: string;
  /** Who posted it; null: a source that was asked has it. */
  readonly by: Actor | null;
}

/** Those that are there, firing ones first, and then those that were lately. */
export function alarmsView(environment: WatchedPlace, record: AlarmRecord | null, now: Instant): AlarmsView {
  const declared = environment.spec.alarms ?? [];
  const names = new Map(declared.map((one) => [sourceId(one), sourceName(one)]));
  const { isWatched, firing, blind } = alarmStanding(environment, record, now);
  return {
    watched: isWatched,
    firing: firing.length,
    blind,
    sources: declared.map((one) => ({
      name: sourceName(one),
      seenAt: sourceOf(record, one)?.seenAt ?? null,
      awaySince: sourceOf(record, one)?.away?.since ?? null,
    })),
    items: (record?.alarms ?? []).map((alarm) => viewOf(alarm, names)),
  };
}

const viewOf = (
  { name, summary, state, since, firedAt, endedAt, url, labels = {}, source, by }: Alarm,
  names: ReadonlyMap<string, string>,
): AlarmView => ({
  name,
  summary,
  state,
  since,
  firedAt,
  endedAt,
  url,
  labels,
  source:
    source === postedSource ? postedSource : (names.get(source) ?? 'a source that is not declared any more'),
  by: by ?? null,
});
