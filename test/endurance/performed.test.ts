import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Shown } from '../../src/cli/render/simulation.ts';
import type { Actor } from '../../src/domain/actor.ts';
import type { RecordedTurn } from '../../src/domain/rollout/recording.ts';
import type { Scenario } from '../../src/simulate/scenario/types.ts';
import {
  bringToDev,
  clientOf,
  perform,
  readTheatreScenario,
  scenarioFile,
  theatreFiles,
  truthOf,
} from './performance.ts';
import { measuredBy, rangesOverSeeds, withinChance } from './measured.ts';
import { Rung } from './rung.ts';

/**
 * The same scenario file, by the same rules, once simulated and once performed by real processes. Compared are
 *  - the phases and the share of the requests in each, in their order; who or which rule brought each; the end;
 *  - the sentences of the log, but for the figures in them;
 *  - for each weight that a rule ended: how long it was measured, and how many requests met the new version and failed by
 *    then. That has to lie within what chance makes of the simulation over many seeds, give or take a sample or two, for a
 *    busy machine measures in longer ones;
 *  - that a watch is not cut short, and that no client lost a request.
 *
 * Not compared are wall times: how long a process takes to start and to drain, and a word to reach an agent, is of the
 * machine, and a simulation has none of it. What a person ends lasts until that person's call is through, so only the order
 * of what people do is compared. Whether the agent or the control plane was first to take back is a race, there as here.
 */
const names = ['errors-at-once', 'a-person-takes-it-back', 'healthy'];

let rung: Rung;

beforeAll(async () => {
  const scenario = await readTheatreScenario(names[0] ?? '');
  rung = await Rung.start({ files: await theatreFiles() });
  await bringToDev(rung, scenario.runs, truthOf(scenario).stable);
  const { id, plan } = await asked(scenario);
  await (await clientOf(rung, 'bo@example.org')).approve(id, { planHash: plan.hash });
  await rung.runs(scenario.to, scenario.runs);
}, 180_000);
afterAll(() => rung?.[Symbol.asyncDispose](), 60_000);

const asked = async ({ runs, to }: Scenario) =>
  (await clientOf(rung, 'ada@example.org')).promote({ release: runs, to });

describe('a scenario that was simulated, performed by real processes, clients and people', () => {
  it.each(names)('goes the same way to the same end (%s)', async (name) => {
    const told = await simulated(name);
    const scenario = await readTheatreScenario(name);
    const { recording, ended, messages, seen } = await perform(rung, scenario);
    expect(recording.turns.map(courseOf)).toEqual(told.turns.map(courseOf));
    expect(ended).toBe(told.ended.as);
    expect(messages.map(withoutFigures)).toEqual(messagesOf(told).map(withoutFigures));

    const ranges = await rangesOverSeeds(name);
    const measured = measuredBy(recording);
    expect(measured.map(({ phase }) => phase)).toEqual(ranges.map(({ phase }) => phase));
    for (const [index, range] of ranges.entries())
      expect(withinChance(measured[index], range), `${range.phase} of ${name}`).toEqual([]);

    expect(watchedMs(recording.turns)).toBeGreaterThanOrEqual(watchedMs(told.turns));
    expect(seen.lost).toBe(0);
  });
});

async function simulated(name: string): Promise<Shown> {
  const { code, output } = await rung.typed(['simulate', scenarioFile(name), '--json']);
  expect(code, output).toBe(0);
  const [only] = (JSON.parse(output) as { readonly scenarios: readonly Shown[] }).scenarios;
  if (only === undefined) throw new Error(`nothing was told of ${name}`);
  return only;
}

/** A turn without its times, and its reason without figures. */
const courseOf = ({ phase, percent, reason, isResumed, by }: RecordedTurn) => ({
  phase,
  percent,
  isResumed,
  by: nameOf(by),
  why: reason === null ? null : whyOf(reason),
});

/** Whose terminal a person typed at is not in the scenario. */
const nameOf = (by: Actor): string => (by.kind === 'person' ? by.id : by.kind);

function whyOf(reason: NonNullable<RecordedTurn['reason']>) {
  if (reason.kind === 'person') return { by: nameOf(reason.by), note: reason.note };
  if (reason.kind === 'rule') return { rule: reason.rule, detail: withoutFigures(reason.detail) };
  return reason.kind;
}

/** From when it was asked for: before that, the simulated agent is seen for the first time. */
function messagesOf({ timeline }: Shown): readonly string[] {
  const messages = timeline.filter(({ kind }) => kind === 'event').map(({ message }) => message);
  return messages.slice(messages.findIndex((message) => message.includes(' asked for ')));
}

const withoutFigures = (message: string): string => message.replaceAll(/\d[\d.,]*/gu, '…');

/** 0 where it was not watched. */
function watchedMs(turns: readonly RecordedTurn[]): number {
  const from = turns.find(({ phase }) => phase === 'watching');
  const until = turns.find(({ phase }) => phase === 'succeeded');
  return from === undefined || until === undefined ? 0 : until.at - from.at;
}
