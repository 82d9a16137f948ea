import type { Digest } from '../../../../src/domain/ids.ts';
import { isLive } from '../../../../src/domain/rollout/types.ts';
import type { Chance } from '../../../../src/simulate/chance.ts';
import { isLeased } from '../invariants/quiet.ts';
import { pick, spanMs } from '../machine/chance.ts';
import type { Place } from '../place/place.ts';
import { cutOff, secondsText } from '../plane/weather.ts';
import type { World } from '../world.ts';
import type { KindOfStep } from './step.ts';
import { pass, untilNearlyOver } from './waits.ts';

/** Rather of what is judged at the moment. */
function someOnItsWay({ ledger }: World, chance: Chance): Digest | null {
  const all = ledger.all('rollout');
  const judged = all.findLast(({ state: { phase } }) => phase === 'canary' || phase === 'promoting');
  const { services = [] } = judged ?? all.findLast(({ state }) => isLive(state)) ?? {};
  return services.length === 0 ? null : pick(chance, services).to.artifact;
}

function failFromNowOn(
  { artifacts, wentBadMs, clock, trace }: World,
  artifact: Digest,
  errors: number,
): void {
  const nature = artifacts.get(artifact);
  if (nature === undefined) return;
  trace.add('the world', `${nature.service} fails ${errors} of its requests from now on`);
  artifacts.set(artifact, { ...nature, errors: Math.max(nature.errors, errors) });
  if (!wentBadMs.has(artifact)) wentBadMs.set(artifact, clock.monotonicMs());
}

/** What it rests on is away, and comes back. */
function failForAWhile(world: World, artifact: Digest, errors: number, forMs: number): void {
  const { artifacts, clock, trace } = world;
  const before = artifacts.get(artifact)?.errors ?? 0;
  failFromNowOn(world, artifact, errors);
  clock.after(forMs, () => {
    const nature = artifacts.get(artifact);
    // It may have got worse meanwhile.
    if (nature === undefined || nature.errors > errors) return;
    trace.add('the world', `${nature.service} fails ${before} of its requests again`);
    artifacts.set(artifact, { ...nature, errors: before });
  });
}

/** Where requests go to a new version on the word of somebody who judges it. */
const judgedPlace = ({ places, ledger }: World): Place | undefined =>
  places.findLast(({ id }) =>
    ledger.all('rollout').some((one) => one.environment === id && isLive(one.state) && isLeased(one)),
  );

/** Its machine, its way to the control plane, or it alone. */
function takeJudgeAway(world: World, place: Place, chance: Chance, forMs: number): void {
  const how = pick(chance, ['is killed', 'is stopped', 'is cut off'] as const);
  if (how === 'is cut off') return cutOff(world, place, forMs);
  world.trace.add(place.agent.name, `${how}, for ${secondsText(forMs)}`);
  if (how === 'is killed') place.agent.kill(forMs);
  else place.agent.stop(forMs);
}

/** What befalls a release on its way. */
export const stepsOnItsWay: readonly KindOfStep[] = [
  {
    name: 'a version goes bad',
    weight: 2,
    run: (world, chance) => {
      const artifact = someOnItsWay(world, chance);
      if (artifact !== null) failFromNowOn(world, artifact, pick(chance, [0.06, 0.07, 0.1, 0.3]));
    },
  },
  {
    name: 'a version fails for a while',
    weight: 3,
    run: async (world, chance) => {
      if (chance() < 0.5) await untilNearlyOver(world, chance());
      const artifact = someOnItsWay(world, chance);
      if (artifact === null) return;
      const errors = pick(chance, [0.06, 0.07, 0.1, 0.15, 0.3, 1]);
      failForAWhile(world, artifact, errors, spanMs(chance, 1_000, 120_000));
    },
  },
  {
    name: 'nobody is there who judges',
    weight: 1.5,
    run: async (world, chance) => {
      const place = judgedPlace(world);
      if (place === undefined) return;
      const forMs = spanMs(chance, 60_000, 600_000);
      takeJudgeAway(world, place, chance, forMs);
      // Nor is anybody else, as on most nights.
      await pass(world, Math.round(chance() * forMs));
    },
  },
];
