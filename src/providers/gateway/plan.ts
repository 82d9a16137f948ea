import type { Observed } from '../../ports/provider.ts';
import type { RouteSpec, Target, TrafficChange, TrafficState, WeightSpec } from '../../ports/traffic.ts';

/** Routes before the weight: a weight is about the candidates that stand in the routes when it is set. */
export function planTraffic(
  desired: { readonly routes: readonly RouteSpec[]; readonly weight: WeightSpec | null },
  observed: Observed<TrafficState>,
): readonly TrafficChange[] {
  const state = observed.state === 'present' ? observed.value : nothing;
  return [...routeChanges(desired, state, observed.state), ...weightChanges(desired.weight, state)];
}

const nothing: TrafficState = { routes: [], weight: null, latch: [] };

function routeChanges(
  desired: { readonly routes: readonly RouteSpec[]; readonly weight: WeightSpec | null },
  state: TrafficState,
  presence: Observed<TrafficState>['state'],
): readonly TrafficChange[] {
  const { routes } = desired;
  const bare = routes.map((route) => ({ ...route, candidate: null }));
  const changes: TrafficChange[] = [];
  if (exposesUnweighed(desired, state)) changes.push({ action: 'route', routes: bare });
  if (changes.length > 0 || presence !== 'present' || !sameRoutes(routes, state.routes)) {
    changes.push({ action: 'route', routes });
  }
  return changes;
}

/** A candidate nobody wants weighed, under a weight somebody wanted before. Taking it out lifts that weight. */
function exposesUnweighed(
  desired: { readonly routes: readonly RouteSpec[]; readonly weight: WeightSpec | null },
  state: TrafficState,
): boolean {
  const hasCandidate = desired.routes.some((route) => route.candidate !== null);
  const { weight } = desired;
  const isOurs = weight !== null && state.weight?.rollout === weight.rollout;
  return hasCandidate && !isOurs && (state.weight?.effectivePercent ?? 0) > 0;
}

/** What was taken back is not asked for again: it would only be refused. */
function weightChanges(weight: WeightSpec | null, state: TrafficState): readonly TrafficChange[] {
  if (weight === null) return [];
  const { rollout, generation } = weight;
  const isSet = state.weight?.rollout === rollout && state.weight.generation === generation;
  const isLatched = state.latch.some((entry) => entry.rollout === rollout && entry.generation >= generation);
  return isSet || isLatched ? [] : [{ action: 'weigh', weight }];
}

function sameRoutes(desired: readonly RouteSpec[], actual: TrafficState['routes']): boolean {
  if (desired.length !== actual.length) return false;
  const found = new Map(actual.map((route) => [route.service, route]));
  return desired.every((route) => {
    const one = found.get(route.service);
    if (one === undefined || one.port === 0 || (route.port !== 0 && route.port !== one.port)) return false;
    return isSameWord(route, one);
  });
}

/** Of routes to one service, without their ports. The order of instances says nothing. */
const isSameWord = (left: RouteSpec, right: RouteSpec): boolean =>
  left.drainMs === right.drainMs &&
  left.probe?.path === right.probe?.path &&
  left.probe?.perSecond === right.probe?.perSecond &&
  isSameTarget(left.stable, right.stable) &&
  isSameTarget(left.candidate, right.candidate);

function isSameTarget(left: Target | null, right: Target | null): boolean {
  if (left === null || right === null) return left === right;
  return (
    left.release === right.release &&
    left.version === right.version &&
    left.artifact === right.artifact &&
    isSameAddresses(left.addresses, right.addresses)
  );
}

const isSameAddresses = (left: readonly string[], right: readonly string[]): boolean =>
  left.length === right.length && left.every((address) => right.includes(address));
