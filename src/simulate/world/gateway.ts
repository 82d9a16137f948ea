import type { RolloutId } from '../../domain/ids.ts';
import type { DesiredRollout, ObservedRollout } from '../../protocol/messages.ts';

interface Weight {
  readonly rollout: RolloutId;
  readonly generation: number;
  readonly percent: number;
  readonly leaseMs: number | null;
  readonly renewedMs: number;
}

/** Plays a gateway: outlives its agent, lets a lease run out, and never exposes again what was taken back. */
export class SimulatedGateway {
  readonly #monotonicMs: () => number;
  readonly #latch = new Map<RolloutId, number>();
  #weight: Weight | null = null;
  #hasExpired = false;

  constructor(monotonicMs: () => number) {
    this.#monotonicMs = monotonicMs;
  }

  /** A generation that is not newer than the last, or was taken back, is refused. */
  weigh({ id, generation, task }: DesiredRollout): void {
    if (task.kind !== 'weigh' || this.isLatched(id, generation)) return;
    this.#look();
    if (this.#weight?.rollout === id && this.#weight.generation >= generation) return;
    const { percent, leaseMs } = task;
    this.#weight = { rollout: id, generation, percent, leaseMs, renewedMs: this.#monotonicMs() };
    this.#hasExpired = false;
  }

  renew(): void {
    this.#look();
    if (this.#weight !== null && !this.#hasExpired)
      this.#weight = { ...this.#weight, renewedMs: this.#monotonicMs() };
  }

  takeBack(rollout: RolloutId, generation: number): void {
    this.#latch.set(rollout, Math.max(generation, this.#latch.get(rollout) ?? 0));
    if (this.#weight?.rollout === rollout && this.#weight.generation <= generation) this.#weight = null;
  }

  /** Nothing is being rolled out any more. */
  clear(): void {
    this.#weight = null;
  }

  isLatched = (rollout: RolloutId, generation: number): boolean =>
    (this.#latch.get(rollout) ?? 0) >= generation;

  /** At whatever generation: for an agent that is a word for good. */
  wasTakenBack = (rollout: RolloutId): boolean => this.#latch.has(rollout);

  /** Whether this word about the weight is the one in force. */
  isInForce(rollout: RolloutId, generation: number): boolean {
    this.#look();
    return this.#weight?.rollout === rollout && this.#weight.generation === generation && !this.#hasExpired;
  }

  lease(rollout: RolloutId): ObservedRollout['lease'] {
    this.#look();
    if (this.#weight?.rollout !== rollout || this.#weight.leaseMs === null) return 'none';
    return this.#hasExpired ? 'expired' : 'held';
  }

  /** The rollout that takes requests now and its share; null where everything goes to stable. */
  exposed(): { readonly rollout: RolloutId; readonly percent: number } | null {
    this.#look();
    if (this.#weight === null || this.#hasExpired || this.#weight.percent === 0) return null;
    return { rollout: this.#weight.rollout, percent: this.#weight.percent };
  }

  #look(): void {
    const { leaseMs, renewedMs } = this.#weight ?? { leaseMs: null, renewedMs: 0 };
    if (leaseMs !== null && this.#monotonicMs() - renewedMs > leaseMs) this.#hasExpired = true;
  }
}
