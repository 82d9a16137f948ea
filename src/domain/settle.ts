import type { Environment, KeptDeployment } from './environment.ts';
import type { Instant, ServiceName } from './ids.ts';
import { variantsOf } from './plan.ts';
import type { Promotion } from './promotion.ts';
import type { Release } from './release.ts';
import type { Variant } from './rollout/types.ts';

const keptDeployments = 100;

/**
 * The environment once a promotion is through: its services serve the promotion's release, those whose artifact stayed
 * the same included; those that the release no longer brings are gone; what ran before ends at this moment, and an
 * operator's word about it is void.
 */
export function settled(
  environment: Environment,
  promotion: Pick<Promotion, 'id' | 'services'>,
  release: Release,
  smoke: KeptDeployment['smoke'],
  now: Instant,
): Environment {
  const brought = variantsOf(release, promotion.services);
  const gone = promotion.services.filter((service) => !brought.has(service));
  const stable = withStable(environment.stable, [
    ...brought,
    ...gone.map((service) => [service, null] as const),
  ]);
  const services = Object.keys(release.manifest.services) as ServiceName[];
  const deployment: KeptDeployment = {
    promotion: promotion.id,
    release: release.id,
    version: release.version,
    services: [...brought.keys()],
    since: now,
    until: null,
    smoke,
    isPartial: services.some((service) => stable[service]?.release !== release.id),
  };
  const ended = environment.deployments.map((one) => (one.until === null ? { ...one, until: now } : one));
  const deployments = [...ended, deployment].slice(-keptDeployments);
  return { ...environment, stable, deployments, validation: null };
}

/** null takes a service out. In the order of the names, so that equal states have equal words. */
export function withStable(
  stable: Environment['stable'],
  changes: Iterable<readonly [ServiceName, Variant | null]>,
): Environment['stable'] {
  const all = new Map<string, Variant | null>([...Object.entries(stable), ...changes]);
  const there = [...all].filter((entry): entry is [string, Variant] => entry[1] !== null);
  return Object.fromEntries(there.toSorted(([left], [right]) => (left < right ? -1 : 1)));
}
