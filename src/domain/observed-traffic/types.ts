import type { EnvironmentId, Instant, ProjectId, ServiceName } from '../ids.ts';

export interface TrafficCounts {
  readonly requests: number;
  readonly errors: number;
}
export type CountsByService = Readonly<Record<ServiceName, TrafficCounts>>;

/**
 * What an agent reads at its gateway at a slow pace, whether anything is rolled out or not. Counts are cumulative since
 * the epoch began, so that a reading that is lost, told twice or told late neither loses a request nor counts one twice.
 */
export interface TrafficReading {
  readonly environment: EnvironmentId;
  /** Changes when the gateway counts from zero again. */
  readonly epoch: string;
  /** By the agent's clock. */
  readonly at: Instant;
  /** How long before it the agent is sure to have looked: 0 for its first one, and after it stood still. */
  readonly coveredMs: number;
  readonly services: CountsByService;
}

/** What of an environment's counters is kept already, epoch by epoch, newest first. */
export type CountedEpochs = readonly { readonly epoch: string; readonly services: CountsByService }[];

/** Five minutes of one environment. */
export interface TrafficBucket {
  readonly at: Instant;
  /** How much of the five minutes an agent looked. */
  readonly observedMs: number;
  readonly services: CountsByService;
}

/** One hour of one environment, with those of its buckets in which there was anything, oldest first. */
export interface TrafficHour {
  readonly id: string;
  readonly project: ProjectId;
  readonly environment: EnvironmentId;
  readonly hour: Instant;
  readonly buckets: readonly TrafficBucket[];
}

/** Of an environment as a whole. */
export interface TrafficTotal extends TrafficCounts {
  readonly observedMs: number;
}

/** Kept beside the last observation: enough to go on counting, and to show a day without reading its hours. */
export interface KeptTraffic {
  readonly counted: CountedEpochs;
  /** The latest, oldest first. */
  readonly hours: readonly (TrafficTotal & { readonly hour: Instant })[];
}

/** What people are shown of the last day, over all services. */
export interface TrafficView extends TrafficTotal {
  /** null where there was no request. */
  readonly errorRatio: number | null;
}
