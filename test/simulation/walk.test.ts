import { describe, expect, it } from 'vitest';
import { actByChance, bringOnwards, merge } from './walk/acts.ts';
import { Invariants, stateOf } from './walk/invariants.ts';
import { checkStory } from './walk/story.ts';
import { environments, openWorld, type World } from './walk/world.ts';
import { isLive } from '../../src/domain/rollout/types.ts';

const runs = Number(process.env['RUNG_WALKS'] ?? 120);
const first = Number(process.env['RUNG_WALK_SEED'] ?? 1);
const together = 10;
const steps = 25;

async function walk(seed: number): Promise<void> {
  const world = await openWorld(seed);
  try {
    await begin(world);
    const invariants = new Invariants(world);
    for (let step = 0; step < steps; step += 1) {
      await actByChance(world);
      await invariants.hold();
    }
    await comeToAnEnd(world);
    await invariants.hold();
    await checkStory(world);
  } catch (thrown) {
    throw new Error(`seed ${seed} after: ${world.done.join(', ')}`, { cause: thrown });
  } finally {
    await world.plane.close();
  }
}

/** A first release everywhere, so that there is something to fall back to. */
async function begin(world: World): Promise<void> {
  await merge(world);
  await world.plane.clock.advance(180_000);
  await bringOnwards(world);
  await world.plane.clock.advance(180_000);
  expect((await world.plane.control.environment(world.plane.project, 'prod')).release?.version).toBe('1.0.0');
}

/** Everybody is back, and whatever is held is taken back: then nothing may be left on its way. */
async function comeToAnEnd({ plane, agents, stopped, ids }: World): Promise<void> {
  for (const name of environments) agents[name].go();
  stopped.clear();
  await plane.clock.advance(600_000);
  for (const name of environments) {
    const { rollout } = await plane.control.environment(plane.project, name);
    const asked = { reason: 'the end' };
    if (rollout !== null)
      await plane.control.abort(plane.project, rollout, asked, plane.as('ada@example.org')).catch(() => {});
  }
  await plane.clock.advance(600_000);
  const { rollouts } = await stateOf({ plane, agents, stopped, ids } as World);
  expect(
    rollouts.filter((one) => isLive(one.state) && one.state.phase !== 'held').map((one) => one.state),
  ).toEqual([]);
}

describe('people, agents and clocks at random', () => {
  const rounds = Array.from({ length: Math.ceil(runs / together) }, (_, round) => first + round * together);
  it.each(rounds)(
    'never break a rule, lose a promotion or tell an untrue story, from seed %i on',
    async (from) => {
      for (let seed = from; seed < Math.min(from + together, first + runs); seed += 1) await walk(seed);
    },
  );
});
