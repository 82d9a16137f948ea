import type { Instant, ServiceName } from '../domain/ids.ts';
import { bucketOf } from '../domain/rollout/latency.ts';
import type { Counts } from '../domain/rollout/sample.ts';
import { type Chance, poisson } from './chance.ts';
import { type Elapsed, rateAt, valueAt } from './scenario/curve.ts';
import type { ServiceTruth, VersionTruth } from './scenario/types.ts';
import { type Counted, type Passed, type Traffic, Unread } from './world/traffic.ts';

/** What really came through the gateway up to a moment, since the one before. */
export interface TrafficPoint {
  readonly atMs: number;
  readonly percent: number;
  readonly services: Readonly<Record<ServiceName, Counted>>;
}

export interface Truth {
  readonly services: Readonly<Record<ServiceName, ServiceTruth>>;
  /** Requests that Rung sends itself, in a second, of services that declare them. */
  readonly probesPerSecond: Readonly<Record<ServiceName, number>>;
}

/** Shares of the answers that take so many times the p95: 965 of 1000 are not slower than it. */
export const latencyShape = [
  { times: 0.35, share: 0.55 },
  { times: 0.6, share: 0.3 },
  { times: 1, share: 0.115 },
  { times: 1.6, share: 0.035 },
] as const;

/**
 * Draws what a gateway would count, given what is really so. Requests, errors and answers of each speed are independent
 * Poisson counts: the same as if each request were drawn.
 */
export class DrawnTraffic implements Traffic {
  readonly points: TrafficPoint[] = [];
  readonly #truth: Truth;
  readonly #chance: Chance;
  readonly #elapsed: () => Elapsed;
  readonly #now: () => Instant;
  readonly #unread = new Unread();

  constructor(truth: Truth, chance: Chance, time: { elapsed: () => Elapsed; now: () => Instant }) {
    this.#truth = truth;
    this.#chance = chance;
    this.#elapsed = time.elapsed;
    this.#now = time.now;
  }

  read = () => this.#unread.take();

  pass({ desired, percent, durationMs }: Passed): void {
    const elapsed = this.#elapsed();
    const services: Record<ServiceName, Counted> = {};
    for (const { service, candidate } of desired.services) {
      const truth = this.#truth.services[service];
      if (candidate === null || truth === undefined) continue;
      const counted = this.#count(service, truth, percent / 100, durationMs / 1000, elapsed);
      services[service] = counted;
      this.#unread.add(service, counted);
    }
    this.points.push({ atMs: elapsed.sinceStartMs, percent, services });
  }

  #count(
    service: ServiceName,
    truth: ServiceTruth,
    share: number,
    seconds: number,
    elapsed: Elapsed,
  ): Counted {
    const people = rateAt(truth.traffic, elapsed, this.#now()) * seconds;
    const probes = (this.#truth.probesPerSecond[service] ?? 0) * seconds;
    const draw = (version: VersionTruth, part: number): Counts =>
      this.#draw(version, people * part, probes * part, elapsed);
    return { candidate: draw(truth.candidate, share), stable: draw(truth.stable, 1 - share) };
  }

  #draw(version: VersionTruth, people: number, probes: number, elapsed: Elapsed): Counts {
    const mean = people + probes;
    const errorRatio = valueAt(version.errorRatio, elapsed);
    const p95Ms = valueAt(version.p95Ms, elapsed);
    const errors = poisson(this.#chance, mean * errorRatio);
    const latency: Record<number, number> = {};
    let requests = errors;
    for (const [index, { times, share }] of latencyShape.entries()) {
      const good = poisson(this.#chance, mean * (1 - errorRatio) * share);
      const count = good + (index === 0 ? errors : 0);
      requests += good;
      const bucket = bucketOf(p95Ms * times);
      if (count > 0) latency[bucket] = (latency[bucket] ?? 0) + count;
    }
    return { requests, errors, probes: mean === 0 ? 0 : Math.round((requests * probes) / mean), latency };
  }
}
