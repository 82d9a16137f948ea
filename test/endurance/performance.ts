import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connectToApi } from '../../src/cli/api-client.ts';
import type { RungClient } from '../../src/cli/rung-client.ts';
import type { Recording } from '../../src/domain/rollout/recording.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { parseProjectFile } from '../../src/lifecycle/declare/parse.ts';
import type { PromotionView } from '../../src/lifecycle/views.ts';
import { latencyShape } from '../../src/simulate/drawn-traffic.ts';
import type { Curve, Moment, RateCurve } from '../../src/simulate/scenario/curve.ts';
import { parseScenario } from '../../src/simulate/scenario/parse.ts';
import type { Happening, Scenario, VersionTruth } from '../../src/simulate/scenario/types.ts';
import { isTold } from '../../src/simulate/timeline.ts';
import { type Seen, sendShoppers } from '../../src/story/shoppers.ts';
import { type Rung, until } from './rung.ts';

/** The project whose scenarios are performed. */
export const theatre = join(import.meta.dirname, 'performed');

/** Files of the project beside the service's truth, by name. */
export async function theatreFiles(): Promise<Readonly<Record<string, string>>> {
  const names = ['rung.yaml', 'web/server.js', 'web/package.json'];
  const texts = await Promise.all(names.map((name) => readFile(join(theatre, name), 'utf8')));
  return Object.fromEntries(names.map((name, index) => [name, texts[index] ?? '']));
}

export const scenarioFile = (name: string): string => join(theatre, 'scenarios', `${name}.yaml`);

export async function readTheatreScenario(name: string): Promise<Scenario> {
  const { file } = parseProjectFile(await readFile(join(theatre, 'rung.yaml')), 'rung.yaml');
  return parseScenario(await readFile(scenarioFile(name)), name, file);
}

/** What came of a performance. */
export interface Performed {
  readonly recording: Recording;
  /** Of the promotion. */
  readonly ended: PromotionView['state']['phase'];
  /** What the log says of the environment since the curtain rose, oldest first. */
  readonly messages: readonly string[];
  /** What clients met. */
  readonly seen: Seen;
}

/** Has one version of the service answer as a scenario says, and brings it into dev. */
export async function bringToDev(rung: Rung, version: string, truth: VersionTruth): Promise<void> {
  const habit = {
    version,
    errorRatio: steady(truth.errorRatio),
    p95Ms: steady(truth.p95Ms),
    latencyShape,
  };
  await rung.write({ 'web/truth.json': JSON.stringify(habit) });
  await rung.merge(`feat: ${version}`);
  await rung.runs('dev', version);
}

/** Performs a scenario with real programs, clients and people's own calls. What runs already is what it begins with. */
export async function perform(rung: Rung, scenario: Scenario): Promise<Performed> {
  const truth = truthOf(scenario);
  await bringToDev(rung, scenario.release, truth.candidate);
  const before = (await rung.events(scenario.to)).at(-1)?.position ?? 0;
  using shoppers = sendShoppers(await rung.urlOf(scenario.to), steady(truth.traffic), systemClock);
  await shoppers.afterAnswers(steady(truth.traffic));
  shoppers.take();
  const promotion = await new Performance(rung, scenario).played();
  const rollout = 'rollout' in promotion.state ? promotion.state.rollout : null;
  const events = await rung.events(scenario.to);
  return {
    recording: await (await clientOf(rung, 'ada@example.org')).recording(rollout ?? ''),
    ended: promotion.state.phase,
    messages: events
      .filter(({ position, kind }) => position > before && isTold(kind))
      .map(({ message }) => message),
    seen: shoppers.take(),
  };
}

type Acts = Extract<Happening, { readonly kind: 'act' }>;

class Performance {
  readonly #rung: Rung;
  readonly #scenario: Scenario;
  readonly #startedMs = systemClock.monotonicMs();
  #firstRequestMs: number | null = null;
  #promotion: PromotionView | null = null;

  constructor(rung: Rung, scenario: Scenario) {
    this.#rung = rung;
    this.#scenario = scenario;
  }

  /** Everybody does what the scenario says, in its order and not before its time. */
  async played(): Promise<PromotionView> {
    for (const one of this.#scenario.happens) {
      if (one.kind !== 'act') throw new Error(`nobody can perform "${one.kind}" here`);
      await this.#comes(one.when);
      await this.#act(one);
    }
    const ada = await clientOf(this.#rung, 'ada@example.org');
    return until('the end of the performance', async () => {
      const now = await ada.promotion(this.#asked().id);
      return ['waiting', 'running'].includes(now.state.phase) ? null : now;
    });
  }

  async #comes({ since, ms }: Moment): Promise<void> {
    if (since === 'first request') this.#firstRequestMs ??= await this.#firstRequest();
    const fromMs = since === 'start' ? this.#startedMs : (this.#firstRequestMs ?? 0);
    await systemClock.sleep(Math.max(0, fromMs + ms - systemClock.monotonicMs()));
  }

  /** When the new version was first seen to take requests. */
  async #firstRequest(): Promise<number> {
    const ada = await clientOf(this.#rung, 'ada@example.org');
    return until('the first request', async () => {
      const { rollout } = await ada.environment(this.#scenario.to);
      if (rollout === null) return null;
      return (await ada.rollout(rollout)).state.phase === 'canary' ? systemClock.monotonicMs() : null;
    });
  }

  async #act({ does, who, why }: Acts): Promise<void> {
    if (who === null) throw new Error('a performance names who acts');
    const { to, release } = this.#scenario;
    const client = await clientOf(this.#rung, who);
    const reason = why ?? undefined;
    const rollout = async (): Promise<string> => (await client.environment(to)).rollout ?? '';
    switch (does) {
      case 'promote':
        this.#promotion = await client.promote({ release, to, reason });
        return;
      case 'approve':
        return void (await client.approve(this.#asked().id, { planHash: this.#asked().plan.hash }));
      case 'pause':
        return void (await client.pause(await rollout(), why ?? ''));
      case 'resume':
        return void (await client.resume(await rollout(), why ?? ''));
      case 'take back':
        return void (await client.abort(await rollout(), why ?? 'as the scenario says'));
      case 'advance':
      case 'reject':
      case 'validate':
      case 'waive':
      case 'ask again':
      case 'make exception':
      case 'delegate':
      case 'promote in emergency':
      case 'confirm emergency':
      case 'request change':
      case 'edit change':
      case 'approve change':
      case 'reject change':
        throw new Error(`nobody can ${does} here`);
    }
  }

  #asked(): PromotionView {
    if (this.#promotion === null) throw new Error('nothing was asked for yet');
    return this.#promotion;
  }
}

/** The API as the command line speaks to it, as a member. */
export async function clientOf(rung: Rung, actAs: string): Promise<RungClient> {
  const { url, project } = await rung.address();
  return connectToApi({ url, project, token: await rung.token(), actAs }, systemClock);
}

/** Of the one service there is. */
export function truthOf({ services }: Scenario): Scenario['services'][keyof Scenario['services']] {
  const [only, ...more] = Object.values<Scenario['services'][keyof Scenario['services']]>(services);
  if (only === undefined || more.length > 0) throw new Error('one service is performed');
  return only;
}

/** Services here cannot change how they answer while they run. */
function steady(curve: Curve | RateCurve): number {
  if (!('changes' in curve) || curve.changes.length > 0) throw new Error('only what is steady is performed');
  return curve.first;
}
