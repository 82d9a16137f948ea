import { isLive, type Rollout, wantedPercent } from '../../../../src/domain/rollout/types.ts';
import type { Place } from '../place/place.ts';
import { isFair } from '../plane/weather.ts';
import type { World } from '../world.ts';
import type { Invariant, Watch } from './invariant.ts';
import { written } from './rollouts-written.ts';

/** When a rollout was last told something else, on the world's clock. */
class Words {
  readonly #said = new Map<string, { readonly word: string; readonly sinceMs: number }>();

  note(rollout: Rollout, nowMs: number): void {
    const word = `${rollout.state.phase} ${rollout.generation}`;
    if (this.#said.get(rollout.id)?.word !== word) this.#said.set(rollout.id, { word, sinceMs: nowMs });
  }

  sinceMs({ id }: Rollout): number {
    return this.#said.get(id)?.sinceMs ?? 0;
  }
}

/** Nothing is wrong with any control plane, nor with the way to it. */
const isWell = ({ replicas, weather }: World): boolean =>
  isFair(weather) && replicas.every(({ running, scope }) => running !== null && scope?.state === 'running');

const isAway = ({ weather }: World, { name, agent }: Place): boolean =>
  weather.cutOff.has(name) || agent.scope?.state !== 'running';

/** Its agent is there, and is let in. */
const isHeard = (world: World, place: Place): boolean => !isAway(world, place) && !place.isLockedOut;

/** Since when all of it is as it is. */
const unchangedSinceMs = ({ replicas, weather }: World, { agent }: Place): number =>
  Math.max(weather.changedMs, agent.changedMs, ...replicas.map(({ changedMs }) => changedMs));

/** Requests go to a new version only as long as somebody judges it. */
export const isLeased = ({ state, policy }: Rollout): boolean =>
  policy !== null &&
  (state.phase === 'canary' ||
    state.phase === 'promoting' ||
    (state.phase === 'held' && state.percent > 0 && state.from.phase !== 'watching'));

/** Of three replicas each sees a part of the time that passes, and counts what it has seen. */
const leasesUntilHeld = 3;

function unjudged(world: World, words: Words): string | null {
  if (!isWell(world)) return null;
  const nowMs = world.clock.monotonicMs();
  for (const place of world.places) {
    const rollout = world.ledger
      .all('rollout')
      .find((one) => one.environment === place.id && isLive(one.state));
    if (rollout === undefined || !isLeased(rollout) || !isAway(world, place)) continue;
    const sinceMs = Math.max(words.sinceMs(rollout), unchangedSinceMs(world, place));
    if (nowMs - sinceMs > leasesUntilHeld * (rollout.policy?.leaseMs ?? 0))
      return `${place.name} is ${rollout.state.phase}, and nobody judges it for ${nowMs - sinceMs} ms`;
  }
  return null;
}

/** Enough for a call that was held open, and what follows from its answer. */
const heardWithinMs = 60_000;

const exposing: ReadonlySet<string> = new Set(['canary', 'promoting', 'watching', 'held']);

/** Time in which a place could have done what it was told: its machine was awake, and nothing was changed. */
class Undisturbed {
  #latestMs = 0;
  #hostMs = 0;

  forMs(world: World, place: Place, wordMs: number): number {
    const latestMs = Math.max(wordMs, unchangedSinceMs(world, place));
    const hostMs = place.host.monotonicMs();
    if (latestMs > this.#latestMs) {
      this.#latestMs = latestMs;
      this.#hostMs = hostMs;
    }
    return hostMs - this.#hostMs;
  }
}

function exposedOtherwise(world: World, place: Place, words: Words, undisturbed: Undisturbed): string | null {
  const { name, gateway } = place;
  const spec = gateway.book.weight?.spec;
  const rollout = spec && world.ledger.get('rollout', spec.rollout);
  const wordMs = rollout === undefined ? 0 : words.sinceMs(rollout);
  const isTime = undisturbed.forMs(world, place, wordMs) > heardWithinMs;
  if (!isTime || !isWell(world) || !isHeard(world, place) || rollout === undefined) return null;
  const percent = gateway.effectivePercent;
  if (percent === 0) return null;
  const { phase } = rollout.state;
  // The weight stays when what it was about has become stable: then it is about nothing.
  if (phase === 'succeeded' && gateway.routes.every(({ candidate }) => candidate === null)) return null;
  if (!exposing.has(phase)) return `${name} sends ${percent} % to what is ${phase}`;
  const wanted = wantedPercent(rollout);
  return percent === wanted ? null : `${name} sends ${percent} %, and ${wanted} % are asked for`;
}

export const ofQuiet: readonly Invariant[] = [
  {
    id: 'unjudged-is-held',
    sentence:
      'A rollout that nobody judges any more is held: the control plane knows of it within three of its leases.',
    begin: () => {
      const words = new Words();
      return {
        commit: (commit, { clock }) => {
          for (const { after } of written(commit)) words.note(after, clock.monotonicMs());
          return null;
        },
        step: (world) => unjudged(world, words),
      };
    },
  },
  {
    id: 'exposed-as-asked',
    sentence:
      'An agent that is there and hears does what it is told: a minute later its gateway sends as much as is asked for.',
    begin: (): Watch => {
      const words = new Words();
      const undisturbed = new Map<string, Undisturbed>();
      const of = ({ name }: Place): Undisturbed => {
        const found = undisturbed.get(name) ?? new Undisturbed();
        undisturbed.set(name, found);
        return found;
      };
      return {
        commit: (commit, { clock }) => {
          for (const { after } of written(commit)) words.note(after, clock.monotonicMs());
          return null;
        },
        step: (world) => {
          for (const place of world.places) {
            const problem = exposedOtherwise(world, place, words, of(place));
            if (problem !== null) return problem;
          }
          return null;
        },
      };
    },
  },
];
