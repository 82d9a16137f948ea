import type { Actor } from '../../domain/actor.ts';
import { Failure } from '../../domain/failure.ts';
import { type Instant, later, type PromotionId, type ServiceName } from '../../domain/ids.ts';
import type { CanaryStep, RolloutPolicy } from '../../domain/project-file/types.ts';
import { baselineOf, startJudging } from '../../domain/rollout/judge/index.ts';
import type { Baseline, JudgeStep } from '../../domain/rollout/judge/types.ts';
import {
  type AdvanceByPerson,
  type HoldReason,
  type Rollout,
  type RolloutState,
  type TakeBackReason,
  wantedPercent,
} from '../../domain/rollout/types.ts';

type Baselines = Readonly<Record<ServiceName, Baseline>> | null;

/** Every new word about the weight has a generation of its own, and starts without evidence. */
const turn = (rollout: Rollout, state: RolloutState, judge: Rollout['judge']): Rollout => ({
  ...rollout,
  state,
  judge,
  judgement: null,
  sampledMs: 0,
  generation: rollout.generation + 1,
});

/** From preflight on. All at once where there is nothing to compare with, else the first step of the canary. */
export function enterFirstStep(rollout: Rollout, now: Instant): Rollout {
  if (rollout.policy === null) return turn(rollout, { phase: 'promoting', since: now }, null);
  return enterStep(rollout, rollout.policy, 0, null, now);
}

/** A step ended on its evidence: on to the next weight, or from 100 % to watching. */
export function enterNextStep(rollout: Rollout, now: Instant): Rollout {
  const { policy, state } = rollout;
  if (policy === null) return rollout;
  if (state.phase === 'promoting') return enterWatching(rollout, policy, frozen(rollout), now);
  if (state.phase !== 'canary') return rollout;
  return enterStep(rollout, policy, state.step + 1, frozen(rollout), now);
}

const frozen = (rollout: Rollout): Baselines => (rollout.judge === null ? null : baselineOf(rollout.judge));

function enterStep(
  rollout: Rollout,
  policy: RolloutPolicy,
  index: number,
  baseline: Baselines,
  now: Instant,
): Rollout {
  const step = policy.canary[index];
  if (step === undefined || step.percent >= 100)
    return turn(
      rollout,
      { phase: 'promoting', since: now },
      startJudging(judgeStep(rollout, policy, 'promoting', step, baseline)),
    );
  return turn(
    rollout,
    { phase: 'canary', step: index, since: now },
    startJudging(judgeStep(rollout, policy, 'canary', step, null)),
  );
}

function enterWatching(rollout: Rollout, policy: RolloutPolicy, baseline: Baselines, now: Instant): Rollout {
  const state = { phase: 'watching', since: now, until: later(now, policy.watchMs) } as const;
  return turn(rollout, state, startJudging(judgeStep(rollout, policy, 'watching', undefined, baseline)));
}

/** At 100 % a few windows of R1 are enough to see that the weight really is there and nothing broke with it. */
const settlingWindows = 4;

function judgeStep(
  rollout: Rollout,
  policy: RolloutPolicy,
  phase: JudgeStep['phase'],
  step: CanaryStep | undefined,
  baseline: Baselines,
): JudgeStep {
  const settlingMs = (policy.errors.forMs / 24) * settlingWindows;
  const exposureMs = Math.max(step?.exposureMs ?? 0, settlingMs);
  return {
    phase,
    services: rollout.services.map((one) => one.service),
    exposureMs,
    maximumMs: phase === 'watching' ? policy.watchMs : maximumOf(step, exposureMs),
    errorLimit: policy.errors.limit,
    errorForMs: policy.errors.forMs,
    latencyFactor: policy.latency.factor,
    trafficPercent: phase === 'canary' ? (step?.percent ?? 0) : 100,
    baseline,
  };
}

/** As declared, else six times the exposure; never less than the exposure itself. */
const maximumOf = (step: CanaryStep | undefined, exposureMs: number): number =>
  step === undefined || step.maximumMs === 0 ? 6 * exposureMs : Math.max(step.maximumMs, exposureMs);

/** `percent` null keeps the weight, and with it the evidence and the generation: the rules stay armed. */
export function enterHeld(
  rollout: Rollout,
  reason: HoldReason,
  percent: number | null,
  now: Instant,
): Rollout {
  const { state } = rollout;
  const from = state.phase === 'held' ? state.from : state;
  const held: RolloutState = {
    phase: 'held',
    reason,
    since: now,
    from,
    percent: percent ?? wantedPercent(rollout),
  };
  return percent === null ? { ...rollout, state: held } : turn(rollout, held, null);
}

export const enterRollingBack = (rollout: Rollout, reason: TakeBackReason, now: Instant): Rollout => ({
  ...turn(rollout, { phase: 'rolling back', reason, since: now }, rollout.judge),
  judgement: rollout.judgement,
});

export const settle = (rollout: Rollout, now: Instant): Rollout => ({
  ...rollout,
  state: { phase: 'succeeded', at: now },
});

export const supersede = (rollout: Rollout, by: PromotionId, now: Instant): Rollout => ({
  ...rollout,
  state: { phase: 'superseded', by, at: now },
});

/** Pausing is held(person); the weight stays and the rules stay armed. */
export function pause(rollout: Rollout, by: Actor, note: string, now: Instant): Rollout {
  const { phase } = rollout.state;
  const isWeighed = phase === 'canary' || phase === 'promoting' || phase === 'watching';
  if (!isWeighed || rollout.policy === null)
    throw new Failure(
      'conflict',
      'rollout-not-pausable',
      rollout.policy === null
        ? 'This rollout goes in all at once; there is nothing to pause.'
        : `This rollout is ${phase}; there is nothing to pause.`,
      {
        wayOut:
          'Only what goes in by canary can be paused, until it is through; it can be taken back at any time.',
      },
    );
  return enterHeld(rollout, { kind: 'person', by, note }, null, now);
}

/**
 * For a control plane that was restored from a backup: what its agent saw since is not known, so nothing gets more
 * requests by itself. What is judged beside a stable version is held at 0 %; what serves everything already goes on
 * doing so, held; and what has not served yet, or goes in all at once, is taken back.
 */
export function holdRestored(rollout: Rollout, by: Actor, note: string, now: Instant): Rollout {
  const { state, policy } = rollout;
  const reason = { kind: 'person', by, note } as const;
  const under = state.phase === 'held' ? state.from.phase : state.phase;
  if (under === 'rolling back') return rollout;
  if (under === 'preflight' || policy === null) return abort(rollout, by, note, now);
  if (under === 'watching') return enterHeld(rollout, reason, null, now);
  return enterHeld(rollout, reason, 0, now);
}

/**
 * Back to the step it was held in, from the step's start and without its old evidence. At 100 % it keeps the baseline
 * that was frozen at the end of the canary.
 */
export function resume(rollout: Rollout, now: Instant): Rollout {
  const { state, policy } = rollout;
  if (state.phase !== 'held' || policy === null)
    throw new Failure(
      'conflict',
      'rollout-not-held',
      `This rollout is ${state.phase}; there is nothing to resume.`,
      {
        wayOut: 'Only a held rollout can be resumed.',
      },
    );
  const { from } = state;
  const baseline = rollout.judge?.step.baseline ?? null;
  if (state.percent === 100)
    return from.phase === 'watching'
      ? enterWatching(rollout, policy, baseline, now)
      : enterStep(rollout, policy, policy.canary.length, baseline, now);
  const step = from.phase === 'canary' ? from.step : lastCanaryStep(policy);
  return enterStep(rollout, policy, step, null, now);
}

/**
 * To the next step although the evidence does not suffice, because a person answers for it. The next step is judged by
 * the same rules, from its own start. From the watch, which has no step after it, it is through.
 */
export function advanceByPerson(rollout: Rollout, by: Actor, reason: string, now: Instant): Rollout {
  const { state, policy } = rollout;
  if (state.phase !== 'held' || policy === null)
    throw new Failure('conflict', 'rollout-not-held', `This rollout is ${state.phase}, not held.`);
  const next = stepAfterHeld(rollout, policy, state, now);
  const word: AdvanceByPerson = {
    by,
    reason,
    at: now,
    despite: state.reason,
    fromPercent: state.percent,
    toPercent: wantedPercent(next),
  };
  return { ...next, advances: [...(rollout.advances ?? []), word] };
}

/** What fell from 100 % to 0 % has 100 % still before it: watching would expose it without a lease. */
function stepAfterHeld(
  rollout: Rollout,
  policy: RolloutPolicy,
  { from, percent }: Extract<RolloutState, { phase: 'held' }>,
  now: Instant,
): Rollout {
  const baseline = frozen(rollout);
  if (from.phase === 'canary') return enterStep(rollout, policy, from.step + 1, baseline, now);
  if (from.phase === 'watching') return settle(rollout, now);
  if (percent === 100) return enterWatching(rollout, policy, baseline, now);
  return enterStep(rollout, policy, policy.canary.length, baseline, now);
}

/** The baseline of a promoting rollout that fell to 0 % is stale: it climbs again from the last step beside stable. */
const lastCanaryStep = (policy: RolloutPolicy): number =>
  Math.max(
    0,
    policy.canary.findLastIndex((step) => step.percent < 100),
  );

export function abort(rollout: Rollout, by: Actor, note: string, now: Instant): Rollout {
  const { phase } = rollout.state;
  if (
    phase !== 'preflight' &&
    phase !== 'canary' &&
    phase !== 'promoting' &&
    phase !== 'watching' &&
    phase !== 'held'
  )
    throw new Failure(
      'conflict',
      'rollout-not-live',
      `This rollout is ${phase}; it can no longer be taken back.`,
      {
        wayOut: 'Use rung rollback to go to an earlier version.',
      },
    );
  return enterRollingBack(rollout, { kind: 'person', by, note }, now);
}
