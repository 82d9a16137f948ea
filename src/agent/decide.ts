import type { Digest, RolloutId, ServiceName } from '../domain/ids.ts';
import type { Variant } from '../domain/rollout/types.ts';
import type { Workload, WorkloadSpec } from '../ports/runtime.ts';
import type { RouteSpec, Target, TrafficState, WeightSpec } from '../ports/traffic.ts';
import type { DesiredEnvironment, DesiredRollout, DesiredService } from '../protocol/messages.ts';
import type { Shelved } from './artifact-shelf.ts';

/** All that a decision is made from. Decisions are pure: what they need to know of time comes in as `drained`. */
export interface Facts {
  readonly desired: DesiredEnvironment;
  readonly workloads: readonly Workload[];
  /** null: there is no gateway yet. */
  readonly traffic: TrafficState | null;
  readonly shelved: (artifact: Digest) => Shelved | null;
  /** Of a candidate that was taken back: no connection left, or the time for draining is over. */
  readonly drained: boolean;
  /** This rollout was taken back here, by the agent itself or because it was asked to, at whatever generation. */
  readonly tookBack: boolean;
  /** What is desired was heard since the agent began or last stood still; else it may have been taken back meanwhile. */
  readonly isFresh: boolean;
}

/** Used where nothing says how long to drain. */
const usualDrainMs = 1000;

export interface WantedVariant {
  readonly service: ServiceName;
  readonly variant: Variant;
}

/** The versions that are to run, whether or not their artifacts are there yet. */
export function wantedVariants({ desired, traffic, drained }: Facts): readonly WantedVariant[] {
  const { rollout } = desired;
  return desired.services.flatMap(({ service, stable, candidate }) => {
    const isRun = candidate !== null && rollout !== null && (rollout.task.kind !== 'take back' || !drained);
    const before = routeOf(traffic, service)?.stable ?? null;
    // What serves goes on serving until its successor can.
    const heldOver =
      before !== null && before.artifact !== stable?.artifact && stable !== null ? [before] : [];
    const variants = [...(stable ? [stable] : []), ...(isRun ? [candidate] : []), ...heldOver];
    return variants.map((variant) => ({ service, variant }));
  });
}

export function wantedSpecs(facts: Facts): readonly WorkloadSpec[] {
  const specs = new Map<string, WorkloadSpec>();
  for (const { service, variant } of wantedVariants(facts)) {
    const shelved = facts.shelved(variant.artifact);
    if (shelved === null) continue;
    const { artifact, version } = variant;
    const { environment } = facts.desired;
    specs.set(`${service} ${artifact}`, { environment, service, version, artifact, ...shelved });
  }
  return [...specs.values()];
}

export function wantedRoutes(facts: Facts): readonly RouteSpec[] {
  return facts.desired.services.map((service) => wantedRoute(service, facts));
}

function wantedRoute(desired: DesiredService, facts: Facts): RouteSpec {
  const { service, stable, candidate } = desired;
  const before = routeOf(facts.traffic, service);
  const known = stable ?? candidate;
  const descriptor = known === null ? null : facts.shelved(known.artifact)?.descriptor;
  return {
    service,
    port: desired.port === 0 ? (before?.port ?? 0) : desired.port,
    stable: stableTarget(desired, facts),
    candidate:
      candidate !== null && isCandidateRouted(facts, before)
        ? targetOf(service, candidate, facts, 'healthy')
        : null,
    drainMs: facts.desired.rollout?.drainMs ?? before?.drainMs ?? usualDrainMs,
    probe: descriptor?.probe ?? before?.probe ?? null,
  };
}

/** When the new stable version has nothing that answers yet, the one before goes on. */
function stableTarget({ service, stable }: DesiredService, facts: Facts): Target | null {
  if (stable === null) return null;
  const target = targetOf(service, stable, facts, 'running');
  const before = routeOf(facts.traffic, service)?.stable ?? null;
  if (target.addresses.length > 0 || before === null || before.artifact === stable.artifact) return target;
  const heldOver = targetOf(service, before, facts, 'running');
  return heldOver.addresses.length > 0 ? heldOver : target;
}

/** A candidate that is being taken back stays in the route, at 0 %, until it is drained. */
function isCandidateRouted({ desired, drained }: Facts, before: RouteSpec | null): boolean {
  const task = desired.rollout?.task.kind;
  return task === 'weigh' || (task === 'take back' && !drained && before?.candidate != null);
}

/**
 * `healthy`: those alone. `running`: those, or when none is, all that have not ended: an instance that fails its
 * health check may still answer better than nobody does.
 */
function targetOf(
  service: ServiceName,
  { release, version, artifact }: Variant,
  { workloads }: Facts,
  which: 'healthy' | 'running',
): Target {
  const instances = instancesOf(workloads, service, artifact);
  const healthy = instances.filter(({ state }) => state.phase === 'healthy');
  const unhealthy = instances.filter(({ state }) => state.phase === 'unhealthy');
  const chosen = healthy.length > 0 || which === 'healthy' ? healthy : unhealthy;
  return { release, version, artifact, addresses: chosen.map(({ address }) => address).toSorted() };
}

export type WeightDecision =
  | { readonly weigh: WeightSpec }
  | {
      readonly weigh: null;
      readonly because:
        | 'nothing to weigh'
        | 'lease expired'
        | 'taken back'
        | 'outdated'
        | 'not heard anew'
        | 'candidate not healthy';
    };

/** The weight to have at the gateway. A generation that ran out, was taken back or is outdated is never set again. */
export function wantedWeight(facts: Facts): WeightDecision {
  const { rollout } = facts.desired;
  if (rollout?.task.kind !== 'weigh') return { weigh: null, because: 'nothing to weigh' };
  const { id, generation } = rollout;
  const set = facts.traffic?.weight ?? null;
  const isSet = set?.rollout === id && set.generation === generation;
  if (facts.tookBack || wasTakenBack(facts.traffic, id)) return { weigh: null, because: 'taken back' };
  if (isSet && set.lease.state === 'expired') return { weigh: null, because: 'lease expired' };
  if (set?.rollout === id && set.generation > generation) return { weigh: null, because: 'outdated' };
  const { percent, leaseMs } = rollout.task;
  if (!isSet && percent > 0 && !facts.isFresh) return { weigh: null, because: 'not heard anew' };
  if (!isSet && percent > 0 && !areCandidatesHealthy(facts))
    return { weigh: null, because: 'candidate not healthy' };
  return { weigh: { rollout: id, generation, percent, leaseMs } };
}

/** Whether the gateway remembers it, at whatever generation: a word that was on its way meanwhile changes nothing. */
export const wasTakenBack = (traffic: TrafficState | null, rollout: RolloutId): boolean =>
  traffic?.latch.some((one) => one.rollout === rollout) ?? false;

/** Whether this very word, or a later one, is latched. */
export const isLatched = (traffic: TrafficState | null, rollout: DesiredRollout): boolean =>
  traffic?.latch.some((one) => one.rollout === rollout.id && one.generation >= rollout.generation) ?? false;

export function areCandidatesHealthy({ desired, workloads }: Facts): boolean {
  return candidatesOf(desired).every(({ service, variant }) =>
    instancesOf(workloads, service, variant.artifact).some(({ state }) => state.phase === 'healthy'),
  );
}

export const candidatesOf = (desired: DesiredEnvironment): readonly WantedVariant[] =>
  desired.services.flatMap(({ service, candidate }) => (candidate ? [{ service, variant: candidate }] : []));

export const instancesOf = (workloads: readonly Workload[], service: ServiceName, artifact: Digest) =>
  workloads.find((one) => one.service === service && one.artifact === artifact)?.instances ?? [];

export const routeOf = (traffic: TrafficState | null, service: ServiceName) =>
  traffic?.routes.find((route) => route.service === service) ?? null;
