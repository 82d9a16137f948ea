import { describe, expect, it } from 'vitest';
import type { ActorId, PromotionId } from '../../domain/ids.ts';
import { later } from '../../domain/ids.ts';
import type { Rollout, RolloutPhase } from '../../domain/rollout/types.ts';
import { wantedPercent } from '../../domain/rollout/types.ts';
import { desiredOf } from './desired.ts';
import { anEmptyEnvironment } from '../../domain/environment.kit.ts';
import { allAtOnce, aRollout, inCanary, policy, preflight, start } from './rollout.kit.ts';
import {
  abort,
  advanceByPerson,
  enterHeld,
  enterNextStep,
  enterRollingBack,
  pause,
  resume,
  supersede,
} from './transitions.ts';

const by = { kind: 'person', id: 'ada@example.org' as ActorId } as const;
const now = later(start, 60_000);
const secondStep = enterNextStep(inCanary, start);
const promoting = enterNextStep(secondStep, start);
const watching = enterNextStep(promoting, start);
const backing = enterRollingBack(inCanary, { kind: 'start', detail: 'x' }, start);
const paused = (rollout: Rollout): Rollout => pause(rollout, by, 'lunch', now);
const lost = (rollout: Rollout): Rollout => enterHeld(rollout, { kind: 'judge lost' }, 0, now);
const ended: readonly Rollout[] = (['rolled back', 'succeeded', 'superseded'] as const).map((phase) =>
  aRollout({ phase, at: start, by: 'p' as PromotionId, reason: { kind: 'start', detail: '' } }),
);

describe('pausing', () => {
  it.each([inCanary, secondStep, promoting, watching])(
    'keeps the weight, the word and the evidence',
    (rollout) => {
      const held = paused(rollout);
      expect(held.state).toMatchObject({ phase: 'held', reason: { kind: 'person', note: 'lunch' } });
      expect(wantedPercent(held)).toBe(wantedPercent(rollout));
      expect([held.generation, held.judge]).toEqual([rollout.generation, rollout.judge]);
    },
  );

  it.each([preflight, backing, lost(inCanary), allAtOnce({ phase: 'promoting', since: start }), ...ended])(
    'is refused where there is nothing to pause',
    (rollout) => {
      expect(() => paused(rollout)).toThrow(
        expect.objectContaining({ kind: 'conflict', code: 'rollout-not-pausable' }),
      );
    },
  );
});

it.each<[string, Rollout, RegExp]>([
  ['it goes in all at once', allAtOnce({ phase: 'promoting', since: start }), /all at once/u],
  ['it is being taken back', backing, /rolling back/u],
])('says that there is nothing to pause because %s', (_, rollout, why) => {
  expect(() => paused(rollout)).toThrow(why);
});

describe('resuming', () => {
  it.each<[string, Rollout, RolloutPhase, number]>([
    ['a paused canary, from its step', paused(secondStep), 'canary', 50],
    ['a canary that lost its judge, from its step', lost(secondStep), 'canary', 50],
    ['promoting at 100 %, there', paused(promoting), 'promoting', 100],
    ['promoting that fell to 0 %, from the last step beside stable', lost(promoting), 'canary', 50],
    ['watching, anew', paused(watching), 'watching', 100],
    ['watching that fell to 0 %, from the last step beside stable', lost(watching), 'canary', 50],
    ['the first step of a canary, from there', lost(inCanary), 'canary', 10],
  ])('takes up %s', (_, held, phase, percent) => {
    const next = resume(held, now);
    expect(next.state.phase).toBe(phase);
    expect(wantedPercent(next)).toBe(percent);
    expect(next.generation).toBeGreaterThan(held.generation);
    expect([next.sampledMs, next.judgement]).toEqual([0, null]);
  });

  it('watches for as long as declared, and keeps the baseline that the canary froze', () => {
    const next = resume(paused(watching), now);
    expect(next.state).toMatchObject({ until: later(now, policy.watchMs) });
    expect(next.judge?.step.baseline).toEqual(watching.judge?.step.baseline);
    expect(resume(paused(promoting), now).judge?.step.baseline).toEqual(promoting.judge?.step.baseline);
  });

  it.each([inCanary, watching, backing, ...ended])('is refused where nothing is held', (rollout) => {
    expect(() => resume(rollout, now)).toThrow(
      expect.objectContaining({ kind: 'conflict', code: 'rollout-not-held' }),
    );
  });
});

describe('promoting with a reason', () => {
  const thin = (rollout: Rollout): Rollout =>
    enterHeld(rollout, { kind: 'insufficient evidence', detail: 'too thin to know' }, null, now);

  it.each<[string, Rollout, RolloutPhase, number, number]>([
    ['a canary to the next step', thin(inCanary), 'canary', 10, 50],
    ['the last step of a canary to 100 %', thin(secondStep), 'promoting', 50, 100],
    ['a canary that lost its judge to the next step', lost(inCanary), 'canary', 0, 50],
    ['what stands at 100 % to the watch', thin(promoting), 'watching', 100, 100],
    ['what fell from 100 % back there, under a lease', lost(promoting), 'promoting', 0, 100],
    ['a watch to its end', thin(watching), 'succeeded', 100, 100],
  ])('takes %s', (_, held, phase, fromPercent, toPercent) => {
    const next = advanceByPerson(held, by, 'good enough', now);
    expect([next.state.phase, wantedPercent(next)]).toEqual([phase, toPercent]);
    expect(next.advances).toEqual([
      {
        by,
        reason: 'good enough',
        at: now,
        despite: held.state.phase === 'held' && held.state.reason,
        fromPercent,
        toPercent,
      },
    ]);
  });

  it('judges the next step from its own start, beside the baseline that was seen', () => {
    const next = advanceByPerson(thin(secondStep), by, 'good enough', now);
    expect(next.generation).toBeGreaterThan(secondStep.generation);
    expect([next.judgement, next.sampledMs, next.judge?.lastSample]).toEqual([null, 0, 0]);
    expect(next.judge?.step).toMatchObject({ phase: 'promoting', baseline: { web: { errors: 0 } } });
  });

  it('keeps who answered for every step', () => {
    const twice = advanceByPerson(thin(advanceByPerson(thin(inCanary), by, 'one', now)), by, 'two', now);
    expect(twice.advances?.map(({ reason }) => reason)).toEqual(['one', 'two']);
  });

  it.each([inCanary, watching, backing, ...ended])('is refused where nothing is held', (rollout) => {
    expect(() => advanceByPerson(rollout, by, 'x', now)).toThrow(
      expect.objectContaining({ kind: 'conflict', code: 'rollout-not-held' }),
    );
  });
});

describe('aborting', () => {
  it.each([
    preflight,
    inCanary,
    promoting,
    watching,
    paused(inCanary),
    allAtOnce({ phase: 'promoting', since: start }),
  ])('takes back from every live state', (rollout) => {
    const next = abort(rollout, by, 'customers complain', now);
    expect(next.state).toMatchObject({ phase: 'rolling back', reason: { kind: 'person', by } });
    expect(wantedPercent(next)).toBe(0);
    expect(next.generation).toBe(rollout.generation + 1);
  });

  it.each([backing, ...ended])('is refused where nothing is left to take back', (rollout) => {
    expect(() => abort(rollout, by, 'no', now)).toThrow(
      expect.objectContaining({ kind: 'conflict', code: 'rollout-not-live' }),
    );
  });
});

describe('what an agent is asked for', () => {
  const environment = { ...anEmptyEnvironment, stable: { web: inCanary.services[0]?.from } as never };
  const task = (rollout: Rollout) => desiredOf(environment, rollout).rollout?.task;

  it('is the same for the same state', () => {
    expect(desiredOf(environment, inCanary)).toEqual(
      desiredOf(structuredClone(environment), structuredClone(inCanary)),
    );
  });

  it('does not change while evidence is gathered', () => {
    const later_ = { ...inCanary, lastSample: 9, sampledMs: 45_000 };
    expect(desiredOf(environment, later_)).toEqual(desiredOf(environment, inCanary));
  });

  it('is to prepare, to weigh under a lease, to weigh for good, or to take back', () => {
    expect(task(preflight)).toEqual({ kind: 'preflight' });
    expect(task(inCanary)).toMatchObject({
      kind: 'weigh',
      percent: 10,
      leaseMs: policy.leaseMs,
      sampleEveryMs: 5_000,
    });
    expect(task(watching)).toMatchObject({ kind: 'weigh', percent: 100, leaseMs: null });
    expect(task(lost(inCanary))).toMatchObject({ kind: 'weigh', percent: 0, leaseMs: null, judge: null });
    expect(task(paused(inCanary))).toMatchObject({ percent: 10, leaseMs: policy.leaseMs });
    expect(task(backing)).toMatchObject({ kind: 'take back' });
  });

  it('is the new version beside the old while a rollout lives, and what serves when it is over', () => {
    const services = (rollout: Rollout | null) =>
      desiredOf(environment, rollout).services.map(({ stable, candidate }) => [
        stable?.version,
        candidate?.version,
      ]);
    expect(services(inCanary)).toEqual([['1.0.0', '1.1.0']]);
    expect(services(backing)).toEqual([['1.0.0', '1.1.0']]);
    expect(services(supersede(watching, 'p' as PromotionId, now))).toEqual([['1.0.0', undefined]]);
    expect(services(null)).toEqual([['1.0.0', undefined]]);
  });
});
