import type { Actor } from '../actor.ts';
import type { EnvironmentId, Instant, ProjectId } from '../ids.ts';

/**
 * `firing`: it says that something is wrong, now. `pending`: it may, soon. `silenced`: it would, and a person told it not to.
 * `inhibited`: it would, and another one that fires says enough.
 */
export const alarmStates = ['firing', 'pending', 'silenced', 'inhibited'] as const;
export type AlarmState = (typeof alarmStates)[number];

/** An alarm as its source shows it. */
export interface SeenAlarm {
  /** The same for the same alarm at its source, however often it is looked at. */
  readonly key: string;
  readonly name: string;
  readonly summary: string;
  readonly state: AlarmState;
  /** By the source's clock. */
  readonly since: Instant;
  /** Where it can be looked at. */
  readonly url: string | null;
  /** What its source knows it by, besides its name. Absent: nothing. */
  readonly labels?: Readonly<Record<string, string>>;
}

export interface Alarm extends Omit<SeenAlarm, 'state'> {
  /** `posted`, or the id of a declared source. */
  readonly source: string;
  /** Who said last that it fires. Absent: nobody, a source did. */
  readonly by?: Actor;
  readonly state: AlarmState | 'resolved';
  /** When it was last seen to begin to fire, by our clock; null: it never did. */
  readonly firedAt: Instant | null;
  /** When it was seen to fire no more; null while it does. */
  readonly endedAt: Instant | null;
}

/** How looking at one declared source went. */
export interface WatchedSource {
  readonly id: string;
  /** For people, for example `Prometheus at http://127.0.0.1:9090`. */
  readonly name: string;
  /** When it last answered; null: never. */
  readonly seenAt: Instant | null;
  /** Since when it has not answered, and what came instead; null while it does. */
  readonly away: { readonly since: Instant; readonly detail: string } | null;
  readonly firstSeenAt: Instant | null;
  /** Times in which nobody looked or nothing answered, oldest first. */
  readonly gaps: readonly { readonly from: Instant; readonly to: Instant }[];
}

/** What is known of the alarms of one environment; the id is the environment's. */
export interface AlarmRecord {
  readonly id: EnvironmentId;
  readonly project: ProjectId;
  readonly alarms: readonly Alarm[];
  readonly sources: readonly WatchedSource[];
  /** When somebody last said something of an alarm here; null: never. */
  readonly postedAt: Instant | null;
  /** Until when one of the control planes looks, so that the others need not. */
  readonly claimedUntil: Instant | null;
}

export const postedSource = 'posted';
