import { isFailure } from '../domain/failure.ts';
import type { Clock } from '../engine/clock.ts';
import type { Context } from '../ports/provider.ts';
import type { Traffic, TrafficState } from '../ports/traffic.ts';
import type { DesiredEnvironment } from '../protocol/messages.ts';
import type { JudgedRollout, Judging } from './judging.ts';

/** Renews the lease on the weight, three times as often as it has to be, and only while somebody really judges. */
export class LeaseRenewal {
  readonly #traffic: Traffic;
  readonly #judging: Judging;
  readonly #clock: Clock;
  #nextMs = 0;

  constructor(traffic: Traffic, judging: Judging, clock: Clock) {
    this.#traffic = traffic;
    this.#judging = judging;
    this.#clock = clock;
  }

  /** When to renew next, on the monotonic clock; infinity while there is nothing to renew. */
  dueMs(desired: DesiredEnvironment | null, traffic: TrafficState | null): number {
    return leased(desired, traffic) === null ? Number.POSITIVE_INFINITY : this.#nextMs;
  }

  /** `lost`: it ran out, or another word is in force; what is set decides, not what was believed. */
  async renew(
    desired: DesiredEnvironment | null,
    traffic: TrafficState | null,
    context: Context,
  ): Promise<'renewed' | 'nobody judges' | 'lost'> {
    const rollout = leased(desired, traffic);
    if (rollout === null) return 'lost';
    const { leaseMs, judge, sampleEveryMs } = rollout.task;
    const nowMs = this.#clock.monotonicMs();
    const freshMs = Math.max(leaseMs / 2, 2 * sampleEveryMs);
    const isJudging = judge === null || nowMs - this.#judging.lastJudgedMs <= freshMs;
    this.#nextMs = nowMs + (isJudging ? leaseMs / 3 : Math.min(200, leaseMs / 10));
    if (!isJudging) return 'nobody judges';
    try {
      await this.#traffic.renew(rollout.id, rollout.generation, leaseMs, context);
      return 'renewed';
    } catch (thrown) {
      if (isFailure(thrown) && thrown.kind === 'conflict') return 'lost';
      throw thrown;
    }
  }
}

interface LeasedRollout extends JudgedRollout {
  readonly task: JudgedRollout['task'] & { readonly leaseMs: number };
}

/** The rollout, when its weight is in force at the gateway under a lease that is still held. */
function leased(desired: DesiredEnvironment | null, traffic: TrafficState | null): LeasedRollout | null {
  const rollout = desired?.rollout ?? null;
  const weight = traffic?.weight ?? null;
  if (rollout?.task.kind !== 'weigh' || rollout.task.leaseMs === null) return null;
  const isInForce = weight?.rollout === rollout.id && weight.generation === rollout.generation;
  const { leaseMs } = rollout.task;
  return isInForce && weight.lease.state === 'held'
    ? { ...rollout, task: { ...rollout.task, leaseMs } }
    : null;
}
