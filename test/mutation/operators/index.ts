import { chains, methods, statements } from './calls.ts';
import { compared, notNegated, oneSide, settled } from './conditions.ts';
import { elements, spreads } from './lists.ts';
import type { Operator } from './operator.ts';
import { anchors, calculated, counted, words } from './values.ts';

/**
 * The faults that are made. None that another one stands for: what finds a condition that always holds, and one that never
 * does, finds it turned round.
 */
export const operators: readonly Operator[] = [
  settled,
  oneSide,
  compared,
  notNegated,
  calculated,
  counted,
  words,
  anchors,
  elements,
  spreads,
  methods,
  statements,
  chains,
];
