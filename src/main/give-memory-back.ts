import { Script } from 'node:vm';
import type { Clock } from '../engine/clock.ts';

/** What V8 measures halves each 100 ms, and is exactly nothing 110 s after the last such object. */
const everyMs = 60_000;

/**
 * Has this program give back what its busiest moment took, some seconds after it has become quiet, as Node did up to version 22.
 * Since V8 13.1 that waits for a program which makes few objects on the heap of C++, and one that makes none at all is taken for busy.
 * So one is made now and then: a script of node:vm lies there.
 */
export function giveMemoryBack(clock: Pick<Clock, 'every'>): Disposable {
  const makeOne = (): void => void new Script('');
  makeOne();
  return clock.every(everyMs, makeOne);
}
