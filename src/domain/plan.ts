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
 * What would change if the release became what serves: all of it, or the named services alone. What serves and is not in
 * it any more is removed. The hash covers what is desired and the base it starts from, never anything observed, so that it
 * changes when and only when an approver would be looking at another plan.
 */
export function planOf(
  environment: Pick<Environment, 'id' | 'stable'>,
  release: Pick<Release, 'id' | 'version' | 'manifest'>,
  only?: readonly ServiceName[],
): Plan {
  const variants = variantsOf(release, only);
  const gone = (Object.keys(environment.stable) as ServiceName[]).filter(
    (service) => !(service in release.manifest.services) && (only === undefined || only.includes(service)),
  );
  const changes = [...variants.keys(), ...gone].map((service) =>
    changeOf(service, environment.stable[service], variants.get(service)),
  );
  const base = digestOfJson(
    Object.fromEntries(changes.map(({ service }) => [service, environment.stable[service] ?? null])),
  );
  return { hash: digestOfJson({ environment: environment.id, base, changes }), changes, base };
}

function changeOf(service: ServiceName, from: Variant | undefined, to: Variant | undefined): PlanChange {
  const action =
    to === undefined
      ? 'remove'
      : from === undefined
        ? 'add'
        : from.artifact === to.artifact
          ? 'keep'
          : 'replace';
  return { service, action, from: artifactOf(from), to: artifactOf(to) };
}

const artifactOf = (variant: Variant | undefined): PlanChange['to'] =>
  variant === undefined ? null : { version: variant.version, artifact: variant.artifact };

/** Whether nothing has to be started: every artifact serves already. Something may have to go. */
export const startsNothing = ({ changes }: Pick<Plan, 'changes'>): boolean =>
  changes.every(({ action }) => action === 'keep' || action === 'remove');

export const removedBy = ({ changes }: Pick<Plan, 'changes'>): readonly ServiceName[] =>
  changes.filter(({ action }) => action === 'remove').map(({ service }) => service);

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
