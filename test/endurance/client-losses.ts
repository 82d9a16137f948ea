import { systemClock } from '../../src/engine/clock.ts';
import type { Outcome } from '../../src/story/index.ts';

/** What clients of prod met when something that serves there was killed. */
export interface Hurt {
  readonly victim: string;
  readonly atMs: number;
  failures: number;
  /** From the kill to the last failure. */
  failedForMs: number;
  /** The longest time, around the kill, in which no client of one service had a good answer. */
  silentForMs: number;
}

/** After so long nothing can be put down to a kill any more. */
const reachMs = 5000;

/** Tells what clients lost to a kill from what was lost for no such reason. */
export class ClientLosses {
  readonly hurts: Hurt[] = [];
  /** What failed for no reason, in words. */
  readonly unexplained: string[] = [];
  readonly #lastGoodMs = new Map<string, number>();

  expect(victim: string): void {
    const atMs = systemClock.monotonicMs();
    this.hurts.push({ victim, atMs, failures: 0, failedForMs: 0, silentForMs: 0 });
  }

  /** Whether it is to be held against Rung: what a version answers is; what a kill explains is written down here. */
  counts(service: string, { version, isGood }: Outcome): boolean {
    const nowMs = systemClock.monotonicMs();
    const hurt = this.hurts.at(-1);
    const isNear = hurt !== undefined && nowMs - hurt.atMs <= reachMs;
    if (isGood) {
      const silentMs = nowMs - (this.#lastGoodMs.get(service) ?? nowMs);
      this.#lastGoodMs.set(service, nowMs);
      if (isNear) hurt.silentForMs = Math.max(hurt.silentForMs, silentMs);
      return true;
    }
    if (version !== null && version !== 'gateway') return true;
    if (!isNear) {
      const when = hurt === undefined ? '' : `, ${(nowMs - hurt.atMs).toFixed(0)} ms after ${hurt.victim}`;
      this.unexplained.push(`${service} got ${version ?? 'no'} answer${when}`);
      return true;
    }
    hurt.failures += 1;
    hurt.failedForMs = nowMs - hurt.atMs;
    return false;
  }
}
