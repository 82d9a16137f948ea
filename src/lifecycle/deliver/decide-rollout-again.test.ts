import { describe, expect, it } from 'vitest';
import { type Rollout, type RolloutPhase, wantedPercent } from '../../domain/rollout/types.ts';
import type { ObservedRollout } from '../../protocol/messages.ts';
import { decideRollout, type RolloutFacts } from './decide-rollout.ts';
import { factsAbout, inCanary, now, observed, preflight, samples, seen, start } from './rollout.kit.ts';
import { enterHeld, enterNextStep, enterRollingBack } from './transitions.ts';

const after = (facts: RolloutFacts): Rollout => decideRollout(facts, now).rollout;
const takenBack: ObservedRollout['takenBack'] = { rule: 'contract', detail: '20 % errors', at: now };
const person = { kind: 'person', by: { kind: 'automation', rule: 'r' }, note: '' } as const;

const promoting = enterNextStep(enterNextStep(inCanary, start), start);
const watching = enterNextStep(promoting, start);
const held = enterHeld(inCanary, person, null, start);
const lost = enterHeld(inCanary, { kind: 'judge lost' }, 0, start);
const backing = enterRollingBack(inCanary, { kind: 'start', detail: 'x' }, start);

/** Every state a rollout can be in, with every kind of news. */
const states = { preflight, inCanary, promoting, watching, held, lost, backing };
const news: readonly Partial<ObservedRollout>[] = [
  {},
  { lease: 'expired' },
  { takenBack },
  { backDone: true },
  { preflight: { state: 'passed', smoke: [] } },
  { preflight: { state: 'failed', cause: 'start', detail: '', smoke: [] } },
];
const cases = Object.entries(states).flatMap(([name, rollout]) =>
  news.flatMap((one) =>
    [0, 0.3].map((errorRatio) => [name, JSON.stringify(one), errorRatio, rollout, one] as const),
  ),
);

/** Each turn ends with the sample that decides; the next one takes up what is left. */
function untilAllAreFolded(facts: RolloutFacts): Rollout {
  const last = facts.samples.at(-1)?.number ?? 0;
  let { rollout } = facts;
  while (rollout.lastSample < last) rollout = after({ ...facts, rollout });
  return rollout;
}

describe('deciding', () => {
  it('does not depend on how many samples come at once', () => {
    const some = samples(inCanary, 80, { errorRatio: 0.3, percent: 10 });
    const facts = factsAbout(inCanary, { samples: some });
    const atOnce = after(facts);
    const oneByOne = some.reduce(
      (rollout, sample) =>
        rollout.state.phase === 'canary' ? after({ ...facts, rollout, samples: [sample] }) : rollout,
      inCanary,
    );
    expect(atOnce).toEqual(oneByOne);
    expect(atOnce.state.phase).toBe('rolling back');
    expect(atOnce.lastSample).toBeLessThan(80);
  });

  it.each(cases)(
    'is the same once more when all samples are judged: %s, %s, %d errors',
    (_, __, errorRatio, rollout, told) => {
      const facts = factsAbout(rollout, {
        observation: observed(seen(rollout, told)),
        samples: samples(rollout, 80, { errorRatio, percent: wantedPercent(rollout) }),
      });
      const once = after(facts);
      const forward: readonly RolloutPhase[] = ['preflight', 'canary', 'promoting', 'watching', 'succeeded'];
      const judged = untilAllAreFolded({ ...facts, rollout: once });
      expect(after({ ...facts, rollout: judged })).toEqual(judged);
      if (rollout === backing) expect(forward).not.toContain(once.state.phase);
      const isNewWord = wantedPercent(once) !== wantedPercent(rollout);
      expect(once.generation).toBeGreaterThanOrEqual(rollout.generation + (isNewWord ? 1 : 0));
    },
  );
});
