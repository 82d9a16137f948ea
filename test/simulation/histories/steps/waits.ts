import { isLive } from '../../../../src/domain/rollout/types.ts';
import { spanMs } from '../machine/chance.ts';
import type { Place } from '../place/place.ts';
import type { World } from '../world.ts';
import type { KindOfStep } from './step.ts';

/** So often it is looked at who may doze. */
const lookEveryMs = 5_000;

/** Lets time pass. A machine on which nothing is going on dozes meanwhile, until something reaches it. */
export async function pass(world: World, ms: number, isOver: () => boolean = never): Promise<void> {
  const { clock, places } = world;
  const untilMs = clock.monotonicMs() + ms;
  for (let leftMs = ms; leftMs > 0 && !isOver(); leftMs = untilMs - clock.monotonicMs()) {
    for (const place of places) if (isQuiet(world, place)) place.host.doze();
    const lookMs = clock.monotonicMs() + Math.min(leftMs, lookEveryMs);
    if (!(await clock.runUntil(isOver, Math.min(leftMs, lookEveryMs))))
      await clock.advance(lookMs - clock.monotonicMs());
  }
  for (const { host } of places) host.wake();
}

const never = (): boolean => false;

function isQuiet({ ledger, weather }: World, { id, name, agent }: Place): boolean {
  if (agent.scope?.state !== 'running' || weather.cutOff.has(name)) return false;
  const isRolling = ledger
    .all('rollout')
    .some(({ environment, state }) => environment === id && isLive(state));
  const seen = ledger.get('observation', id)?.observation;
  const revision = ledger.get('environment', id)?.revision;
  return !isRolling && seen?.converged === true && seen.revision === revision;
}

const hasLease = ({ ledger }: World): boolean =>
  ledger.all('rollout').some(({ state }) => isLive(state) && state.phase !== 'watching');

export const waits: readonly KindOfStep[] = [
  { name: 'a moment passes', weight: 30, run: (world, chance) => pass(world, spanMs(chance, 1, 2_000)) },
  { name: 'seconds pass', weight: 18, run: (world, chance) => pass(world, spanMs(chance, 2_000, 30_000)) },
  {
    name: 'until something changes its state',
    weight: 22,
    run: async (world) => {
      const { transitions } = world.witness;
      await pass(world, 60_000, () => world.witness.transitions > transitions);
    },
  },
  { name: 'minutes pass', weight: 5, run: (world, chance) => pass(world, spanMs(chance, 30_000, 600_000)) },
  {
    name: 'hours pass',
    weight: 4,
    run: (world, chance) =>
      pass(world, hasLease(world) ? spanMs(chance, 30_000, 120_000) : spanMs(chance, 1_800_000, 28_800_000)),
  },
];
