import { digestOf } from '../domain/canonical.ts';
import { type EnvironmentName, type Instant, later, type ServiceName } from '../domain/ids.ts';
import {
  bucketMs,
  emptyHour,
  hourMs,
  hourOf,
  piecesOf,
  withPiece,
} from '../domain/observed-traffic/hours.ts';
import type { CountsByService, TrafficCounts, TrafficHour } from '../domain/observed-traffic/types.ts';
import type { Rung } from '../domain/pipeline.ts';
import type { ProjectFile } from '../domain/project-file/types.ts';
import { environmentNamed } from '../lifecycle/lookup.ts';
import type { RawCounters } from '../ports/traffic.ts';
import { type Chance, chanceFrom, poisson } from './chance.ts';
import { type Elapsed, rateAt, valueAt } from './scenario/curve.ts';
import type { Scenario } from './scenario/types.ts';
import { SimulatedAgent } from './world/agent.ts';
import type { Plane } from './world/plane.ts';

const observedBesidesMs = hourMs;
/** So that what is drawn of the release in its target is the same whether a gate looks back or not. */
const otherSeed = 0x5bd1e995;
const noCounts: TrafficCounts = { requests: 0, errors: 0 };
const noTraffic = { pass: () => undefined, read: () => ({}) };

/**
 * The environment that a release comes from, as far as a gate looks back at its traffic: what its agent saw before the
 * curtain rises, and what it goes on to see. false: no gate does, and nobody looks.
 */
export async function playBefore(
  plane: Plane,
  scenario: Scenario,
  { file, rung, seed }: { readonly file: ProjectFile; readonly rung: Rung | null; readonly seed: number },
): Promise<boolean> {
  const name = rung?.before.at(-1)?.environment;
  const lookBackMs = Math.max(
    0,
    ...(rung?.step.gates ?? []).map((gate) => (gate.kind === 'stability' ? gate.forMs : 0)),
  );
  if (name === undefined || lookBackMs === 0) return false;
  const counted = new DrawnCounts(scenario, file, chanceFrom(seed ^ otherSeed));
  await putHistory(plane, name, scenario.observedMs ?? lookBackMs + observedBesidesMs, counted);
  const counters = countersOf(plane, counted);
  void new SimulatedAgent(plane, name, { traffic: noTraffic, broken: new Set(), counters });
  return true;
}

/** Draws how many requests came in a while, and how many of them failed. */
class DrawnCounts {
  readonly #truth: Scenario['before'];
  readonly #services: readonly (readonly [ServiceName, number])[];
  readonly #chance: Chance;

  constructor({ before }: Scenario, { services }: ProjectFile, chance: Chance) {
    this.#truth = before;
    this.#services = Object.entries(services).map(([name, { probe }]) => [
      name as ServiceName,
      probe?.perSecond ?? 0,
    ]);
    this.#chance = chance;
  }

  /** `elapsed` may be before the start. */
  draw(elapsed: Elapsed, now: Instant, durationMs: number): CountsByService {
    const { traffic, errorRatio } = this.#truth;
    const people = rateAt(traffic, elapsed, now);
    const ratio = valueAt(errorRatio, elapsed);
    const draw = (probes: number): TrafficCounts => {
      const mean = ((people + probes) * durationMs) / 1000;
      const errors = poisson(this.#chance, mean * ratio);
      return { requests: errors + poisson(this.#chance, mean * (1 - ratio)), errors };
    };
    return Object.fromEntries(
      this.#services.map(([name, probes]) => [name, draw(probes)]),
    ) as CountsByService;
  }
}

async function putHistory(
  plane: Plane,
  name: EnvironmentName,
  observedMs: number,
  counted: DrawnCounts,
): Promise<void> {
  const { project, clock, parts } = plane;
  const now = clock.now();
  await parts.store.transaction(async (tx) => {
    const { id } = (await environmentNamed(tx, project, name)).value;
    const hours = new Map<Instant, TrafficHour>();
    for (let endsAt = now; endsAt > now - observedMs; endsAt = later(endsAt, -bucketMs)) {
      const coveredMs = Math.min(bucketMs, endsAt - (now - observedMs));
      const services = counted.draw(elapsedAt(endsAt - now), endsAt, coveredMs);
      for (const piece of piecesOf(endsAt, coveredMs, services)) {
        const hour = hours.get(hourOf(piece.at)) ?? emptyHour(project, id, hourOf(piece.at));
        hours.set(hour.hour, withPiece(hour, piece));
      }
    }
    for (const hour of hours.values()) await tx.put(project, 'traffic', hour.id, hour, 0);
  });
}

const elapsedAt = (sinceStartMs: number): Elapsed => ({ sinceStartMs, sinceFirstRequestMs: null });

/** What its gateway counts on and on, drawn as far as it is read. */
function countersOf({ clock }: Plane, counted: DrawnCounts): () => RawCounters {
  const artifact = digestOf('whatever runs');
  const sum = new Map<ServiceName, TrafficCounts>();
  let readMs = clock.monotonicMs();
  return () => {
    const monotonicMs = clock.monotonicMs();
    const durationMs = monotonicMs - readMs;
    const middle = later(clock.now(), -durationMs / 2);
    const grown = counted.draw(elapsedAt(readMs + durationMs / 2), middle, durationMs);
    readMs = monotonicMs;
    for (const [name, { requests, errors }] of Object.entries(grown) as [ServiceName, TrafficCounts][]) {
      const before = sum.get(name) ?? noCounts;
      sum.set(name, { requests: before.requests + requests, errors: before.errors + errors });
    }
    const services = [...sum].map(([name, counts]) => [
      name,
      { variants: { [artifact]: { ...counts, refused: 0, probes: 0, latency: {} } } },
    ]);
    return {
      epoch: 'one',
      monotonicMs,
      effectivePercent: 0,
      services: Object.fromEntries(services) as RawCounters['services'],
    };
  };
}
