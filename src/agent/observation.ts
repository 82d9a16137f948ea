import type { Isolation } from '../ports/runtime.ts';
import type {
  DesiredRollout,
  HeldService,
  Observation,
  ObservedRollout,
  ObservedService,
  Trouble,
} from '../protocol/messages.ts';
import type { ServiceName } from '../domain/ids.ts';
import { instant } from '../domain/ids.ts';
import { agentLimits } from '../protocol/agent-limits.ts';
import {
  type Facts,
  instancesOf,
  routeOf,
  wantedRoutes,
  wantedVariants,
  wantedWeight,
  type WeightDecision,
} from './decide.ts';
import type { PreflightReport } from './preflight.ts';
import type { TakenBack } from './sample-keep.ts';

export interface Seen {
  readonly facts: Facts;
  /** Whether this agent knows more than the control plane does. */
  readonly isAhead: boolean;
  /** What was desired when the world was looked at; null: it could not be looked at yet. */
  readonly revisionLookedAt: number | null;
  readonly isolation: Isolation;
  readonly preflight: PreflightReport | null;
  readonly takenBack: TakenBack | null;
  readonly troubles: readonly Trouble[];
}

/**
 * What is reported of an environment: what was found, and whether it is what was asked for. What was found before a
 * revision was heard of says nothing about that revision: an instance may have been on its way out.
 */
export function observationOf(seen: Seen): Observation {
  const { facts, isolation, revisionLookedAt } = seen;
  const { restoredFrom, restoredAt } = facts.desired;
  const services = facts.desired.services.map(({ service }) => observedService(service, facts));
  const decision = wantedWeight(facts);
  const rollout = observedRollout(seen, decision);
  return {
    environment: facts.desired.environment,
    revision: facts.desired.revision,
    converged: revisionLookedAt === facts.desired.revision && isConverged(facts),
    services,
    rollout,
    isolation,
    troubles: asTold([
      ...seen.troubles,
      ...aheadTroubles(seen),
      ...lateWordTroubles(seen, decision),
      ...instanceTroubles(facts),
    ]),
    ...(restoredFrom !== undefined && { restoredFrom }),
    ...(restoredAt !== undefined && { restoredAt }),
    ...(seen.isAhead && { holding: heldServices(facts) }),
  };
}

/** For people, who read no more of it. */
const longestMessage = 2000;

/** No more than is taken at once: a message with more in it is refused as a whole, and nothing of it is heard. */
const asTold = (troubles: readonly Trouble[]): readonly Trouble[] =>
  troubles.slice(0, agentLimits.troubles).map(({ code, service, message, wayOut }) => {
    return { code, service, message: message.slice(0, longestMessage), wayOut };
  });

const heldServices = ({ desired }: Facts): readonly HeldService[] =>
  desired.services.map(({ service, stable }) => ({ service, stable }));

function aheadTroubles({ facts, isAhead }: Seen): readonly Trouble[] {
  if (!isAhead) return [];
  return [
    {
      code: 'control-plane-behind',
      service: null,
      message: `The control plane asks for an older state than it did before; the agent goes on with revision ${facts.desired.revision}.`,
      wayOut:
        'After `rung restore` this passes by itself. Else see whether a copy of an older control plane runs, and end it.',
    },
  ];
}

function observedService(service: ServiceName, facts: Facts): ObservedService {
  const variants = wantedVariants(facts).filter((one) => one.service === service);
  const artifacts = new Map(variants.map(({ variant }) => [variant.artifact, variant]));
  return {
    service,
    port: routeOf(facts.traffic, service)?.port ?? null,
    variants: [...artifacts.values()].map(({ artifact, version }) => {
      const instances = instancesOf(facts.workloads, service, artifact);
      return {
        artifact,
        version,
        wanted: facts.shelved(artifact)?.descriptor.instances ?? 1,
        healthy: instances.filter(({ state }) => state.phase === 'healthy').length,
        exits: instances.reduce((sum, one) => sum + one.exits, 0),
        detail: instances.find(({ trouble }) => trouble)?.trouble?.message ?? null,
      };
    }),
  };
}

/** Everything that serves, or is to serve, is healthy and gets the requests it should. What still drains is no matter. */
function isConverged(facts: Facts): boolean {
  const areHealthy = facts.desired.services.every(({ service, stable }) => {
    if (stable === null) return true;
    const healthy = instancesOf(facts.workloads, service, stable.artifact).filter(
      ({ state }) => state.phase === 'healthy',
    );
    const wanted = facts.shelved(stable.artifact)?.descriptor.instances ?? 1;
    return healthy.length >= wanted;
  });
  return areHealthy && wantedRoutes(facts).every((wanted) => isRouted(wanted, facts));
}

function isRouted(wanted: ReturnType<typeof wantedRoutes>[number], { traffic, desired }: Facts): boolean {
  const there = routeOf(traffic, wanted.service);
  const stable = desired.services.find(({ service }) => service === wanted.service)?.stable ?? null;
  return (
    there !== null &&
    there.stable?.artifact === stable?.artifact &&
    there.candidate?.artifact === wanted.candidate?.artifact &&
    (there.stable?.addresses ?? []).join() === (wanted.stable?.addresses ?? []).join()
  );
}

function observedRollout(
  { facts, preflight, takenBack }: Seen,
  decision: WeightDecision,
): ObservedRollout | null {
  const { rollout } = facts.desired;
  if (rollout === null) return null;
  const { id, generation } = rollout;
  const set = facts.traffic?.weight?.rollout === id ? facts.traffic.weight : null;
  return {
    id,
    generation,
    ...overtaken(facts, rollout, decision),
    effectivePercent: set?.effectivePercent ?? 0,
    // What another generation's lease did says nothing about this one.
    lease: set?.generation === generation ? set.lease.state : 'none',
    preflight: rollout.task.kind === 'preflight' ? preflight : null,
    takenBack: takenBack && {
      rule: takenBack.rule,
      detail: takenBack.detail,
      at: instant(takenBack.at),
    },
    backDone: rollout.task.kind === 'take back' && isBack(facts),
  };
}

/** By the highest number under which the gateway weighed it, or took it back. */
function overtaken(
  { traffic }: Facts,
  { id, generation }: DesiredRollout,
  decision: WeightDecision,
): Pick<ObservedRollout, 'overtakenBy'> {
  if (decision.weigh !== null || !(decision.because === 'outdated' || decision.because === 'taken back'))
    return {};
  const { weight, latch } = traffic ?? { weight: null, latch: [] };
  const said = [...latch, ...(weight === null ? [] : [weight])].filter((one) => one.rollout === id);
  return { overtakenBy: Math.max(generation, ...said.map((one) => one.generation)) };
}

/** All requests go to stable, and nothing of the candidate runs any more. */
function isBack({ desired, traffic, workloads }: Facts): boolean {
  return desired.services.every(({ service, stable, candidate }) => {
    if (candidate === null || candidate.artifact === stable?.artifact) return true;
    const isRouted = routeOf(traffic, service)?.candidate != null;
    return (
      !isRouted && !workloads.some((one) => one.service === service && one.artifact === candidate.artifact)
    );
  });
}

/** What was taken back because it was asked for has no rule to name; without a word nobody would know why it waits. */
function lateWordTroubles({ takenBack }: Seen, decision: WeightDecision): readonly Trouble[] {
  if (takenBack !== null || decision.weigh !== null || decision.because !== 'taken back') return [];
  return [
    {
      code: 'taken-back-before',
      service: null,
      message:
        'This rollout was taken back here; a word about its weight that came afterwards is not followed.',
      wayOut: 'Take it back (rung abort), then promote the release anew.',
    },
  ];
}

function instanceTroubles({ workloads }: Facts): readonly Trouble[] {
  const found = new Map<string, Trouble>();
  for (const { service, instances } of workloads)
    for (const { trouble } of instances)
      if (trouble) found.set(`${service} ${trouble.code}`, { ...trouble, service });
  return [...found.values()].slice(0, 50);
}
