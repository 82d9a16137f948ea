import type { Place } from '../place/place.ts';
import { isFair } from '../plane/weather.ts';
import type { World } from '../world.ts';

/** Nothing is wrong with any control plane, nor with the way to it. */
export const isWell = ({ replicas, weather }: World): boolean =>
  isFair(weather) && replicas.every(({ running, scope }) => running !== null && scope?.state === 'running');

export const isAway = ({ weather }: World, { name, agent }: Place): boolean =>
  weather.cutOff.has(name) || agent.scope?.state !== 'running';

/** Its agent is there, and is let in. */
const isHeard = (world: World, place: Place): boolean => !isAway(world, place) && !place.isLockedOut;

/** Since when programs and weather are as they are, on the world's clock. */
export const unchangedSinceMs = ({ replicas, weather }: World, { agent }: Place): number =>
  Math.max(weather.changedMs, agent.changedMs, ...replicas.map(({ changedMs }) => changedMs));

/** Time in which nothing is in the way of a place and its control plane; it counts on the clock of the place, which may doze. */
export class Calm {
  #unchangedMs = 0;
  #sinceMs = 0;

  /** Whether it has lasted for longer than that. To be asked often: it counts from when it is seen to have begun. */
  lasts(ms: number, world: World, place: Place): boolean {
    const unchangedMs = unchangedSinceMs(world, place);
    const nowMs = place.host.monotonicMs();
    if (unchangedMs > this.#unchangedMs) {
      this.#unchangedMs = unchangedMs;
      this.#sinceMs = nowMs;
    }
    return nowMs - this.#sinceMs > ms && isWell(world) && isHeard(world, place);
  }
}
