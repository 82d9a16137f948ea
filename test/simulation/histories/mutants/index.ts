import { ofGates } from './gates.ts';
import { ofLog } from './log.ts';
import { ofMachines } from './machines.ts';
import type { Mutant } from './mutant.ts';
import { ofPromotions } from './promotions.ts';
import { ofRollouts } from './rollouts.ts';

export const mutants: readonly Mutant[] = [
  ...ofPromotions,
  ...ofGates,
  ...ofRollouts,
  ...ofMachines,
  ...ofLog,
];
