import { isFailure } from '../domain/failure.ts';
import type { EnvironmentId, ServiceName } from '../domain/ids.ts';
import type { CountsByService, TrafficCounts, TrafficReading } from '../domain/observed-traffic/types.ts';
import type { Clock } from '../engine/clock.ts';
import type { Context } from '../ports/provider.ts';
import type { RawCounters, Traffic } from '../ports/traffic.ts';

/** A slow pace: it is for what is looked back at, not for the judge. Who has just begun reads sooner. */
const readTrafficEveryMs = 60_000;
const firstWaitMs = 5000;
/** Whoever reads so much later than it meant to was stopped, and cannot vouch for the time in between. */
const vouchedTurns = 2.5;
/** A day and some; beyond it the oldest are lost, and with them their time, but no request: counts are cumulative. */
const mostUnanswered = 1500;

/**
 * Reads the counters of one environment's gateway again and again, rollout or not. The first reading is made at once, so
 * that what came while no agent was there is told as soon as one is.
 */
export class TrafficLog {
  readonly #environment: EnvironmentId;
  readonly #traffic: Pick<Traffic, 'counters'>;
  readonly #clock: Clock;
  readonly #onReading: () => void;
  #unanswered: readonly TrafficReading[] = [];
  #last: { readonly epoch: string; readonly monotonicMs: number } | null = null;

  constructor(
    environment: EnvironmentId,
    traffic: Pick<Traffic, 'counters'>,
    clock: Clock,
    onReading: () => void,
  ) {
    this.#environment = environment;
    this.#traffic = traffic;
    this.#clock = clock;
    this.#onReading = onReading;
  }

  async run(context: Context): Promise<void> {
    let waitMs = firstWaitMs;
    while (!context.signal.aborted) {
      // A gateway that is not there yet will be soon.
      if (!(await this.read(context))) waitMs = firstWaitMs;
      await this.#clock.sleep(waitMs, context.signal).catch(() => undefined);
      waitMs = Math.min(readTrafficEveryMs, waitMs * 2);
    }
  }

  /** false: the gateway could not be read. */
  async read(context: Context): Promise<boolean> {
    try {
      this.#note(await this.#traffic.counters(context));
      this.#onReading();
      return true;
    } catch (thrown) {
      if (!context.signal.aborted && !isFailure(thrown))
        context.log.warn({ error: String(thrown) }, 'The counters of the gateway cannot be read');
      return false;
    }
  }

  unanswered(limit: number): readonly TrafficReading[] {
    return this.#unanswered.slice(0, limit);
  }

  /** The control plane has these. */
  answered(readings: readonly TrafficReading[]): void {
    this.#unanswered = this.#unanswered.filter((one) => !readings.includes(one));
  }

  #note({ epoch, services }: RawCounters): void {
    const monotonicMs = this.#clock.monotonicMs();
    const before = this.#last;
    this.#last = { epoch, monotonicMs };
    // Of a gateway that ended meanwhile nobody knows what it did last.
    const sinceMs = before?.epoch === epoch ? monotonicMs - before.monotonicMs : 0;
    const coveredMs = sinceMs <= vouchedTurns * readTrafficEveryMs ? sinceMs : 0;
    const reading: TrafficReading = {
      environment: this.#environment,
      epoch,
      at: this.#clock.now(),
      coveredMs,
      services: countsOf(services),
    };
    this.#unanswered = [...this.#unanswered, reading].slice(-mostUnanswered);
  }
}

const countsOf = (services: RawCounters['services']): CountsByService =>
  Object.fromEntries(
    (Object.entries(services) as [ServiceName, RawCounters['services'][ServiceName]][]).map(
      ([service, { variants }]) => [service, sumOf(Object.values(variants))],
    ),
  );

const sumOf = (variants: readonly TrafficCounts[]): TrafficCounts =>
  variants.reduce<TrafficCounts>(
    (sum, { requests, errors }) => ({ requests: sum.requests + requests, errors: sum.errors + errors }),
    { requests: 0, errors: 0 },
  );
