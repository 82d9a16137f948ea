import { bucketMs } from '../domain/observed-traffic/hours.ts';
import { type Rung, rungOf } from '../domain/pipeline.ts';
import type { RolloutPolicy } from '../domain/project-file/types.ts';
import type { Recording } from '../domain/rollout/recording.ts';
import type { ParsedProjectFile } from '../lifecycle/declare/parse.ts';
import { Cast } from './cast.ts';
import { chanceFrom } from './chance.ts';
import { DrawnTraffic, type TrafficPoint } from './drawn-traffic.ts';
import { EndWatch } from './ending.ts';
import { judged } from './expectation.ts';
import { playBefore } from './environment-before.ts';
import { Happenings } from './happenings.ts';
import { Obstacles } from './obstacles.ts';
import type { Met, Played } from './played.ts';
import { Outside, outsideOf, watchAlarms } from './outside.ts';
import { closedAtFirst, withEvidence } from './scenario/gates.ts';
import type { Scenario } from './scenario/types.ts';
import { setStage } from './stage.ts';
import { Timeline } from './timeline.ts';
import { tellTruths } from './truths.ts';
import { SimulatedAgent } from './world/agent.ts';
import type { AskedPrograms } from './world/asked-programs.ts';
import { type Plane, simulatePlane } from './world/plane.ts';

/** A scenario that says no duration is played for so long at the most. */
const longestMs = 7 * 86_400_000;
/** One that is held, with nothing more to come, for so long. */
const heldForMs = 600_000;

/** Plays a scenario by a project file, in virtual time. The same seed gives the same run. */
export async function playScenario(
  written: ParsedProjectFile,
  scenario: Scenario,
  seed: number = scenario.seed,
): Promise<Played> {
  const gates = rungOf(written.file, scenario.to)?.step.gates ?? [];
  const closed = closedAtFirst(gates, scenario.missing, scenario.happens);
  const parsed = { ...written, file: withEvidence(written.file, closed) };
  const { programs, options } = outsideOf(parsed.file, scenario, closed);
  const plane = await simulatePlane(parsed, seed, {
    ...options,
    beginsAt: scenario.beginsAt,
    trusting: true,
  });
  try {
    return await new Performance(plane, parsed, scenario, { seed, programs }).played();
  } finally {
    await plane.close();
  }
}

class Performance {
  readonly #plane: Plane;
  readonly #parsed: ParsedProjectFile;
  readonly #scenario: Scenario;
  readonly #seed: number;
  readonly #programs: AskedPrograms;
  readonly #rung: Rung | null;
  readonly #policy: RolloutPolicy | null;

  constructor(
    plane: Plane,
    parsed: ParsedProjectFile,
    scenario: Scenario,
    { seed, programs }: { readonly seed: number; readonly programs: AskedPrograms },
  ) {
    this.#programs = programs;
    this.#plane = plane;
    this.#parsed = parsed;
    this.#scenario = scenario;
    this.#seed = seed;
    this.#rung = rungOf(parsed.file, scenario.to);
    this.#policy = this.#rung?.step.rollout ?? null;
  }

  async played(): Promise<Played> {
    const { file } = this.#parsed;
    const scenario = this.#scenario;
    await setStage(this.#plane, scenario, file);
    const looksBack = await playBefore(this.#plane, scenario, { file, rung: this.#rung, seed: this.#seed });
    await watchAlarms(this.#plane, file, scenario);
    const timeline = new Timeline(this.#plane, this.#environment());
    await timeline.begin();
    const cast = new Cast(this.#plane, scenario, file, timeline);
    const end = new EndWatch(this.#plane, cast, timeline);
    const obstacles = new Obstacles(this.#plane, cast, timeline);
    const { traffic, happenings } = this.#world(cast, timeline, () => obstacles.look());
    await cast.begin();
    obstacles.look();
    // What an agent counts opens and closes a gate without an event.
    if (looksBack) this.#plane.clock.every(bucketMs, () => obstacles.look());
    await this.#run(end, cast, happenings);
    const ended = await end.ended();
    const met = metIn(traffic.points);
    return {
      name: scenario.name,
      title: scenario.title,
      about: scenario.about,
      to: scenario.to,
      release: scenario.release,
      seed: this.#seed,
      ended,
      tookMs: this.#plane.clock.monotonicMs(),
      met,
      timeline: timeline.entries,
      expectation: judged(scenario.expect, ended, met),
      recording: await this.#recording(cast),
      points: traffic.points,
      limits:
        this.#policy === null
          ? null
          : { errorLimit: this.#policy.errors.limit, latencyFactor: this.#policy.latency.factor },
    };
  }

  #environment() {
    const mine = this.#plane.declared.environments.find(({ name }) => name === this.#scenario.to);
    if (mine === undefined) throw new Error(`${this.#scenario.to} was not declared`);
    return mine.id;
  }

  #world(cast: Cast, timeline: Timeline, look: () => void) {
    const { clock } = this.#plane;
    const scenario = this.#scenario;
    const elapsed = () => {
      const sinceStartMs = clock.monotonicMs();
      const { firstRequestMs } = happenings;
      const sinceFirstRequestMs = firstRequestMs === null ? null : sinceStartMs - firstRequestMs;
      return { sinceStartMs, sinceFirstRequestMs };
    };
    const truth = { services: scenario.services, probesPerSecond: this.#probes() };
    const traffic = new DrawnTraffic(truth, chanceFrom(this.#seed), { elapsed, now: clock.now });
    const agent = new SimulatedAgent(this.#plane, scenario.to, {
      traffic,
      broken: new Set(scenario.smoke === 'fail' ? [scenario.release] : []),
      onWeight: (percent) => {
        if (percent > 0) happenings.firstRequest();
      },
    });
    const lookEveryMs = Math.min(5000, (this.#policy?.errors.forMs ?? 120_000) / 24);
    const ground = { plane: this.#plane, scenario, file: this.#parsed.file };
    const outside = new Outside(ground, this.#programs, timeline);
    const happenings = new Happenings({ ...ground, agent, cast, outside, timeline, look, lookEveryMs });
    happenings.plan(scenario.happens);
    tellTruths(scenario, happenings, timeline);
    return { traffic, happenings };
  }

  #probes() {
    const { services } = this.#parsed.file;
    return Object.fromEntries(
      Object.entries(services).map(([name, { probe }]) => [name, probe?.perSecond ?? 0]),
    );
  }

  async #recording(cast: Cast): Promise<Recording | null> {
    const { control, project } = this.#plane;
    if (cast.promotion === null) return null;
    const { state } = await control.promotion(project, cast.promotion);
    const id = 'rollout' in state ? state.rollout : null;
    return id === null ? null : control.recording(project, id, { limit: Number.POSITIVE_INFINITY });
  }

  async #run(end: EndWatch, cast: Cast, happenings: Happenings): Promise<void> {
    const { clock } = this.#plane;
    const { durationMs } = this.#scenario;
    const isDone = (): boolean => {
      if (end.isOver) return true;
      if (happenings.toCome > 0) return false;
      if (cast.promotion === null && cast.refused !== null) return true;
      return end.heldSinceMs !== null && clock.monotonicMs() - end.heldSinceMs >= heldForMs;
    };
    if (durationMs === null) await clock.runUntil(isDone, longestMs);
    else await clock.advance(durationMs);
  }
}

function metIn(points: readonly TrafficPoint[]): Met {
  const met = { requests: 0, failed: 0, stableRequests: 0, stableFailed: 0 };
  for (const { services } of points)
    for (const { candidate, stable } of Object.values(services)) {
      met.requests += candidate.requests;
      met.failed += candidate.errors;
      met.stableRequests += stable.requests;
      met.stableFailed += stable.errors;
    }
  return met;
}
