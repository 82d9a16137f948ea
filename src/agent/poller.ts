import type { Clock } from '../engine/clock.ts';
import { type PollRequest, protocolVersion } from '../protocol/messages.ts';
import type { Auditor } from './auditor.ts';
import type { ControlLink } from './control-link.ts';
import type { DesiredState } from './desired-state.ts';

const firstRetryMs = 100;
const longestRetryMs = 3000;
/** A control plane that answers at once and again must not keep the agent busy. */
const betweenMs = 5;

export interface PollerParts {
  readonly link: ControlLink;
  readonly desired: DesiredState;
  readonly auditor: Auditor;
  readonly clock: Clock;
  readonly onChange: () => void;
  /** The answer was the whole list: whoever gave it does not know how far this agent was told before. */
  readonly onFull: () => void;
  /** Called before an answer is taken at its word: it may have waited until this process went on. */
  readonly noticeStandstill: () => void;
}

/** Asks what is desired, over and over; each question is held open until there is an answer. */
export class Poller {
  readonly #parts: PollerParts;
  #call = new AbortController();
  #retryMs = firstRetryMs;
  #isFresh = false;

  constructor(parts: PollerParts) {
    this.#parts = parts;
  }

  /** Whether what is desired was heard since the agent began, or last stood still. */
  get isFresh(): boolean {
    return this.#isFresh;
  }

  /** Drops the question that is held open and asks anew: for an agent that does not know how old its own is. */
  askAgain(): void {
    this.#retryMs = firstRetryMs;
    this.#isFresh = false;
    this.#call.abort();
  }

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      this.#call = new AbortController();
      const until = AbortSignal.any([this.#call.signal, signal]);
      try {
        await this.#ask(until);
        this.#retryMs = firstRetryMs;
        await this.#parts.clock.sleep(betweenMs, signal);
      } catch (thrown) {
        if (until.aborted) continue;
        this.#parts.link.failed(thrown);
        await this.#parts.link.rest(this.#retryMs, until);
        this.#retryMs = Math.min(longestRetryMs, this.#retryMs * 2);
      }
    }
  }

  async #ask(signal: AbortSignal): Promise<void> {
    const { link, desired, auditor } = this.#parts;
    const question: PollRequest = {
      protocol: protocolVersion,
      // What is known already would be held back until it changes, and it is wanted anew.
      cursor: this.#isFresh ? desired.cursor : null,
      head: auditor.wantsAfter,
    };
    const response = await link.client.poll(question, signal);
    link.answered();
    this.#parts.noticeStandstill();
    // Nobody who waits for a weight waits for the cache's disk, too: what is heard is known at once.
    const kept = desired.take(response);
    if (response.full) this.#parts.onFull();
    if (!signal.aborted) this.#isFresh = true;
    this.#parts.onChange();
    await kept;
    await auditor.follow(response.audit);
  }
}
