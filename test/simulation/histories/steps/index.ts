import type { Chance } from '../../../../src/simulate/chance.ts';
import type { Shape } from '../people/project.ts';
import { accessSteps } from './access.ts';
import { faultSteps } from './faults.ts';
import { gateSteps } from './gates.ts';
import { stepsOnItsWay } from './on-its-way.ts';
import { peoplesSteps } from './people.ts';
import type { KindOfStep, Step } from './step.ts';
import { waits } from './waits.ts';

export const kindsOfStep: readonly KindOfStep[] = [
  ...peoplesSteps,
  ...gateSteps,
  ...accessSteps,
  ...faultSteps,
  ...stepsOnItsWay,
  ...waits,
];

const byName = new Map(kindsOfStep.map((kind) => [kind.name, kind]));
/** Draws steps for a project of a shape: those alone that there is something to do in. */
export function drawerOf(shape: Shape): (chance: Chance) => Step {
  const kinds = kindsOfStep.filter(({ fits }) => fits === undefined || fits(shape));
  const total = kinds.reduce((sum, { weight }) => sum + weight, 0);
  return (chance) => {
    let left = chance() * total;
    const kind = kinds.find(({ weight }) => (left -= weight) < 0) ?? kinds[0];
    if (kind === undefined) throw new Error('there is nothing to do');
    return { name: kind.name, salt: Math.floor(chance() * 2 ** 32) };
  };
}

export function kindOf({ name }: Step): KindOfStep {
  const kind = byName.get(name);
  if (kind === undefined) throw new Error(`no kind of step is called ${name}`);
  return kind;
}
