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
  /** When it last became another, on the world's clock. */
  changedMs: number;
}

/** What a storm changes. */
export type Storm = Omit<Weather, 'cutOff' | 'changedMs'>;

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

export const fairWeather = (): Weather => ({ ...fair, cutOff: new Set(), changedMs: 0 });

/** Nothing is wrong with it but who is cut off. */
export const isFair = (weather: Weather): boolean =>
  (Object.keys(fair) as (keyof Storm)[]).every((key) => weather[key] === fair[key]);

export function change(weather: Weather, changes: Partial<Storm>, nowMs: number): void {
  Object.assign(weather, changes, { changedMs: nowMs });
}

/** As if nothing had ever been wrong. */
export function clear(weather: Weather, nowMs: number): void {
  change(weather, fair, nowMs);
  weather.cutOff.clear();
}
