import type { Chance } from '../../../../src/simulate/chance.ts';
import type { Shape } from '../people/project.ts';
import type { World } from '../world.ts';

/** One thing that somebody does, that happens, or that time passes; what is left to chance in it, its own salt decides. */
export interface Step {
  readonly name: string;
  readonly salt: number;
}

export interface KindOfStep {
  readonly name: string;
  /** How often it is drawn, beside the others. */
  readonly weight: number;
  /** Absent: it is drawn in every project. */
  readonly fits?: (shape: Shape) => boolean;
  readonly run: (world: World, chance: Chance) => void | Promise<void>;
}
