import { describe, expect, it } from 'vitest';
import { aPromotionOf, aReleaseOf } from '../../domain/environment.kit.ts';
import {
  type AgentId,
  type EnvironmentId,
  type EnvironmentName,
  instant,
  type ProjectId,
  type PromotionId,
  type RoleName,
  type RolloutId,
} from '../../domain/ids.ts';
import type { Judgement, JudgeStep } from '../../domain/rollout/judge/types.ts';
import { canary as judgedCanary } from '../../domain/rollout/judge/judging.kit.ts';
import type { AgentSeen } from '../../domain/rollout/judge-back.ts';
import type { AdvanceByPerson, HoldReason, Rollout, RolloutState } from '../../domain/rollout/types.ts';
import type { ObservationRecord } from '../../engine/records.ts';
import type { ObservedRollout } from '../../protocol/messages.ts';
import { allAtOnce, aRollout, observed, policy, samples, seen, start, web } from '../deliver/rollout.kit.ts';
import { rolloutView, type RolloutFactsForView } from './rollout-view.ts';

const prod = 'prod' as EnvironmentName;
const lead = 'engineering-lead' as RoleName;
const promotion = { ...aPromotionOf(aReleaseOf('1.1.0', { web: 'web 2' })), version: '1.1.0' };

const view = (rollout: Rollout, other: Partial<RolloutFactsForView> = {}) =>
  rolloutView({
    rollout,
    promotion,
    environment: prod,
    observation: null,
    held: null,
    samples: [],
    ...other,
  });

const recorded = (rollout: ObservedRollout | null): ObservationRecord => ({
  id: 'environment' as EnvironmentId,
  project: 'project' as ProjectId,
  agent: 'agent' as AgentId,
  at: start,
  observation: observed(rollout),
});

/** The steps as one line: `Preflight done, Promoting now`. */
const stepsIn = (rollout: Rollout): string =>
  view(rollout)
    .steps.map(({ name, state }) => `${name} ${state}`)
    .join(', ');
const sharesIn = (rollout: Rollout): readonly number[] => view(rollout).steps.map(({ share }) => share);

const lost: HoldReason = { kind: 'judge lost' };
const broke = { kind: 'start', detail: 'it ended' } as const;
type Unheld = Exclude<RolloutState, { phase: 'held' }>;
const canary = (step: number): Unheld => ({ phase: 'canary', step, since: start });
const promoting: Unheld = { phase: 'promoting', since: start };
const watching: Unheld = { phase: 'watching', since: start, until: instant(start + policy.watchMs) };
const heldFrom = (from: Unheld, percent: number): RolloutState => ({
  phase: 'held',
  reason: lost,
  since: start,
  from,
  percent,
});

describe('the way of a rollout', () => {
  it.each<[string, RolloutState, string]>([
    ['in preflight', { phase: 'preflight', since: start }, 'now next next next next next'],
    ['in its first canary', canary(0), 'done now next next next next'],
    ['in its second canary', canary(1), 'done done now next next next'],
    ['promoting', promoting, 'done done done now next next'],
    ['watching', watching, 'done done done done now next'],
    ['held in its second canary', heldFrom(canary(1), 50), 'done done now next next next'],
    ['succeeded', { phase: 'succeeded', at: start }, 'done done done done done done'],
    [
      'superseded',
      { phase: 'superseded', by: 'another' as PromotionId, at: start },
      'done done done done done done',
    ],
    [
      'going back',
      { phase: 'rolling back', reason: broke, since: start },
      'done skipped skipped skipped skipped skipped',
    ],
    [
      'taken back',
      { phase: 'rolled back', reason: broke, at: start },
      'done skipped skipped skipped skipped skipped',
    ],
    [
      'one that could not be taken back',
      { phase: 'rollback failed', reason: broke, detail: '', at: start },
      'done skipped skipped skipped skipped skipped',
    ],
  ])('of one %s is shown step by step', (_, state, states) => {
    expect(
      view(aRollout(state))
        .steps.map((one) => one.state)
        .join(' '),
    ).toBe(states);
  });

  it('names its canaries by their weight and the watch by its length; 100 % is no canary', () => {
    expect(stepsIn(aRollout(canary(0)))).toBe(
      'Preflight done, Canary 10 % now, Canary 50 % next, Promoting next, Watching 2 h next, Done next',
    );
  });

  it('goes over three steps where everything is switched at once', () => {
    expect(stepsIn(allAtOnce({ phase: 'preflight', since: start }))).toBe(
      'Preflight now, Switch over next, Done next',
    );
    expect(stepsIn(allAtOnce(promoting))).toBe('Preflight done, Switch over now, Done next');
    expect(stepsIn(allAtOnce({ phase: 'succeeded', at: start }))).toBe(
      'Preflight done, Switch over done, Done done',
    );
  });
});

const judgement: Judgement = {
  verdict: { action: 'continue' },
  closeness: [{ rule: 'advance', service: web, share: 0.2, detail: '1:00 of 5:00 seen' }],
  services: {},
  exposureMs: 60_000,
  elapsedMs: 90_000,
};
const judged = (
  state: RolloutState,
  { judge = {}, ...other }: { judge?: Partial<JudgeStep> } & Partial<Omit<Rollout, 'judge'>> = {},
): Rollout =>
  aRollout(state, {
    judge: { version: 1, step: { ...judgedCanary, ...judge }, lastSample: 0, foldedMs: 0, evidence: {} },
    judgement,
    ...other,
  });

describe('how far a rollout is within its step', () => {
  it('is the share of the exposure that it needs; what lies behind is whole, what comes has not begun', () => {
    expect(sharesIn(aRollout({ phase: 'succeeded', at: start }))).toEqual([1, 1, 1, 1, 1, 1]);
    expect(sharesIn(judged(canary(0)))).toEqual([1, 0.2, 0, 0, 0, 0]);
  });

  it('is the share of its time while it is watched, however much it was exposed', () => {
    const rollout = judged(watching, {
      judge: { phase: 'watching', maximumMs: 7_200_000 },
      sampledMs: 1_800_000,
    });
    expect(sharesIn(rollout)).toEqual([1, 1, 1, 1, 0.25, 0]);
  });

  it('is never more than all of it', () => {
    const exposed = { judgement: { ...judgement, exposureMs: 400_000 } };
    expect(sharesIn(judged(canary(0), exposed))[1]).toBe(1);
    const watched = judged(watching, { judge: { phase: 'watching', maximumMs: 1_000 }, sampledMs: 9_000 });
    expect(sharesIn(watched)[4]).toBe(1);
  });

  it('is nothing before anything was judged', () => {
    expect(sharesIn(aRollout(canary(0)))).toEqual([1, 0, 0, 0, 0, 0]);
    expect(sharesIn(judged(canary(0), { judgement: null }))).toEqual([1, 0, 0, 0, 0, 0]);
    expect(sharesIn(aRollout(canary(0), { judgement }))).toEqual([1, 0, 0, 0, 0, 0]);
    const unexposed = { ...judgement, exposureMs: 0 };
    expect(sharesIn(judged(promoting, { judge: { exposureMs: 0 }, judgement: unexposed }))[3]).toBe(0);
  });
});

describe('what is shown of a rollout', () => {
  it('tells which version replaces which, who asked, and what the gateway really does', () => {
    const rollout = aRollout(canary(0));
    const observation = recorded(seen(rollout, { effectivePercent: 7, lease: 'expired' }));
    expect(view(rollout, { observation })).toMatchObject({
      version: '1.1.0',
      environment: 'prod',
      services: [{ service: 'web', from: '1.0.0', to: '1.1.0' }],
      wantedPercent: 10,
      effectivePercent: 7,
      lease: 'expired',
      leaseMs: 30_000,
      errorLimit: 0.05,
      startedBy: promotion.requestedBy,
      startedAt: start,
    });
    expect(view(rollout, { samples: samples(rollout, 3) }).curve).toHaveLength(3);
  });

  it('takes no other rollout’s weight for its own', () => {
    const rollout = aRollout(canary(0));
    const observation = recorded(seen(rollout, { id: 'one before' as RolloutId }));
    for (const one of [observation, recorded(null), null])
      expect(view(rollout, { observation: one })).toMatchObject({ effectivePercent: null, lease: null });
  });

  it('has no version before a service’s first one, and no lease or limit where it goes all at once', () => {
    const [service] = aRollout(canary(0)).services;
    if (service === undefined) throw new Error('it has a service');
    const first = allAtOnce(promoting);
    const shown = view({ ...first, services: [{ ...service, from: null }] });
    expect(shown).toMatchObject({
      services: [{ service: 'web', from: null, to: '1.1.0' }],
      reasonAllAtOnce: 'first',
      leaseMs: null,
      errorLimit: null,
    });
  });

  it('shows what was judged, by what, and who answered for a step without evidence', () => {
    const advance: AdvanceByPerson = {
      by: promotion.requestedBy,
      reason: 'the shop is closed',
      at: start,
      despite: { kind: 'insufficient evidence', detail: '' },
      fromPercent: 10,
      toPercent: 50,
    };
    const figure = {
      requests: 10,
      errors: 1,
      probes: 0,
      errorRatio: 0.1,
      p95Ms: 20,
      recentErrorRatio: null,
      recentP95Ms: null,
      requestsPerSecond: 1,
    };
    const services = { [web]: { candidate: figure, stable: figure } };
    const shown = view(judged(canary(1), { advances: [advance], judgement: { ...judgement, services } }));
    expect(shown).toMatchObject({
      figures: services,
      closeness: judgement.closeness,
      verdict: { action: 'continue' },
      judging: judgedCanary,
      advances: [advance],
    });
    const before = view(aRollout(canary(1)));
    expect(before.figures).toEqual({});
    expect(before).toMatchObject({
      closeness: [],
      verdict: null,
      judging: null,
      advances: [],
    });
  });
});

const agent: AgentSeen = {
  agent: 'agent' as AgentId,
  environment: prod,
  isSilent: false,
  heardAt: start,
  generation: 1,
  tookBack: false,
};

describe('a held rollout', () => {
  const advanceOf = (state: RolloutState, other: Partial<Rollout> = {}) =>
    view(aRollout(state, other), { held: { agent, mayAdvance: [lead] } }).advance;

  it.each<[string, RolloutState, string]>([
    ['the first canary leads to the second', heldFrom(canary(0), 10), 'Canary 50 %'],
    ['the last canary leads to promoting', heldFrom(canary(1), 50), 'Promoting'],
    ['a canary that fell to 0 % leads to the next all the same', heldFrom(canary(0), 0), 'Canary 50 %'],
    ['promoting leads to the watch', heldFrom(promoting, 100), 'Watching 2 h'],
    ['promoting that fell to 0 % leads to promoting again', heldFrom(promoting, 0), 'Promoting'],
    ['the watch leads to the end', heldFrom(watching, 100), 'Done'],
  ])('can be let on by a person: %s', (_, state, next) => {
    expect(advanceOf(state)).toEqual({ next, roles: [lead], off: null });
  });

  it('that goes all at once can be let on, too, and behind its last step there is the end', () => {
    const { policy: none } = allAtOnce(promoting);
    expect(advanceOf(heldFrom(promoting, 100), { policy: none })?.next).toBe('Done');
    expect(advanceOf(heldFrom(watching, 100), { policy: none })?.next).toBe('Done');
  });

  it('says why nobody can resume it or let it on while nobody judges', () => {
    const silent = { held: { agent: { ...agent, isSilent: true }, mayAdvance: [lead] } };
    const shown = view(aRollout(heldFrom(canary(0), 0)), silent);
    expect(shown.resume?.off).toMatch(/^Nobody judges: the agent of prod is silent/u);
    expect(shown.advance?.off).toBe(shown.resume?.off);
    expect(view(aRollout(heldFrom(canary(0), 0)), { held: { agent, mayAdvance: [] } }).resume).toEqual({
      off: null,
    });
  });

  it('is the only one that can be resumed or let on', () => {
    expect(view(aRollout(canary(0)))).toMatchObject({ resume: null, advance: null });
    const late = { held: { agent, mayAdvance: [] } };
    expect(view(aRollout(promoting), late).advance?.off).toMatch(/^This rollout is promoting/u);
  });
});
