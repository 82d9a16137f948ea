import type { Environment } from '../../../../src/domain/environment.ts';
import type { EnvironmentId } from '../../../../src/domain/ids.ts';
import { isLive, type Rollout } from '../../../../src/domain/rollout/types.ts';
import type { Place } from '../place/place.ts';
import type { Commit, Put } from '../plane/ledger.ts';
import type { World } from '../world.ts';
import { type Asked, unlikeAsked } from './as-asked.ts';
import { Calm } from './calm.ts';
import type { Watch } from './invariant.ts';
import { first } from './rollouts-written.ts';

/** Enough for a call that was held open, and for what follows from its answer. */
const heardWithinMs = 60_000;
/** Enough to start and to stop what is asked for, with the time that is given for draining. */
const doneWithinMs = 20_000;

/** What one place is asked for, and for how long it could have done so. */
class Order {
  readonly place: Place;
  readonly #calm = new Calm();
  #asked: Asked;
  /** On the place's clock. */
  #sinceMs = 0;

  constructor(place: Place, asked: Asked) {
    this.place = place;
    this.#asked = asked;
    this.stir();
  }

  /** Something else is asked for; or what serves has changed by itself, and whoever asks does not know it yet. */
  stir(): void {
    this.#sinceMs = this.place.host.monotonicMs();
  }

  become(asked: Asked): void {
    this.#asked = asked;
    this.stir();
  }

  /** Looks before something else is asked for: many a word is the last one for less time than lies between two steps. */
  take(puts: readonly Put[], world: World): string | null {
    const next = askedAfter(this.#asked, puts);
    if (wordOf(next) === wordOf(this.#asked)) return null;
    const problem = this.look(world);
    this.become(next);
    return problem;
  }

  look(world: World): string | null {
    const { place } = this;
    const isHeard = this.#calm.lasts(heardWithinMs, world, place);
    if (!isHeard || place.host.monotonicMs() - this.#sinceMs <= doneWithinMs) return null;
    const problem = unlikeAsked(place, this.#asked);
    return problem === null ? null : `${place.name}: ${problem}`;
  }
}

function askedAfter(before: Asked, puts: readonly Put[]): Asked {
  let { environment, rollout } = before;
  for (const { kind, id, after } of puts) {
    if (after === undefined) continue;
    if (kind === 'environment' && id === environment.id) environment = after as Environment;
    const one = kind === 'rollout' ? (after as Rollout) : null;
    if (one?.environment !== environment.id) continue;
    if (isLive(one.state)) rollout = one;
    else if (rollout?.id === one.id) rollout = null;
  }
  return { environment, rollout };
}

const wordOf = ({ environment: { revision, restoredFrom }, rollout }: Asked): string =>
  `${revision} ${restoredFrom} ${rollout?.id} ${rollout?.generation} ${rollout?.state.phase}`;

const askedNow = ({ ledger }: World, environment: Environment): Asked => {
  const isOf = (one: Rollout): boolean => one.environment === environment.id && isLive(one.state);
  return { environment, rollout: ledger.all('rollout').find(isOf) ?? null };
};

/** What is asked for in each environment, and whether it is done. */
export class Orders implements Watch {
  readonly #orders = new Map<EnvironmentId, Order>();

  readonly commit = ({ puts }: Commit, world: World): string | null => {
    const told = new Set(puts.flatMap((put) => this.#orderOf(put, world) ?? []));
    return first([...told], (order) => order.take(puts, world));
  };

  readonly gateway = (place: Place): null => {
    for (const order of this.#orders.values()) if (order.place === place) order.stir();
    return null;
  };

  readonly restored = (world: World): void => {
    for (const environment of world.ledger.all('environment'))
      this.#orders.get(environment.id)?.become(askedNow(world, environment));
  };

  readonly step = (world: World): string | null =>
    first([...this.#orders.values()], (order) => order.look(world));

  readonly end = async (world: World): Promise<string | null> => this.step(world);

  #orderOf({ kind, after }: Put, world: World): Order | undefined {
    if (after === undefined) return undefined;
    if (kind === 'rollout') return this.#orders.get((after as Rollout).environment);
    return kind === 'environment' ? this.#orderFor(after as Environment, world) : undefined;
  }

  #orderFor(environment: Environment, world: World): Order | undefined {
    const known = this.#orders.get(environment.id);
    if (known !== undefined) return known;
    const place = world.places.find(({ name }) => name === (environment.name as string));
    const order = place && new Order(place, askedNow(world, environment));
    if (order !== undefined) this.#orders.set(environment.id, order);
    return order;
  }
}
