import type { RolloutId } from '../domain/ids.ts';
import type { RawCounters, RouteSpec, TrafficState, WeightSpec } from '../domain/traffic.ts';
import type { Applied, Context, Observed } from './provider.ts';

/** What is routed, weighed and counted: the data plane speaks of the same things and imports no port. */
export type {
  RawCounters,
  RawCounts,
  RouteSpec,
  RouteState,
  Target,
  TrafficState,
  WeightSpec,
  WeightState,
} from '../domain/traffic.ts';

export type TrafficChange =
  | { readonly action: 'route'; readonly routes: readonly RouteSpec[] }
  | { readonly action: 'weigh'; readonly weight: WeightSpec };

/** Splits requests between the stable and the new version. A port of its own, apart from the runtime. */
export interface Traffic {
  observe(context: Context): Promise<Observed<TrafficState>>;
  plan(
    desired: { readonly routes: readonly RouteSpec[]; readonly weight: WeightSpec | null },
    observed: Observed<TrafficState>,
  ): readonly TrafficChange[];
  apply(change: TrafficChange, context: Context): Promise<Applied>;
  /** Renews the lease on the weight; refused (conflict) when it ran out or another generation is in force. */
  renew(rollout: RolloutId, generation: number, leaseMs: number, context: Context): Promise<void>;
  /** All requests to stable, at once and for ever for this generation; remembered across restarts. */
  takeBack(rollout: RolloutId, generation: number, reason: string, context: Context): Promise<void>;
  counters(context: Context): Promise<RawCounters>;
  remove(context: Context): Promise<Applied>;
  onChange(call: () => void): Disposable;
}
