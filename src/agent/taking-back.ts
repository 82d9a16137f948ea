import type { Clock } from '../engine/clock.ts';
import type { RolloutId } from '../domain/ids.ts';
import type { Context } from '../ports/provider.ts';
import type { Traffic, TrafficState } from '../ports/traffic.ts';
import type { DesiredRollout } from '../protocol/messages.ts';
import { isLatched } from './decide.ts';

/** Takes a rollout back as the control plane asked: all requests to stable first, then time to drain. */
export class TakingBack {
  readonly #traffic: Traffic;
  readonly #clock: Clock;
  readonly #context: Context;
  #rollout: RolloutId | null = null;
  #sinceMs = 0;

  constructor(traffic: Traffic, clock: Clock, context: Context) {
    this.#traffic = traffic;
    this.#clock = clock;
    this.#context = context;
  }

  /** Before anything else is looked at: nothing may keep requests on a version that is to go. */
  async begin(rollout: DesiredRollout): Promise<void> {
    if (rollout.task.kind !== 'take back') return;
    const observed = await this.#traffic.observe(this.#context);
    // Without a gateway there is nothing to take requests from; one that comes has its own latch.
    if (observed.state !== 'present') return;
    if (!isLatched(observed.value, rollout))
      await this.#traffic.takeBack(rollout.id, rollout.generation, rollout.task.reason, this.#context);
    if (this.#rollout === rollout.id) return;
    this.#rollout = rollout.id;
    this.#sinceMs = this.#clock.monotonicMs();
  }

  /** Nothing is open on the candidates any more, or the time for draining is over. */
  isDrained(rollout: DesiredRollout, traffic: TrafficState | null): boolean {
    if (rollout.task.kind !== 'take back' || this.#rollout !== rollout.id || traffic === null) return false;
    const isOver = this.#clock.monotonicMs() - this.#sinceMs >= rollout.drainMs;
    const isLatchedThere = isLatched(traffic, rollout);
    return (
      isOver ||
      (isLatchedThere && traffic.routes.every(({ openConnections }) => openConnections.candidate === 0))
    );
  }
}
