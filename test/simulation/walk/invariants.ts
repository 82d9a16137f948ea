import { expect } from 'vitest';
import type { Environment } from '../../../src/domain/environment.ts';
import type { Promotion } from '../../../src/domain/promotion.ts';
import { isLive, type Rollout, type RolloutPhase, wantedPercent } from '../../../src/domain/rollout/types.ts';
import { everyOne } from '../../../src/lifecycle/lookup.ts';
import { environments, type World } from './world.ts';

export interface State {
  readonly environments: readonly Environment[];
  readonly promotions: readonly Promotion[];
  readonly rollouts: readonly Rollout[];
}

export const stateOf = ({ plane }: World): Promise<State> =>
  plane.parts.store.read(async (reader) => {
    const all = async <K extends 'environment' | 'promotion' | 'rollout'>(kind: K) =>
      (await everyOne(reader, plane.project, kind)).map((one) => one.value);
    return {
      environments: await all('environment'),
      promotions: await all('promotion'),
      rollouts: await all('rollout'),
    };
  });

const exposing: readonly RolloutPhase[] = ['canary', 'promoting', 'watching', 'held'];
const over: ReadonlySet<RolloutPhase> = new Set([
  'rolled back',
  'rollback failed',
  'succeeded',
  'superseded',
]);
const back: readonly RolloutPhase[] = ['rolling back', 'rolled back', 'rollback failed'];

/** What must hold whenever nothing is under way. Remembers what it saw, to see what may never happen again. */
export class Invariants {
  readonly #world: World;
  readonly #phases = new Map<string, RolloutPhase>();
  readonly #generations = new Map<string, number>();
  readonly #unjudged = new Map<string, { readonly word: string; readonly sinceMs: number }>();

  constructor(world: World) {
    this.#world = world;
  }

  async hold(): Promise<void> {
    const state = await stateOf(this.#world);
    this.#oneChangeAtATime(state);
    for (const rollout of state.rollouts) this.#neverForwardAgain(rollout);
    for (const rollout of state.rollouts) this.#heldWithoutJudge(rollout);
    this.#exposedAsAsked(state);
    await this.#nothingIsStuck(state);
    for (const environment of state.environments) runsWhatItSays(environment);
  }

  #oneChangeAtATime({ rollouts }: State): void {
    for (const name of environments) {
      const live = rollouts.filter((one) => one.environment === this.#world.ids[name] && isLive(one.state));
      expect(live.length, `live rollouts in ${name}`).toBeLessThanOrEqual(1);
    }
  }

  #neverForwardAgain({ id, state, generation }: Rollout): void {
    const before = this.#phases.get(id);
    if (before !== undefined && over.has(before)) expect(state.phase).toBe(before);
    if (before !== undefined && back.includes(before)) expect(back).toContain(state.phase);
    expect(generation).toBeGreaterThanOrEqual(this.#generations.get(id) ?? 1);
    this.#phases.set(id, state.phase);
    this.#generations.set(id, generation);
  }

  /** Nobody judges for longer than the lease: then it is known to be held at 0 %. A restart begins to count anew. */
  #heldWithoutJudge(rollout: Rollout): void {
    const { plane, ids, stopped, done } = this.#world;
    const nowMs = plane.clock.monotonicMs();
    const isAway = environments.some((name) => ids[name] === rollout.environment && stopped.has(name));
    const word = `${rollout.state.phase} ${rollout.generation}`;
    const before = this.#unjudged.get(rollout.id);
    if (!isAway || !isLeased(rollout) || before?.word !== word || done.at(-1) === 'restart')
      this.#unjudged.set(rollout.id, { word, sinceMs: nowMs });
    const { sinceMs } = this.#unjudged.get(rollout.id) ?? { sinceMs: nowMs };
    expect(nowMs - sinceMs, `${word} without a judge`).toBeLessThanOrEqual(
      (rollout.policy?.leaseMs ?? 0) + 1000,
    );
  }

  /** An agent that runs has done what it was told by now: nothing takes requests that should not. */
  #exposedAsAsked({ rollouts }: State): void {
    for (const name of environments) {
      const { gateway } = this.#world.agents[name];
      const exposed = gateway.exposed();
      if (exposed !== null)
        expect(gateway.wasTakenBack(exposed.rollout), `${name} exposes it again`).toBe(false);
      if (exposed === null || this.#world.stopped.has(name)) continue;
      const rollout = rollouts.find((one) => one.id === exposed.rollout);
      expect(exposing, `${name} exposes a rollout that is ${rollout?.state.phase}`).toContain(
        rollout?.state.phase,
      );
      if (rollout !== undefined) expect(exposed.percent).toBe(wantedPercent(rollout));
    }
  }

  /** A lost wake-up shows as a promotion that waits for nothing. */
  async #nothingIsStuck({ promotions, rollouts }: State): Promise<void> {
    const { control, project } = this.#world.plane;
    for (const { id, state } of promotions) {
      if (state.phase === 'waiting') {
        const { admission } = await control.promotion(project, id);
        expect(admission.blockers, `promotion ${id} waits for nothing`).not.toEqual([]);
      }
      if (state.phase === 'running') {
        const rollout = rollouts.find((one) => one.id === state.rollout);
        expect(rollout !== undefined && isLive(rollout.state), `promotion ${id} runs nothing`).toBe(true);
      }
    }
  }
}

const isLeased = ({ state, policy }: Rollout): boolean =>
  policy !== null &&
  (state.phase === 'canary' ||
    state.phase === 'promoting' ||
    (state.phase === 'held' && state.percent > 0 && state.from.phase !== 'watching'));

function runsWhatItSays({ stable, deployments }: Environment): void {
  const open = deployments.filter((one) => one.until === null);
  expect(open.length).toBeLessThanOrEqual(1);
  const newest = deployments.at(-1);
  if (newest === undefined || newest.isPartial || newest.until !== null) return;
  for (const service of newest.services) expect(stable[service]).toBeDefined();
}
