import type { Place } from '../place/place.ts';
import type { World } from '../world.ts';

/** How the world outside of the programs is, until it is made otherwise. */
export interface Weather {
  /** The database answers nobody. */
  isDatabaseAway: boolean;
  /** Of transactions: run again, as if another had been faster. */
  collisions: number;
  /** Of transactions: committed, but whoever asked for it never hears so. */
  lostCommits: number;
  /** Of transactions: they take so long that others come in between. */
  slowCommits: number;
  /** Of calls from agents: the question is lost; or else the answer. */
  loss: number;
  /** Of what agents report: it arrives twice, the second time late. */
  doubles: number;
  /** What a message takes at most. */
  slowestMs: number;
  /** What it takes at most until a file is written, where the disk stalls. Who writes it goes on meanwhile, where it does not wait for it. */
  slowestWriteMs: number;
  /** Environments whose agents reach nobody. */
  readonly cutOff: Set<string>;
  /** Replicas that are told of no commit, though they reach the database. */
  readonly deaf: Set<string>;
  /** Called whenever it has become another. */
  readonly watchers: Set<() => void>;
  /** When it last became another, on the world's clock. */
  changedMs: number;
}

/** What a storm changes. */
export type Storm = Omit<Weather, 'cutOff' | 'deaf' | 'watchers' | 'changedMs'>;

export const fair: Storm = {
  isDatabaseAway: false,
  collisions: 0,
  lostCommits: 0,
  slowCommits: 0,
  loss: 0,
  doubles: 0,
  slowestMs: 5,
  slowestWriteMs: 0,
};

export const fairWeather = (): Weather => ({
  ...fair,
  cutOff: new Set(),
  deaf: new Set(),
  watchers: new Set(),
  changedMs: 0,
});

/** Nothing is wrong with it but who is cut off. */
export const isFair = (weather: Weather): boolean =>
  weather.deaf.size === 0 &&
  (Object.keys(fair) as (keyof Storm)[]).every((key) => weather[key] === fair[key]);

export function change(weather: Weather, changes: Partial<Storm>, nowMs: number): void {
  Object.assign(weather, changes, { changedMs: nowMs });
  for (const call of weather.watchers) call();
}

export const secondsText = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

/** Who bears this name is among them for a while, and then no more. */
function putAmong(
  { weather, clock, trace }: World,
  them: 'cutOff' | 'deaf',
  name: string,
  forMs: number,
  told: string,
): void {
  trace.add('weather', `${name} ${told} for ${secondsText(forMs)}`);
  weather[them].add(name);
  change(weather, {}, clock.monotonicMs());
  clock.after(forMs, () => {
    weather[them].delete(name);
    change(weather, {}, clock.monotonicMs());
  });
}

/** Its agent reaches nobody for a while, and nobody reaches it. */
export const cutOff = (world: World, { name }: Pick<Place, 'name'>, forMs: number): void =>
  putAmong(world, 'cutOff', name, forMs, 'is cut off');

/** Its connection for news of commits is gone for a while, and all else is as it was. */
export const deafen = (world: World, replica: string, forMs: number): void =>
  putAmong(world, 'deaf', replica, forMs, 'hears of no commit');

/** As if nothing had ever been wrong. */
export function clear(weather: Weather, nowMs: number): void {
  weather.cutOff.clear();
  weather.deaf.clear();
  change(weather, fair, nowMs);
}
