import { describe, expect, it } from 'vitest';
import { later } from '../../domain/ids.ts';
import type { Judgement, Verdict } from '../../domain/rollout/judge/types.ts';
import type { Rollout } from '../../domain/rollout/types.ts';
import { silentAfterMs } from '../agent-seen.ts';
import { decideRollout, type RolloutFacts } from './decide-rollout.ts';
import {
  allAtOnce,
  factsAbout,
  inCanary,
  now,
  observed,
  policy,
  preflight,
  samples,
  seen,
  start,
  web,
} from './rollout.kit.ts';
import { enterHeld, enterNextStep, enterRollingBack } from './transitions.ts';

const decided = (facts: RolloutFacts): Rollout => decideRollout(facts, now).rollout;
/** In how many milliseconds it is looked at again though nothing is heard. */
const looksIn = (rollout: Rollout, other: Partial<RolloutFacts> = {}): number | null => {
  const { wakeAt } = decideRollout(factsAbout(rollout, { observation: null, ...other }), now);
  return wakeAt === null ? null : wakeAt - now;
};

const promoting = enterNextStep(enterNextStep(inCanary, start), start);
const watching = enterNextStep(promoting, start);
const backing = enterRollingBack(inCanary, { kind: 'start', detail: 'x' }, start);
const switched = allAtOnce({ phase: 'promoting', since: start });

describe('a rollout that nothing is heard of', () => {
  it.each<[string, Rollout, Partial<RolloutFacts>, number | null]>([
    ['not at all before it starts', preflight, {}, null],
    ['each second under a lease', promoting, { agentSilentMs: 1_000 }, 1_000],
    ['when the lease would have run out', promoting, { agentSilentMs: policy.leaseMs - 200 }, 250],
    ['not before that, by a fraction', inCanary, { agentSilentMs: policy.leaseMs - 200.5 }, 251],
    ['when a watch is over', watching, { watchLeftMs: 90_000 }, 90_000],
    ['not before a watch is over, by a fraction', watching, { watchLeftMs: 90_000.5 }, 90_001],
    ['each second after a switch', switched, { inPhaseMs: 1_000 }, 1_000],
    ['when a switch has had its time', switched, { inPhaseMs: 59_800 }, 200],
    [
      'each second after that, while its agent is away',
      switched,
      { inPhaseMs: 60_000, agentSilentMs: 60_000 },
      1_000,
    ],
    ['each second while it is taken back', backing, { inPhaseMs: 1_000 }, 1_000],
    ['when taking it back has had its time', backing, { inPhaseMs: policy.drainMs + 89_700 }, 300],
    ['no sooner than is worth it', backing, { inPhaseMs: policy.drainMs + 89_999 }, 50],
    ['not at all when it has ended', { ...inCanary, state: { phase: 'succeeded', at: now } }, {}, null],
  ])('is looked at again: %s', (_, rollout, facts, waitMs) => {
    expect(looksIn(rollout, facts)).toBe(waitMs);
  });
});

describe('an all-at-once switch that is not seen healthy', () => {
  it.each<[string, number, number, boolean]>([
    ['has its minute', 59_999, 0, false],
    ['is taken back after it', 60_000, 0, true],
    ['is taken back where its agent was heard lately', 60_000, silentAfterMs, true],
    ['waits for an agent that is away', 60_000, silentAfterMs + 1, false],
  ])('%s', (_, inPhaseMs, agentSilentMs, isTakenBack) => {
    const { state } = decided(factsAbout(switched, { observation: null, inPhaseMs, agentSilentMs }));
    expect(state.phase).toBe(isTakenBack ? 'rolling back' : 'promoting');
  });

  it.each([
    ['an agent that was never heard', null],
    ['an agent that knows no trouble', observed(null, { converged: false })],
  ])('is taken back with a sentence also with %s', (_, observation) => {
    const { state } = decided(factsAbout(switched, { observation, inPhaseMs: 60_000 }));
    const reason = state.phase === 'rolling back' ? state.reason : null;
    expect(reason?.kind === 'start' && reason.detail).toMatch(/./u);
  });
});

describe('what the judge said', () => {
  const judged = (rollout: Rollout, verdict: Verdict): Rollout => {
    const judgement: Judgement = { verdict, closeness: [], services: {}, exposureMs: 0, elapsedMs: 0 };
    return { ...rollout, judgement };
  };
  const hold = { action: 'hold', service: web, detail: 'both err', sharedCause: true } as const;

  it.each([
    ['a canary', inCanary],
    ['promoting', promoting],
    ['watching', watching],
  ])('holds %s, with the rule that spoke', (_, rollout) => {
    const { state } = decided(factsAbout(judged(rollout, { ...hold, rule: 'contract' })));
    expect(state).toMatchObject({
      phase: 'held',
      reason: { kind: 'rule', rule: 'contract', detail: 'both err' },
      from: rollout.state,
    });
  });

  it('holds what has too little evidence as just that', () => {
    const { state } = decided(factsAbout(judged(inCanary, { ...hold, rule: 'advance' })));
    expect(state).toMatchObject({
      phase: 'held',
      reason: { kind: 'insufficient evidence', detail: 'both err' },
    });
  });

  it('neither holds what is held again nor lets it go on', () => {
    const held = enterHeld(inCanary, { kind: 'judge lost' }, null, start);
    for (const verdict of [
      { ...hold, rule: 'contract' },
      { action: 'advance', detail: '' },
    ] as const) {
      const rollout = judged(held, verdict);
      expect(decided(factsAbout(rollout))).toBe(rollout);
    }
  });

  it('is of all the samples that came before the lease ran out', () => {
    const expired = observed(seen(inCanary, { lease: 'expired' }));
    const next = decided(factsAbout(inCanary, { observation: expired, samples: samples(inCanary, 5) }));
    expect(next).toMatchObject({ state: { phase: 'held' }, lastSample: 5 });
  });
});

describe('a wall clock that drifts while a rollout is watched', () => {
  const until = watching.state.phase === 'watching' ? watching.state.until : start;
  it.each([
    ['by less than a second, which moves nothing', 999, 0],
    ['by a second, which moves the end', 1_000, 1_000],
    ['back by a second', -1_000, -1_000],
  ])('%s (REL-11)', (_, setByMs, movedMs) => {
    const next = decided(factsAbout(watching, { watchLeftMs: until - now + setByMs }));
    expect(next.state).toMatchObject({ since: later(start, movedMs), until: until + movedMs });
  });
});
