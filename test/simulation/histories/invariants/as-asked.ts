import type { Environment } from '../../../../src/domain/environment.ts';
import type { Digest, ServiceName } from '../../../../src/domain/ids.ts';
import { type Rollout, wantedPercent } from '../../../../src/domain/rollout/types.ts';
import type { RouteSpec } from '../../../../src/domain/traffic.ts';
import type { Place } from '../place/place.ts';

/** What is committed of an environment: the control plane asks its agent for this, and for nothing else. */
export interface Asked {
  readonly environment: Environment;
  /** The one that is live. */
  readonly rollout: Rollout | null;
}

/** What is on its way to become stable; empty where nothing is, or where it is already. */
function candidatesOf({ rollout }: Asked): ReadonlyMap<ServiceName, Digest> {
  if (rollout === null) return new Map();
  const { state, policy, services } = rollout;
  const isSwitched = policy === null && state.phase === 'promoting';
  const isToGo = state.phase === 'rolling back' || isSwitched;
  return new Map(isToGo ? [] : services.map(({ service, to }) => [service, to.artifact]));
}

/** What is wrong with how a place looks to which nothing has happened for a while; null where it is as asked. */
export function unlikeAsked(place: Place, asked: Asked): string | null {
  return routedOtherwise(place, asked) ?? exposedOtherwise(place, asked) ?? runsOtherwise(place, asked);
}

const versionOf = (target: RouteSpec['stable'] | undefined): string => target?.version ?? 'nothing';

function routedOtherwise(place: Place, asked: Asked): string | null {
  const { gateway } = place;
  const { stable } = asked.environment;
  const candidates =
    asked.rollout?.state.phase === 'preflight' ? new Map<string, Digest>() : candidatesOf(asked);
  const routes = new Map(gateway.routes.map((route) => [route.service, route]));
  const services = new Set([...Object.keys(stable), ...candidates.keys(), ...routes.keys()] as ServiceName[]);
  for (const service of services) {
    const route = routes.get(service);
    if (route?.stable?.artifact !== stable[service]?.artifact && !isHeldOver(place, asked, service))
      return `${service} is ${versionOf(route?.stable)}, and ${stable[service]?.version ?? 'nothing'} is asked for`;
    if (route?.candidate?.artifact !== candidates.get(service))
      return `${service} has ${versionOf(route?.candidate)} beside it, and ${candidates.has(service) ? 'another' : 'nothing'} is asked for`;
  }
  return null;
}

/** What served before goes on, as long as nothing answers of what is to serve. */
function isHeldOver({ room }: Place, { environment }: Asked, service: ServiceName): boolean {
  const stable = environment.stable[service];
  return stable !== undefined && !room.isHealthy(service, stable.artifact);
}

/** A weight counts where there is something beside stable that it could go to. */
const isExposing = ({ stable, candidate }: RouteSpec): boolean =>
  candidate !== null && candidate.artifact !== stable?.artifact;

function exposedOtherwise({ gateway, room }: Place, asked: Asked): string | null {
  const { rollout } = asked;
  if (rollout === null || !gateway.routes.some(isExposing)) return null;
  const wanted = wantedPercent(rollout);
  const percent = gateway.effectivePercent;
  // What is not healthy is given nothing.
  const areHealthy = [...candidatesOf(asked)].every(([service, artifact]) =>
    room.isHealthy(service, artifact),
  );
  if (percent === wanted || (percent === 0 && !areHealthy)) return null;
  return `it sends ${percent} % to what is ${rollout.state.phase}, and ${wanted} % are asked for`;
}

const keyOf = (service: string, artifact: Digest): string => `${service} ${artifact}`;

function runsOtherwise(place: Place, asked: Asked): string | null {
  const { room, gateway } = place;
  const stable = Object.entries(asked.environment.stable).map(([service, one]) =>
    keyOf(service, one.artifact),
  );
  const candidates = [...candidatesOf(asked)].map(([service, artifact]) => keyOf(service, artifact));
  const wanted = new Set([...stable, ...candidates]);
  const there = new Set(room.workloads().map(({ service, artifact }) => keyOf(service, artifact)));
  for (const key of wanted) if (!there.has(key)) return `${key} does not run`;
  for (const { service, stable: target } of gateway.routes)
    if (target !== null && isHeldOver(place, asked, service)) wanted.add(keyOf(service, target.artifact));
  for (const key of there) if (!wanted.has(key)) return `${key} still runs`;
  return null;
}
