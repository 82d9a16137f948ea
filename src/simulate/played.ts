import type { Recording } from '../domain/rollout/recording.ts';
import type { Ending, EndedBy } from './scenario/types.ts';
import type { TrafficPoint } from './drawn-traffic.ts';
import type { TimelineEntry } from './timeline.ts';

/** What came of a scenario with one seed. Plain data. */
export interface Played {
  readonly name: string;
  readonly title: string;
  readonly about: string | null;
  readonly to: string;
  readonly release: string;
  readonly seed: number;
  readonly ended: Ended;
  /** Virtual time that was played. */
  readonly tookMs: number;
  readonly met: Met;
  readonly timeline: readonly TimelineEntry[];
  /** null where the scenario expects nothing. */
  readonly expectation: { readonly held: boolean; readonly misses: readonly string[] } | null;
  /** What it was judged by; null: it did not come to be rolled out. */
  readonly recording: Recording | null;
  /** For the plot. */
  readonly points: readonly TrafficPoint[];
  /** By which a plot draws its lines; null: the release goes in all at once. */
  readonly limits: { readonly errorLimit: number; readonly latencyFactor: number } | null;
}

export interface Ended {
  readonly as: Ending;
  readonly by: EndedBy | null;
  readonly detail: string;
  /** When it was decided. */
  readonly atMs: number;
}

/** Whom it hurt. */
export interface Met {
  /** Requests that met the new version. */
  readonly requests: number;
  /** How many of them failed. */
  readonly failed: number;
  /** Requests to the version beside it, and how many of them failed. */
  readonly stableRequests: number;
  readonly stableFailed: number;
}
