import type { Trap } from './machine/scope.ts';
import { type Point, points, type Side, sides } from './machine/points.ts';

/** How often something of a kind was met. */
export type Tally = Map<string, number>;

const passingOn = (side: Side) =>
  Object.fromEntries(points.map((point) => [point, `${side} ${point}`])) as Record<Point, string>;

/** Said tens of thousands of times in a history. */
const passing: Readonly<Record<Side, Readonly<Record<Point, string>>>> = {
  before: passingOn('before'),
  after: passingOn('after'),
};

/** What a history, or many, came to: states, transitions, and the points at which something was done to a program. */
export class Reached {
  readonly tallies = {
    'program points': new Map<string, number>(),
    'kills and stops': new Map<string, number>(),
    steps: new Map<string, number>(),
    'phases of rollouts': new Map<string, number>(),
    'transitions of rollouts': new Map<string, number>(),
    'phases of promotions': new Map<string, number>(),
    events: new Map<string, number>(),
    answers: new Map<string, number>(),
  };

  pass(point: Point, side: Side): void {
    note(this.tallies['program points'], passing[side][point]);
  }

  spring(kind: Trap['kind'], point: Point, side: Side): void {
    note(this.tallies['kills and stops'], `${kind} ${side} ${point}`);
  }

  note(tally: keyof Reached['tallies'], what: string): void {
    note(this.tallies[tally], what);
  }

  add(other: Reached['tallies']): void {
    for (const [name, tally] of Object.entries(other) as [keyof Reached['tallies'], Tally][])
      for (const [what, times] of tally)
        this.tallies[name].set(what, (this.tallies[name].get(what) ?? 0) + times);
  }
}

function note(tally: Tally, what: string): void {
  tally.set(what, (tally.get(what) ?? 0) + 1);
}

export const everyPoint: readonly string[] = points.flatMap((point) =>
  sides.map((side) => passing[side][point]),
);
export const everySpring: readonly string[] = everyPoint.flatMap((point) => [
  `kill ${point}`,
  `stop ${point}`,
]);
