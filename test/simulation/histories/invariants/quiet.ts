import { isLive, type Rollout } from '../../../../src/domain/rollout/types.ts';
import type { World } from '../world.ts';
import { isAway, isWell, unchangedSinceMs } from './calm.ts';
import type { Invariant } from './invariant.ts';
import { Orders } from './orders.ts';
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
    id: 'done-as-asked',
    sentence:
      'An agent that is there and hears does what it is told: once nothing was in its way for a minute, routes, weight and workloads of its environment are within 20 seconds what the control plane asks for.',
    begin: () => new Orders(),
  },
];
