import {
  currentDeployment,
  type Deployment,
  type Environment,
  type KeptDeployment,
} from '../../domain/environment.ts';
import type { Instant, ServiceName } from '../../domain/ids.ts';
import type { Rollout, Variant } from '../../domain/rollout/types.ts';
import type { AgentRecord, ObservationRecord } from '../../engine/records.ts';
import type { Observation, ObservedService } from '../../protocol/messages.ts';
import type { EnvironmentView, ServiceView } from '../views.ts';

export interface EnvironmentFacts {
  readonly environment: Environment;
  readonly observation: ObservationRecord | null;
  readonly agent: AgentRecord | null;
  readonly live: Rollout | null;
  /** Services of the project file, so that an empty environment shows what is to come. */
  readonly services: readonly ServiceName[];
}

/** An agent that says nothing for so long is called silent. Agents report every 10 s at the least. */
export const silentAfterMs = 25_000;

export function environmentView(facts: EnvironmentFacts, now: Instant): EnvironmentView {
  const { environment, agent } = facts;
  const { spec } = environment;
  const seen = facts.observation?.observation ?? null;
  const heard = facts.observation?.at ?? agent?.lastHeardAt ?? null;
  return {
    id: environment.id,
    name: environment.name,
    tier: spec.tier,
    purpose: spec.purpose,
    owner: spec.owner ?? null,
    lifecycle: spec.lifecycle,
    deploy: spec.deploy,
    source: spec.source ?? null,
    mirrors: spec.mirrors ?? null,
    release: releaseSummary(environment),
    services: servicesOf(facts, seen),
    health: healthOf(environment, seen),
    agent: { lastHeardAt: heard, silent: heard === null || now - heard > silentAfterMs },
    isolation: seen?.isolation ?? null,
    troubles: seen?.troubles ?? [],
    validation: environment.validation,
    rollout: facts.live?.id ?? null,
    deployments: environment.deployments.map(deploymentView),
    rules: { file: environment.rules.file, branch: environment.rules.branch },
  };
}

const deploymentView = ({
  promotion,
  release,
  version,
  services,
  since,
  until,
  smoke,
}: KeptDeployment): Deployment => ({ promotion, release, version, services, since, until, smoke });

function releaseSummary(environment: Environment): EnvironmentView['release'] {
  const current = currentDeployment(environment);
  return current === null ? null : { id: current.release, version: current.version, since: current.since };
}

function servicesOf(
  { environment, live, services }: EnvironmentFacts,
  seen: Observation | null,
): readonly ServiceView[] {
  const names = new Set<ServiceName>([...services, ...(Object.keys(environment.stable) as ServiceName[])]);
  return [...names].map((service) => {
    const stable = environment.stable[service] ?? null;
    const move =
      live !== null && live.policy !== null
        ? live.services.find((one) => one.service === service)
        : undefined;
    const observed = seen?.services.find((one) => one.service === service);
    return {
      service,
      stable,
      candidate: move?.to ?? null,
      instances: instancesOf(observed, stable),
      url: observed?.port == null ? null : `http://127.0.0.1:${observed.port}`,
    };
  });
}

function instancesOf(
  observed: ObservedService | undefined,
  stable: Variant | null,
): ServiceView['instances'] {
  const variant = observed?.variants.find((one) => one.artifact === stable?.artifact);
  return variant === undefined ? null : { wanted: variant.wanted, healthy: variant.healthy };
}

function healthOf(environment: Environment, seen: Observation | null): EnvironmentView['health'] {
  const stable = Object.entries(environment.stable) as [ServiceName, Variant][];
  if (stable.length === 0) return 'empty';
  if (seen === null) return 'unknown';
  const states = stable.map(([service, variant]) => {
    const instances = instancesOf(
      seen.services.find((one) => one.service === service),
      variant,
    );
    return instances === null || instances.healthy === 0
      ? 'down'
      : instances.healthy < instances.wanted
        ? 'degraded'
        : 'healthy';
  });
  if (states.every((state) => state === 'healthy')) return 'healthy';
  return states.every((state) => state === 'down') ? 'down' : 'degraded';
}
