import type { AlarmRecord } from '../../domain/alarms/types.ts';
import type { EnvironmentId } from '../../domain/ids.ts';
import type { TrafficHour } from '../../domain/observed-traffic/types.ts';
import type { Promotion } from '../../domain/promotion.ts';

/** What the gates `alarms` and `stability` are judged from. */
export interface ObservedFacts {
  readonly alarms: ReadonlyMap<EnvironmentId, AlarmRecord>;
  /** Of the source, as far back as a gate looks. */
  readonly traffic: readonly TrafficHour[];
  /** Into the source: what was taken back, failed or was gone back from, newest first. */
  readonly setbacks: readonly Promotion[];
}

export const nothingObserved: ObservedFacts = { alarms: new Map(), traffic: [], setbacks: [] };
