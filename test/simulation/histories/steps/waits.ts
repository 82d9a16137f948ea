import { isLive, type Rollout } from '../../../../src/domain/rollout/types.ts';
import { spanMs } from '../machine/chance.ts';
import type { Place } from '../place/place.ts';
import type { World } from '../world.ts';
import type { KindOfStep } from './step.ts';

/** So often it is looked at who may doze, while somebody is awake. */
const lookEveryMs = 5_000;
/** Whatever does not come to rest in so long will not in hours. */
const restlessMs = 120_000;
/** So seldom does who is at rest stay up: what waits for its time has some, however often time passes in small parts. */
const mostlyDozesOff = 0.8;

/** Lets time pass. A machine on which nothing is going on dozes meanwhile, until something reaches it. */
export async function pass(
  world: World,
  ms: number,
  isOver: () => boolean = never,
  dozesOff: number = mostlyDozesOff,
): Promise<void> {
  const { clock, places } = world;
  const sinceMs = clock.monotonicMs();
  const passedMs = (): number => clock.monotonicMs() - sinceMs;
  const until = async (holds: () => boolean, atMs: number): Promise<void> => {
    if (!(await clock.runUntil(holds, atMs - passedMs()))) await clock.advance(atMs - passedMs());
  };
  while (passedMs() < ms && !isOver()) {
    const isRestless = passedMs() >= restlessMs;
    const mayDoze = (): boolean => passedMs() > 0 || world.chance('dozing off')() < dozesOff;
    const dozing =
      dozesOff === 0 ? [] : places.filter((place) => isRestless || (isAtRest(world, place) && mayDoze()));
    for (const { host } of dozing) host.doze();
    if (dozing.length === places.length) await until(() => isOver() || places.some(isAwake), ms);
    await until(isOver, Math.min(ms, passedMs() + lookEveryMs));
  }
  for (const { host } of places) host.wake();
}

const never = (): boolean => false;
const isAwake = ({ host }: Place): boolean => !host.isDozing;

/** All is there as it is asked for, and the control plane knows. */
function isAtRest({ ledger, weather }: World, { id, name, agent, room, gateway }: Place): boolean {
  const isRolling = ledger
    .all('rollout')
    .some(({ environment, state }) => environment === id && isLive(state));
  if (isRolling || agent.scope?.state !== 'running' || weather.cutOff.has(name)) return false;
  if (
    !gateway.routes.every(
      ({ service, stable }) => stable === null || room.isHealthy(service, stable.artifact),
    )
  )
    return false;
  const seen = ledger.get('observation', id)?.observation;
  return seen?.converged === true && seen.revision === ledger.get('environment', id)?.revision;
}

/** Then a machine cannot doze, and what is to happen happens within a minute or two. */
const isBusy = ({ ledger }: World): boolean =>
  ledger.all('rollout').some(({ state }) => isLive(state) && state.phase !== 'watching');

/** How much was seen of what has to be seen before it goes on by itself. */
function shareSeen(rollout: Rollout | undefined): number {
  const { judgement, judge } = rollout ?? {};
  return judgement == null || judge == null ? 0 : judgement.exposureMs / Math.max(1, judge.step.exposureMs);
}

const isJudged = ({ state, policy }: Rollout): boolean =>
  policy !== null && (state.phase === 'canary' || state.phase === 'promoting');

/** Until so much was seen of what is judged now: whatever happens then has little time to be seen before it goes on. */
export async function untilNearlyOver(world: World, share: number): Promise<void> {
  const rollout = world.ledger.all('rollout').findLast(isJudged);
  if (rollout === undefined) return;
  const { id, generation } = rollout;
  const now = (): Rollout | undefined => world.ledger.get('rollout', id);
  await pass(world, 30_000, () => now()?.generation !== generation || shareSeen(now()) >= share);
}

/** Until a rollout or a promotion changes its phase, or not for long. */
export async function untilNextState(world: World): Promise<void> {
  const { transitions } = world.witness;
  await pass(world, 20_000, () => world.witness.transitions > transitions);
}

export const waits: readonly KindOfStep[] = [
  { name: 'a moment passes', weight: 46, run: (world, chance) => pass(world, spanMs(chance, 1, 2_000)) },
  { name: 'seconds pass', weight: 18, run: (world, chance) => pass(world, spanMs(chance, 2_000, 20_000)) },
  {
    name: 'until something changes its state',
    weight: 22,
    run: untilNextState,
  },
  {
    name: 'until a step is nearly over',
    weight: 5,
    run: (world, chance) => untilNearlyOver(world, chance()),
  },
  {
    name: 'minutes pass',
    weight: 5,
    run: (world, chance) => pass(world, spanMs(chance, 20_000, isBusy(world) ? 90_000 : 1_200_000)),
  },
  {
    name: 'hours pass',
    weight: 8,
    run: (world, chance) =>
      pass(world, isBusy(world) ? spanMs(chance, 10_000, 60_000) : spanMs(chance, 1_800_000, 64_800_000)),
  },
];
