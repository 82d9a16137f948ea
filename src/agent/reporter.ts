import { isFailure } from '../domain/failure.ts';
import type { EnvironmentId } from '../domain/ids.ts';
import type { TrafficReading } from '../domain/observed-traffic/types.ts';
import type { Sample } from '../domain/rollout/sample.ts';
import type { Clock } from '../engine/clock.ts';
import { agentLimits } from '../protocol/agent-limits.ts';
import { type Observation, type ObservationRequest, protocolVersion } from '../protocol/messages.ts';
import type { ControlLink } from './control-link.ts';
import { Waker } from './waker.ts';

export interface SampleSource {
  unanswered(limit: number): readonly Sample[];
  answered(samples: readonly Sample[]): void;
}

export interface ReadingSource {
  unanswered(limit: number): readonly TrafficReading[];
  answered(readings: readonly TrafficReading[]): void;
}

interface Pending {
  readonly observation: Observation;
  /** It as text, by which two are told apart. */
  readonly text: string;
  readonly heartbeatMs: number;
}

const firstRetryMs = 100;
const longestRetryMs = 3000;
/** What has to be told wakes it; this is for what might be forgotten. */
const longestWaitMs = 60_000;

/**
 * Tells the control plane what was seen. A message keeps its number until it is answered, with the same content: so
 * it counts once, however often it has to be sent. What is said meanwhile waits for the next one.
 */
export class Reporter {
  readonly #boot: string;
  readonly #clock: Clock;
  readonly #link: ControlLink;
  readonly #waker: Waker;
  readonly #sources = new Map<EnvironmentId, SampleSource>();
  readonly #readings = new Map<EnvironmentId, ReadingSource>();
  readonly #latest = new Map<EnvironmentId, Pending>();
  readonly #told = new Map<EnvironmentId, { readonly text: string; readonly atMs: number }>();
  #countersignature: ObservationRequest['countersignature'] = null;
  #sequence = 0;

  constructor(boot: string, clock: Clock, link: ControlLink) {
    this.#boot = boot;
    this.#clock = clock;
    this.#link = link;
    this.#waker = new Waker(clock);
  }

  /** The latest word on an environment replaces the one before. Told again after `heartbeatMs` even when it is the same. */
  put(observation: Observation, heartbeatMs: number): void {
    const text = JSON.stringify(observation);
    this.#latest.set(observation.environment, { observation, text, heartbeatMs });
    this.#waker.wake();
  }

  /** The control plane knows nothing of what it was told, or may not: it is told all anew. */
  tellAnew(): void {
    this.#told.clear();
    this.#waker.wake();
  }

  countersign(countersignature: NonNullable<ObservationRequest['countersignature']>): void {
    this.#countersignature = countersignature;
    this.#waker.wake();
  }

  /** One for each environment; a later one replaces it. */
  addSource(environment: EnvironmentId, source: SampleSource): void {
    this.#sources.set(environment, source);
  }

  /** One for each environment; a later one replaces it. */
  readTrafficFrom(environment: EnvironmentId, source: ReadingSource): void {
    this.#readings.set(environment, source);
  }

  wake(): void {
    this.#waker.wake();
  }

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const message = this.#next();
      if (message === null) await this.#waker.wait(this.#untilHeartbeatMs(), signal);
      else await this.#send(message, signal);
    }
  }

  #next(): ObservationRequest | null {
    const observations = [...this.#latest.values()]
      .filter((pending) => this.#isNews(pending))
      .map(({ observation }) => observation)
      .slice(0, agentLimits.observations);
    const samples = [...this.#sources.values()].flatMap((source) => source.unanswered(agentLimits.samples));
    const traffic = [...this.#readings.values()]
      .flatMap((source) => source.unanswered(agentLimits.trafficReadings))
      .slice(0, agentLimits.trafficReadings);
    const isEmpty = observations.length + samples.length + traffic.length === 0;
    if (isEmpty && this.#countersignature === null) return null;
    this.#sequence += 1;
    return {
      protocol: protocolVersion,
      boot: this.#boot,
      sequence: this.#sequence,
      observations,
      samples: fitting(samples.slice(0, agentLimits.samples), shares.samples),
      ...(traffic.length > 0 && { traffic: fitting(traffic, shares.traffic) }),
      countersignature: this.#countersignature,
    };
  }

  #isNews(pending: Pending): boolean {
    const told = this.#told.get(pending.observation.environment);
    return told?.text !== pending.text || this.#dueMs(pending) <= this.#clock.monotonicMs();
  }

  /** When it is to be told though nothing is new. */
  #dueMs({ observation, heartbeatMs }: Pending): number {
    return (this.#told.get(observation.environment)?.atMs ?? Number.NEGATIVE_INFINITY) + heartbeatMs;
  }

  #untilHeartbeatMs(): number {
    const due = [...this.#latest.values()].map((pending) => this.#dueMs(pending));
    return Math.max(0, Math.min(longestWaitMs, ...due.map((ms) => ms - this.#clock.monotonicMs())));
  }

  async #send(message: ObservationRequest, signal: AbortSignal): Promise<void> {
    let retryMs = firstRetryMs;
    while (!signal.aborted) {
      try {
        await this.#link.client.observe(message, signal);
        this.#link.answered();
        return this.#noteTold(message);
      } catch (thrown) {
        this.#link.failed(thrown);
        // Saying the same again would not make it understood; the control plane's log has it.
        if (isFailure(thrown) && (thrown.kind === 'invalid' || thrown.code === 'environment-foreign'))
          return this.#noteTold(message);
        await this.#link.rest(retryMs, signal);
        retryMs = Math.min(longestRetryMs, retryMs * 2);
      }
    }
  }

  #textOf(observation: Observation): string {
    const latest = this.#latest.get(observation.environment);
    return latest?.observation === observation ? latest.text : JSON.stringify(observation);
  }

  #noteTold(message: ObservationRequest): void {
    const atMs = this.#clock.monotonicMs();
    for (const observation of message.observations)
      this.#told.set(observation.environment, { text: this.#textOf(observation), atMs });
    if (this.#countersignature === message.countersignature) this.#countersignature = null;
    for (const source of this.#readings.values()) source.answered(message.traffic ?? []);
    for (const source of this.#sources.values()) source.answered(message.samples);
  }
}

/** A message that is too large is refused, with all that is in it; so what there may be much of has its share. */
const shares = { samples: agentLimits.bodyBytes / 2, traffic: agentLimits.bodyBytes / 4 };

/** The first of them, as many as have room; one at least. The others come with the next message. */
function fitting<T>(all: readonly T[], mostBytes: number): readonly T[] {
  let bytes = 0;
  const end = all.findIndex((one, index) => {
    bytes += Buffer.byteLength(JSON.stringify(one)) + 1;
    return index > 0 && bytes > mostBytes;
  });
  return end < 0 ? all : all.slice(0, end);
}
