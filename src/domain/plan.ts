import { digestOfJson } from './canonical.ts';
import type { Environment } from './environment.ts';
import type { Digest, ServiceName } from './ids.ts';
import type { Plan, PlanChange } from './promotion.ts';
import type { Release } from './release.ts';
import type { RolloutService, Variant } from './rollout/types.ts';

/** The services of a release as they can be run; only the named ones, where some are named. */
export function variantsOf(
  release: Pick<Release, 'id' | 'version' | 'manifest'>,
  only?: readonly ServiceName[],
): ReadonlyMap<ServiceName, Variant> {
  const named = Object.entries(release.manifest.services) as [ServiceName, { artifact: Digest }][];
  return new Map(
    named
      .filter(([service]) => only === undefined || only.includes(service))
      .map(([service, { artifact }]) => [
        service,
        { release: release.id, version: release.version, artifact },
      ]),
  );
}

/**
 * What would change if these variants became what serves. The hash covers what is desired and the base it starts
 * from, never anything observed, so that it changes when and only when an approver would be looking at another plan.
 */
export function planOf(
  environment: Pick<Environment, 'id' | 'stable'>,
  variants: ReadonlyMap<ServiceName, Variant>,
): Plan {
  const changes = [...variants].map(([service, to]): PlanChange => {
    const from = environment.stable[service];
    return {
      service,
      action: from === undefined ? 'add' : from.artifact === to.artifact ? 'keep' : 'replace',
      from: from === undefined ? null : { version: from.version, artifact: from.artifact },
      to: { version: to.version, artifact: to.artifact },
    };
  });
  const base = digestOfJson(
    Object.fromEntries([...variants.keys()].map((name) => [name, environment.stable[name] ?? null])),
  );
  return { hash: digestOfJson({ environment: environment.id, base, changes }), changes, base };
}

/** Whether these very variants serve already: the same artifacts, and of the same release. */
export const isThere = (
  environment: Pick<Environment, 'stable'>,
  variants: ReadonlyMap<ServiceName, Variant>,
): boolean =>
  [...variants].every(([service, { release, artifact }]) => {
    const serves = environment.stable[service];
    return serves?.release === release && serves.artifact === artifact;
  });

/** The services that really differ: what a rollout has to move. */
export function movesOf(
  environment: Pick<Environment, 'stable'>,
  variants: ReadonlyMap<ServiceName, Variant>,
): readonly RolloutService[] {
  return [...variants].flatMap(([service, to]) => {
    const from = environment.stable[service] ?? null;
    return from?.artifact === to.artifact ? [] : [{ service, from, to }];
  });
}
