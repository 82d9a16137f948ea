import { TrafficLog } from '../../agent/traffic-log.ts';
import type { EnvironmentId } from '../../domain/ids.ts';
import { silentLog } from '../../domain/log.ts';
import type { TrafficReading } from '../../domain/observed-traffic/types.ts';
import type { Clock } from '../../engine/clock.ts';
import type { RawCounters } from '../../ports/traffic.ts';
import { agentLimits } from '../../protocol/agent-limits.ts';

/** The log of traffic of a real agent, kept by one that is played. */
export class OwnTrafficLog {
  readonly #begin: (ending: AbortController) => TrafficLog;
  #running: { readonly log: TrafficLog; readonly ending: AbortController } | null = null;

  constructor(
    environment: EnvironmentId,
    counters: () => RawCounters,
    { clock, onReading }: { readonly clock: Clock; readonly onReading: () => void },
  ) {
    this.#begin = ({ signal }) => {
      const log = new TrafficLog(environment, { counters: async () => counters() }, clock, onReading);
      void log.run({ signal, log: silentLog });
      return log;
    };
  }

  start(): void {
    if (this.#running !== null) return;
    const ending = new AbortController();
    this.#running = { log: this.#begin(ending), ending };
  }

  /** What was not told yet is lost. */
  lose(): void {
    this.#running?.ending.abort();
    this.#running = null;
  }

  unanswered(): readonly TrafficReading[] {
    return this.#running?.log.unanswered(agentLimits.trafficReadings) ?? [];
  }

  answered(readings: readonly TrafficReading[]): void {
    this.#running?.log.answered(readings);
  }
}
