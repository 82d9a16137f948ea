import { chanceFrom } from '../../../src/simulate/chance.ts';
import { chanceFor } from './machine/chance.ts';
import type { Line } from './machine/trace.ts';
import { push } from './people/acts.ts';
import { ask, live, personNamed } from './people/asking.ts';
import type { Place } from './place/place.ts';
import { clear } from './plane/weather.ts';
import type { Reached } from './reached.ts';
import { drawerOf, kindOf } from './steps/index.ts';
import type { Step } from './steps/step.ts';
import { pass } from './steps/waits.ts';
import type { Broken } from './witness.ts';
import { World } from './world.ts';

export interface Outcome {
  readonly seed: number;
  readonly steps: readonly Step[];
  readonly broken: Broken | null;
  /** Over all that happened. */
  readonly digest: string;
  readonly lines: readonly Line[];
  readonly reached: Reached;
  readonly virtualMs: number;
}

export const usualSteps = 300;

/** One history from a seed: its steps are drawn as it goes, or those given are done again. */
export async function runHistory(
  seed: number,
  given: readonly Step[] | number = usualSteps,
): Promise<Outcome> {
  const world = new World(seed);
  const chance = chanceFor(seed, 'steps');
  const draw = drawerOf(world.shape);
  const steps: Step[] = [];
  const count = typeof given === 'number' ? given : given.length;
  await begin(world);
  while (steps.length < count && world.witness.broken === null) {
    const step = typeof given === 'number' ? draw(chance) : given[steps.length];
    if (step === undefined) break;
    steps.push(step);
    world.reached.note('steps', step.name);
    await kindOf(step).run(world, chanceFrom(step.salt));
    await world.clock.settle();
    world.witness.step();
  }
  const virtualMs = world.clock.monotonicMs();
  if (world.witness.broken === null) await comeToAnEnd(world);
  const { witness, trace, reached } = world;
  return {
    seed,
    steps,
    broken: witness.broken,
    digest: trace.digest(),
    lines: trace.lines,
    reached,
    virtualMs,
  };
}

/** Everything comes up, and a first release is built: it goes into each environment but the last by itself. */
async function begin(world: World): Promise<void> {
  for (const replica of world.replicas) replica.start();
  await world.clock.runUntil(() => world.replicas.every(({ running }) => running !== null), 60_000);
  for (const { agent } of world.places) agent.start();
  push(world, world.chance('first release'));
  await pass(world, 20_000);
}

const rounds = 20;

/** Whoever's key is revoked gets another one. */
function letInAgain(world: World, place: Place): void {
  if (!place.isLockedOut) return;
  const chance = world.chance('the end');
  const key = place.newKey();
  const wanted = { signing: key.publicKey, sealing: key.publicKey };
  ask(world, chance, `ada lets the agent of ${place.name} in again`, async ({ control, project }) => {
    await control.replaceAgentKey(project, place.name, wanted, personNamed('ada@example.org'));
    place.takeKey(key);
  });
}

/** Nothing goes wrong any more, everybody is back, and what is held is taken back. Then nothing may be left on its way. */
async function comeToAnEnd(world: World): Promise<void> {
  world.isEnding = true;
  clear(world.weather, world.clock.monotonicMs());
  world.settleNatures();
  for (const program of [...world.replicas, ...world.places.map(({ agent }) => agent)]) {
    program.endReplaced();
    program.goOn();
    program.host.setWallClock(0);
    program.start();
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const place of world.places) letInAgain(world, place);
    await pass(world, 120_000, () => false, 0);
    clear(world.weather, world.clock.monotonicMs());
    for (const program of [...world.replicas, ...world.places.map(({ agent }) => agent)]) program.goOn();
    const held = live(world).filter(({ state }) => state.phase === 'held');
    for (const { id } of held)
      ask(world, world.chance('the end'), 'ada takes it back', ({ control, project }) =>
        control.abort(project, id, { reason: 'the end' }, personNamed('ada@example.org')),
      );
    if (live(world).length === 0 && round > 2) break;
  }
  await world.witness.end();
}
