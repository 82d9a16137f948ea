import { describe, expect, it } from 'vitest';
import { instant, later } from '../../domain/ids.ts';
import type { Rollout } from '../../domain/rollout/types.ts';
import { wantedPercent } from '../../domain/rollout/types.ts';
import type { ObservedRollout } from '../../protocol/messages.ts';
import { attendedGapMs, decideRollout, foldNew, type RolloutFacts } from './decide-rollout.ts';
import {
  allAtOnce,
  factsAbout,
  inCanary,
  observed,
  policy,
  preflight,
  samples,
  seen,
  now,
  start,
} from './rollout.kit.ts';
import { enterHeld, enterNextStep, enterRollingBack } from './transitions.ts';

const after = (facts: RolloutFacts): Rollout => decideRollout(facts, now).rollout;
const reason = ({ state }: Rollout): unknown => ('reason' in state ? state.reason : null);
const takenBack: ObservedRollout['takenBack'] = { rule: 'contract', detail: '20 % errors', at: now };
const person = { kind: 'person', by: { kind: 'automation', rule: 'r' }, note: '' } as const;

const promoting = enterNextStep(enterNextStep(inCanary, start), start);
const watching = enterNextStep(promoting, start);
const held = enterHeld(inCanary, person, null, start);
const lost = enterHeld(inCanary, { kind: 'judge lost' }, 0, start);
const backing = enterRollingBack(inCanary, { kind: 'start', detail: 'x' }, start);

describe('preflight', () => {
  it('waits while the new version starts', () => {
    const starting = factsAbout(preflight, {
      observation: observed(seen(preflight, { preflight: { state: 'starting' } })),
    });
    expect(after(starting)).toBe(preflight);
    expect(after(factsAbout(preflight, { observation: null }))).toBe(preflight);
  });

  it('goes on to the canary when the new version is healthy and its smoke tests pass (REL-6, REL-8)', () => {
    const smoke = [{ service: 'web' as never, passed: true, durationMs: 3, outputTail: '' }];
    const passed = observed(seen(preflight, { preflight: { state: 'passed', smoke } }));
    const next = after(factsAbout(preflight, { observation: passed }));
    expect(next).toMatchObject({ state: { phase: 'canary', step: 0 }, smoke: 'passed', generation: 2 });
    expect(wantedPercent(next)).toBe(10);
  });

  it('goes all at once where there is nothing to fall back to (REL-8)', () => {
    const first = allAtOnce(preflight.state);
    const passed = observed(seen(first, { preflight: { state: 'passed', smoke: [] } }));
    expect(after(factsAbout(first, { observation: passed }))).toMatchObject({
      state: { phase: 'promoting' },
      smoke: 'none',
      judge: null,
    });
  });

  it.each(['smoke tests', 'start'] as const)(
    'is taken back before any client meets it when the %s failed (REL-6)',
    (cause) => {
      const failed = { state: 'failed', cause, detail: 'exit code 1', smoke: [] } as const;
      const next = after(
        factsAbout(preflight, { observation: observed(seen(preflight, { preflight: failed })) }),
      );
      expect(next.state.phase).toBe('rolling back');
      expect(reason(next)).toEqual({ kind: cause, detail: 'exit code 1' });
      expect(next.smoke).toBe(cause === 'smoke tests' ? 'failed' : null);
    },
  );
});

describe('a canary', () => {
  it('stays where it is without evidence', () => {
    expect(after(factsAbout(inCanary)).state).toBe(inCanary.state);
  });

  it('goes on, step by step, on evidence, and throws it away with each (REL-8)', () => {
    const next = after(factsAbout(inCanary, { samples: samples(inCanary, 70) }));
    expect(next).toMatchObject({ state: { phase: 'canary', step: 1 }, sampledMs: 0, judgement: null });
    const promoted = after(factsAbout(next, { samples: samples(next, 60, { percent: 50 }) }));
    expect(promoted.state.phase).toBe('promoting');
    expect(promoted.judge?.step.baseline).not.toBeNull();
    const watched = after(factsAbout(promoted, { samples: samples(promoted, 30, { percent: 100 }) }));
    expect(watched.state).toEqual({ phase: 'watching', since: now, until: later(now, policy.watchMs) });
  });

  it('is taken back by itself when errors stay over the limit (REL-9)', () => {
    const next = after(factsAbout(inCanary, { samples: samples(inCanary, 40, { errorRatio: 0.2 }) }));
    expect(next.state.phase).toBe('rolling back');
    expect(reason(next)).toMatchObject({ kind: 'rule', by: 'control plane' });
    expect(wantedPercent(next)).toBe(0);
  });

  it('is held, not promoted, when a step gathers too little evidence in its time', () => {
    const few = samples(inCanary, 400, { perSecond: 0 });
    const next = after(factsAbout(inCanary, { samples: few }));
    expect(next.state).toMatchObject({
      phase: 'held',
      percent: 10,
      reason: { kind: 'insufficient evidence' },
    });
    expect(next.generation).toBe(inCanary.generation);
  });

  it('passes over samples of another word about the weight', () => {
    const stale = samples(inCanary, 40, { errorRatio: 1, generation: inCanary.generation - 1 });
    const next = after(factsAbout(inCanary, { samples: stale }));
    expect(next).toMatchObject({ state: inCanary.state, lastSample: 40, sampledMs: 0, judgement: null });
  });

  it('folds each sample once, in whatever portions they come', () => {
    const all = samples(inCanary, 20);
    const whole = foldNew(inCanary, all);
    const parts = foldNew(foldNew(foldNew(inCanary, all.slice(0, 7)), all.slice(3, 12)), all);
    expect(parts).toEqual(whole);
  });

  it('is held at 0 % where the gateway has followed a later word than this, and the next word comes after that one', () => {
    const overtaken = observed(seen(inCanary, { overtakenBy: inCanary.generation + 5 }));
    const { rollout } = decideRollout(factsAbout(inCanary, { observation: overtaken }), now);
    expect(rollout).toMatchObject({
      generation: inCanary.generation + 6,
      state: { phase: 'held', percent: 0, reason: { kind: 'judge lost' } },
    });
  });

  it('is held at 0 % as judge lost when the lease ran out, and nobody goes on with old evidence', () => {
    const expired = observed(seen(inCanary, { lease: 'expired' }));
    const next = after(factsAbout(inCanary, { observation: expired, samples: samples(inCanary, 70) }));
    expect(next).toMatchObject({
      state: { phase: 'held', percent: 0, reason: { kind: 'judge lost' } },
      judge: null,
    });
    expect(next.generation).toBe(inCanary.generation + 1);
  });

  it('is held at 0 % when nothing was heard of the agent for longer than the lease', () => {
    expect(after(factsAbout(inCanary, { agentSilentMs: policy.leaseMs })).state.phase).toBe('canary');
    expect(after(factsAbout(inCanary, { agentSilentMs: policy.leaseMs + 1 })).state.phase).toBe('held');
  });

  it('is looked at when the lease would have run out, and often enough before to tell silence from a standstill', () => {
    const wakeAt = (agentSilentMs: number) =>
      decideRollout(factsAbout(inCanary, { agentSilentMs }), now).wakeAt;
    expect(wakeAt(policy.leaseMs - 300)).toBe(later(now, 350));
    expect(wakeAt(10_000)).toBe(later(now, attendedGapMs / 2));
  });
});

describe('what the agent took back by itself', () => {
  it.each<[string, Rollout]>([
    ['a canary', inCanary],
    ['promoting', promoting],
    ['watching', watching],
    ['held', held],
    ['held as judge lost', lost],
  ])('is taken back here, too: %s (REL-9)', (_, rollout) => {
    const told = observed(seen(rollout, { takenBack }));
    const next = after(factsAbout(rollout, { observation: told }));
    expect(next.state.phase).toBe('rolling back');
    expect(reason(next)).toMatchObject({ kind: 'rule', by: 'agent', detail: '20 % errors' });
  });

  it('wins over a lease that ran out and over an advance that crossed it on the way', () => {
    const both = observed(seen(inCanary, { takenBack, lease: 'expired' }));
    expect(after(factsAbout(inCanary, { observation: both, agentSilentMs: 99_000 })).state.phase).toBe(
      'rolling back',
    );
    const crossed = observed(seen(promoting, { takenBack, generation: inCanary.generation }));
    expect(after(factsAbout(promoting, { observation: crossed })).state.phase).toBe('rolling back');
  });

  it('is nothing when it is said of another rollout', () => {
    const other = observed(seen(inCanary, { id: 'another' as never, takenBack }));
    expect(after(factsAbout(inCanary, { observation: other })).state).toBe(inCanary.state);
  });
});

describe('watching (REL-11)', () => {
  const until = watching.state.phase === 'watching' ? watching.state.until : start;

  it('ends well when its time is over, without a lease and whoever is silent', () => {
    const silent = (watchLeftMs: number) =>
      factsAbout(watching, { agentSilentMs: 1e9, observation: null, watchLeftMs });
    expect(decideRollout(silent(1), instant(until - 1)).rollout.state).toBe(watching.state);
    expect(decideRollout(silent(0), until).rollout.state).toEqual({ phase: 'succeeded', at: until });
    expect(decideRollout(silent(until - now), now).wakeAt).toBe(until);
  });

  it.each([3_600_000, -3_600_000])(
    'lasts as long as before when the wall clock is set by %i ms',
    (setByMs) => {
      const later = instant(now + setByMs);
      const facts = factsAbout(watching, { watchLeftMs: until - now });
      const { rollout, wakeAt } = decideRollout(facts, later);
      expect(rollout.state).toMatchObject({ phase: 'watching', until: until + setByMs });
      expect(wakeAt).toBe(until + setByMs);
      expect(decideRollout({ ...facts, rollout }, later).rollout).toBe(rollout);
    },
  );

  it('stays armed: it is taken back when errors begin late (REL-9)', () => {
    const calm = after(factsAbout(watching, { samples: samples(watching, 200, { percent: 100 }) }));
    expect(calm.state.phase).toBe('watching');
    const bad = samples(calm, 60, { percent: 100, errorRatio: 0.3 });
    expect(after(factsAbout(calm, { samples: bad })).state.phase).toBe('rolling back');
  });
});

describe('a held rollout', () => {
  it('stays armed', () => {
    const bad = samples(held, 60, { errorRatio: 0.3 });
    expect(after(factsAbout(held, { samples: bad })).state.phase).toBe('rolling back');
  });

  it('never goes on by itself', () => {
    expect(after(factsAbout(held, { samples: samples(held, 200) })).state.phase).toBe('held');
    expect(after(factsAbout(lost, { agentSilentMs: 1e9 })).state).toBe(lost.state);
  });

  it('falls to 0 % when it is held at a weight and its judge is lost, and looks when that may be', () => {
    expect(after(factsAbout(held, { agentSilentMs: policy.leaseMs + 1 })).state).toMatchObject({
      phase: 'held',
      reason: { kind: 'judge lost' },
      percent: 0,
      from: { phase: 'canary' },
    });
    expect(decideRollout(factsAbout(held), now).wakeAt).not.toBeNull();
    expect(decideRollout(factsAbout(lost), now).wakeAt).toBeNull();
  });

  it('keeps 100 % without a lease when it was held while watching', () => {
    const paused = enterHeld(watching, person, null, start);
    expect(after(factsAbout(paused, { agentSilentMs: 1e9 })).state).toBe(paused.state);
  });
});

describe('an all-at-once switch', () => {
  const switched = allAtOnce({ phase: 'promoting', since: start });

  it('has succeeded when the agent sees it healthy under the revision that asked for it', () => {
    expect(after(factsAbout(switched, { observation: observed(null, { revision: 6 }) })).state.phase).toBe(
      'promoting',
    );
    expect(after(factsAbout(switched, { observation: observed(null) })).state.phase).toBe('succeeded');
  });

  it('is taken back when it is not healthy in time, with what the agent says is in the way', () => {
    const trouble = { code: 'c', service: null, message: 'The port is taken.', wayOut: '' };
    const observation = observed(null, { converged: false, troubles: [trouble] });
    expect(after(factsAbout(switched, { observation, inPhaseMs: 59_000 })).state.phase).toBe('promoting');
    const next = after(factsAbout(switched, { observation, inPhaseMs: 61_000 }));
    expect(reason(next)).toEqual({ kind: 'start', detail: 'The port is taken.' });
  });

  it('is not blamed for an agent that is away (OPS-6)', () => {
    const away = factsAbout(switched, { observation: null, inPhaseMs: 9e6, agentSilentMs: 9e6 });
    expect(after(away)).toBe(switched);
    expect(decideRollout(away, now).wakeAt).toBeGreaterThan(now);
  });
});

describe('rolling back', () => {
  it('is done when the agent says that the old version serves again', () => {
    const done = observed(seen(backing, { backDone: true }));
    expect(after(factsAbout(backing, { observation: done })).state).toMatchObject({
      phase: 'rolled back',
      at: now,
    });
  });

  it('believes only an agent that speaks of this word', () => {
    const stale = observed(seen(backing, { backDone: true, generation: backing.generation - 1 }));
    expect(after(factsAbout(backing, { observation: stale })).state.phase).toBe('rolling back');
  });

  it('has failed, and says so, when nobody says it in time', () => {
    const grace = policy.drainMs + 90_000;
    expect(after(factsAbout(backing, { inPhaseMs: grace - 1 })).state.phase).toBe('rolling back');
    expect(after(factsAbout(backing, { inPhaseMs: grace })).state).toMatchObject({
      phase: 'rollback failed',
    });
  });
});
