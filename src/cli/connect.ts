import type { Clock } from '../engine/clock.ts';
import type { Cli } from './cli.ts';
import { type ConnectionFlags, findPlace, type Place } from './find/place.ts';
import type { RungClient } from './rung-client.ts';
import { withSuggestions } from './suggestions.ts';

/** Binds a place to calls. Throws `Failure`. */
export type Connect = (place: Place, clock: Clock) => Promise<RungClient>;

/** The control plane that the flags, the environment and the data folder point to. */
export async function connected(cli: Cli, flags: ConnectionFlags): Promise<RungClient> {
  const place = await findPlace(flags, cli);
  return withSuggestions(await cli.connect(place, cli.clock));
}
