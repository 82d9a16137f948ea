import type { Chance } from '../../../../src/simulate/chance.ts';
import { pick, spanMs } from '../machine/chance.ts';
import { agentPoints, replicaPoints, seldomPoints, sides } from '../machine/points.ts';
import type { Place } from '../place/place.ts';
import { restoreBackup, takeBackup } from '../plane/backup.ts';
import { change, cutOff, deafen, fair, secondsText, type Storm } from '../plane/weather.ts';
import type { Program } from '../program.ts';
import type { World } from '../world.ts';
import type { KindOfStep } from './step.ts';
import { untilNextState } from './waits.ts';

const anyProgram = (world: World, chance: Chance): Program<unknown> =>
  chance() < 0.5 ? pick(chance, world.replicas) : anyPlace(world, chance).agent;

/** Rather where the most depends on it. */
const anyPlace = (world: World, chance: Chance): Place => {
  const [, , prod] = world.places;
  return prod !== undefined && chance() < 0.5 ? prod : pick(chance, world.places);
};

const replicaFates = ['kill', 'kill', 'stop'] as const;
/** An agent has a standby, or a supervisor: one that stands still may be replaced, and go on all the same. */
const agentFates = ['kill', 'stop', 'replace'] as const;

/** For a while; one of a kind that comes meanwhile ends with the first. */
const storm = (
  name: string,
  weight: number,
  [fromMs, toMs]: readonly [number, number],
  set: (chance: Chance) => Partial<Storm>,
): KindOfStep => ({
  name,
  weight,
  run: ({ weather, clock, trace }, chance) => {
    const changes = set(chance);
    const over = Object.fromEntries(Object.keys(changes).map((key) => [key, fair[key as keyof Storm]]));
    const forMs = spanMs(chance, fromMs, toMs);
    trace.add('weather', `${name} for ${secondsText(forMs)}`);
    change(weather, changes, clock.monotonicMs());
    clock.after(forMs, () => change(weather, over, clock.monotonicMs()));
  },
});

/** What goes wrong. */
export const faultSteps: readonly KindOfStep[] = [
  {
    name: 'kill a program',
    weight: 3,
    run: (world, chance) => {
      const program = anyProgram(world, chance);
      const awayMs = spanMs(chance, 100, chance() < 0.1 ? 7_200_000 : 60_000);
      world.trace.add(program.name, `is killed, for ${secondsText(awayMs)}`);
      program.kill(awayMs);
    },
  },
  {
    name: 'stop a program',
    weight: 3,
    run: (world, chance) => {
      const program = anyProgram(world, chance);
      const forMs = spanMs(chance, 100, 600_000);
      world.trace.add(program.name, `is stopped, for ${secondsText(forMs)}`);
      program.stop(forMs);
    },
  },
  {
    name: 'set a trap',
    weight: 12,
    run: (world, chance) => {
      const program = anyProgram(world, chance);
      const kind = chance() < 0.6 ? 'kill' : 'stop';
      program.scope?.setTrap({ kind, at: null, left: Math.ceil(spanMs(chance, 1, 60)) });
    },
  },
  {
    name: 'set a trap at one point',
    weight: 12,
    run: (world, chance) => {
      const isReplica = chance() < 0.3;
      const program = isReplica ? pick(chance, world.replicas) : anyPlace(world, chance).agent;
      const points = isReplica ? replicaPoints : chance() < 0.4 ? seldomPoints : agentPoints;
      const at = { point: pick(chance, points), side: pick(chance, sides) };
      const kind = pick(chance, isReplica ? replicaFates : agentFates);
      program.scope?.setTrap({ kind, at, left: Math.ceil(spanMs(chance, 1, 4)) });
    },
  },
  {
    name: 'replace an agent that is about to weigh',
    weight: 2,
    run: (world, chance) => {
      const at = { point: 'weight set', side: 'before' } as const;
      anyPlace(world, chance).agent.scope?.setTrap({ kind: 'replace', at, left: 1 });
    },
  },
  {
    name: 'cut the power',
    weight: 0.7,
    run: (world, chance) => {
      const place = anyPlace(world, chance);
      world.trace.add(place.name, 'loses its power');
      place.cutPower();
    },
  },
  {
    name: 'lose a disk',
    weight: 0.5,
    run: (world, chance) => {
      const place = anyPlace(world, chance);
      world.trace.add(place.name, 'loses its disk');
      place.agent.kill(spanMs(chance, 1_000, 60_000));
      place.disk.wipe();
    },
  },
  {
    name: 'kill a gateway',
    weight: 1,
    run: (world, chance) => {
      const place = anyPlace(world, chance);
      world.trace.add(place.name, 'its gateway is killed');
      place.gateway.restart(true);
    },
  },
  {
    name: 'crash an instance',
    weight: 1,
    run: (world, chance) => {
      const place = anyPlace(world, chance);
      const crashed = place.room.crashOne();
      if (crashed !== null) world.trace.add(place.name, `${crashed} ends by itself`);
    },
  },
  {
    name: 'back up',
    weight: 1,
    run: async (world) => {
      world.backup = await takeBackup(world);
      world.trace.add('the store', 'is backed up');
    },
  },
  {
    name: 'restore',
    weight: 0.35,
    run: async (world) => {
      if (world.backup === null) return;
      world.restores += 1;
      await restoreBackup(world, world.backup);
    },
  },
  {
    // An agent that hears of it late comes with a cursor that the new log has reached meanwhile.
    name: 'back up, and soon restore',
    weight: 0.35,
    run: async (world, chance) => {
      world.backup = await takeBackup(world);
      world.trace.add('the store', 'is backed up');
      await untilNextState(world);
      cutOff(world, anyPlace(world, chance), spanMs(chance, 10_000, 600_000));
      world.restores += 1;
      await restoreBackup(world, world.backup);
    },
  },
  {
    name: 'cut an agent off',
    weight: 2,
    run: (world, chance) => {
      const place = anyPlace(world, chance);
      cutOff(world, place, spanMs(chance, 500, chance() < 0.2 ? 14_400_000 : 120_000));
    },
  },
  {
    name: 'set a clock',
    weight: 1,
    run: (world, chance) => {
      const program = anyProgram(world, chance);
      const offMs = (chance() < 0.5 ? -1 : 1) * spanMs(chance, 100, 3_600_000);
      world.trace.add(program.name, `has its clock set to ${secondsText(offMs)} off`);
      program.host.setWallClock(offMs);
    },
  },
  {
    name: 'a replica hears of no commit',
    weight: 1.5,
    run: (world, chance) => deafen(world, pick(chance, world.replicas).name, spanMs(chance, 500, 120_000)),
  },
  storm('messages are lost', 2, [1_000, 120_000], (chance) => ({ loss: pick(chance, [0.05, 0.3, 0.7]) })),
  storm('messages come twice', 2, [1_000, 300_000], (chance) => ({ doubles: pick(chance, [0.1, 0.5]) })),
  storm('messages are late', 2, [1_000, 300_000], (chance) => ({ slowestMs: spanMs(chance, 50, 60_000) })),
  storm('disks are slow', 2.5, [1_000, 300_000], (chance) => ({
    slowestWriteMs: pick(chance, [1_000, 5_000, 20_000]),
  })),
  storm('the database is away', 1.5, [500, 90_000], () => ({ isDatabaseAway: true })),
  storm('transactions collide', 2, [1_000, 120_000], (chance) => ({
    collisions: pick(chance, [0.1, 0.5]),
  })),
  storm('transactions are slow', 2, [1_000, 120_000], (chance) => ({
    slowCommits: pick(chance, [0.1, 0.5]),
  })),
  storm('answers of the database are lost', 2, [1_000, 120_000], (chance) => ({
    lostCommits: pick(chance, [0.05, 0.3]),
  })),
];
