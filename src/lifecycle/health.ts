import type { Environment } from '../domain/environment.ts';
import type { ServiceName } from '../domain/ids.ts';
import type { Variant } from '../domain/rollout/types.ts';
import type { Observation } from '../protocol/messages.ts';

export type Health = 'healthy' | 'degraded' | 'down';

export interface ServiceHealth {
  readonly service: ServiceName;
  readonly version: string;
  readonly wanted: number;
  readonly healthy: number;
}

/** Instances of what serves, as they were seen; null where that version was not seen at all. */
export function instancesOf(
  seen: Observation | null,
  service: ServiceName,
  stable: Variant | null,
): { readonly wanted: number; readonly healthy: number } | null {
  const observed = seen?.services.find((one) => one.service === service);
  const variant = observed?.variants.find((one) => one.artifact === stable?.artifact);
  return variant === undefined ? null : { wanted: variant.wanted, healthy: variant.healthy };
}

/** How each service that serves here was seen. */
export const servicesSeen = (
  { stable }: Pick<Environment, 'stable'>,
  seen: Observation,
): readonly ServiceHealth[] =>
  (Object.entries(stable) as [ServiceName, Variant][]).map(([service, variant]) => {
    const { wanted, healthy } = instancesOf(seen, service, variant) ?? { wanted: 1, healthy: 0 };
    return { service, version: variant.version, wanted, healthy };
  });

/** null: nothing serves here. */
export function healthOf(services: readonly ServiceHealth[]): Health | null {
  if (services.length === 0) return null;
  if (services.every((one) => one.healthy > 0 && one.healthy >= one.wanted)) return 'healthy';
  return services.every((one) => one.healthy === 0) ? 'down' : 'degraded';
}
