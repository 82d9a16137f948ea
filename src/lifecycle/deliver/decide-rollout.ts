import type { Instant } from '../../domain/ids.ts';
import { later } from '../../domain/ids.ts';
import { foldSample, judge } from '../../domain/rollout/judge/index.ts';
import type { Verdict } from '../../domain/rollout/judge/types.ts';
import type { Sample } from '../../domain/rollout/sample.ts';
import type { Rollout, RolloutState } from '../../domain/rollout/types.ts';
import type { Observation, ObservedRollout } from '../../protocol/messages.ts';
import { silentAfterMs } from '../agent-seen.ts';
import { enterHeld, enterNextStep, enterRollingBack, enterFirstStep, settle } from './transitions.ts';

/** What the decision is made from. The agent's word counts only when it speaks of this rollout and generation. */
export interface RolloutFacts {
  readonly rollout: Rollout;
  readonly observation: Observation | null;
  /** Revision of the environment that the agent has to have seen before "converged" means anything. */
  readonly revision: number;
  /** Not folded yet, in the order of their numbers. */
  readonly samples: readonly Sample[];
  /** How long nothing was heard of the agent since this phase began, of the time in which it could have been. */
  readonly agentSilentMs: number;
  /** How long the rollout has been in its phase, counted in the same way. */
  readonly inPhaseMs: number;
  /** Of a watch: how long it still lasts, on a clock that is never set. Not read elsewhere. */
  readonly watchLeftMs: number;
}

export interface RolloutDecision {
  readonly rollout: Rollout;
  /** When to look again although nothing was heard; null: only when something is. */
  readonly wakeAt: Instant | null;
}

/** How long to wait for the agent to report that it took a version back. */
const rollBackGraceMs = 90_000;
/** How long an all-at-once switch may take to be seen healthy, by an agent that is there. */
const settleGraceMs = 60_000;

/** The rollout's next state. Pure: called again with the same facts, once all samples are folded, it changes nothing. */
export function decideRollout(facts: RolloutFacts, now: Instant): RolloutDecision {
  const rollout = decided(facts, now);
  return { rollout, wakeAt: nextLook(rollout, facts, now) };
}

/**
 * One sample after the other, until one decides: what is decided must not depend on how many happened to come at once.
 * What is left is folded in the next turn.
 */
function decided(facts: RolloutFacts, now: Instant): Rollout {
  let { rollout } = facts;
  for (const sample of facts.samples) {
    rollout = foldNew(rollout, [sample]);
    if ((rollout.judgement?.verdict ?? goOn).action === 'continue') continue;
    const next = step({ ...facts, rollout }, now);
    if (next.state !== rollout.state) return next;
  }
  return step({ ...facts, rollout }, now);
}

const goOn: Verdict = { action: 'continue' };

/** Samples of another generation are passed over: a new word about the weight throws the evidence away. */
export function foldNew(rollout: Rollout, samples: readonly Sample[]): Rollout {
  const fresh = samples.filter((sample) => sample.number > rollout.lastSample);
  const last = fresh.at(-1);
  if (last === undefined) return rollout;
  const mine = fresh.filter((sample) => sample.generation === rollout.generation);
  const state = rollout.judge === null ? null : mine.reduce(foldSample, rollout.judge);
  const sampledMs = rollout.sampledMs + mine.reduce((sum, sample) => sum + sample.durationMs, 0);
  const judgement = state === null || mine.length === 0 ? rollout.judgement : judge(state, sampledMs);
  return { ...rollout, judge: state, lastSample: last.number, sampledMs, judgement };
}

function step(facts: RolloutFacts, now: Instant): Rollout {
  const { rollout } = facts;
  const seen = seenRollout(facts);
  switch (rollout.state.phase) {
    case 'preflight':
      return preflight(rollout, seen, now);
    case 'canary':
      return weighed(facts, seen, now);
    case 'promoting':
      return rollout.policy === null ? switched(facts, now) : weighed(facts, seen, now);
    case 'watching':
      return watching(facts, now);
    case 'held':
      return held(facts, seen, now);
    case 'rolling back':
      return rollingBack(facts, rollout.state, seen, now);
    case 'rolled back':
    case 'rollback failed':
    case 'succeeded':
    case 'superseded':
      return rollout;
  }
}

const seenRollout = ({ rollout, observation }: RolloutFacts): ObservedRollout | null =>
  observation?.rollout?.id === rollout.id && observation.rollout.generation === rollout.generation
    ? observation.rollout
    : null;

/** At 0 %: the new version runs, is healthy, and its own smoke tests pass, before any client meets it. */
function preflight(rollout: Rollout, seen: ObservedRollout | null, now: Instant): Rollout {
  const report = seen?.preflight ?? null;
  if (report === null || report.state === 'starting') return rollout;
  if (report.state === 'failed')
    return enterRollingBack(
      { ...rollout, smoke: report.cause === 'smoke tests' ? 'failed' : rollout.smoke },
      { kind: report.cause, detail: report.detail },
      now,
    );
  return enterFirstStep({ ...rollout, smoke: report.smoke.length === 0 ? 'none' : 'passed' }, now);
}

/** Canary and promoting: there is a lease, and somebody has to be judging. */
function weighed(facts: RolloutFacts, seen: ObservedRollout | null, now: Instant): Rollout {
  const { rollout } = facts;
  const taken = takenBackByAgent(facts, now);
  if (taken !== null) return taken;
  // Nobody judges a weight that the gateway does not take; what is said next comes after all that it has followed.
  const generation = seen?.overtakenBy ?? rollout.generation;
  if (seen?.overtakenBy !== undefined || judgeIsLost(facts, seen))
    return enterHeld({ ...rollout, generation }, { kind: 'judge lost' }, 0, now);
  return followVerdict(rollout, rollout.judgement?.verdict ?? goOn, now);
}

const judgeIsLost = (facts: RolloutFacts, seen: ObservedRollout | null): boolean =>
  seen?.lease === 'expired' || facts.agentSilentMs > (facts.rollout.policy?.leaseMs ?? Infinity);

function followVerdict(rollout: Rollout, verdict: Verdict, now: Instant): Rollout {
  switch (verdict.action) {
    case 'continue':
      return rollout;
    case 'advance':
      return enterNextStep(rollout, now);
    case 'hold':
      return enterHeld(
        rollout,
        verdict.rule === 'advance'
          ? { kind: 'insufficient evidence', detail: verdict.detail }
          : { kind: 'rule', rule: verdict.rule, detail: verdict.detail },
        null,
        now,
      );
    case 'take back':
      return enterRollingBack(
        rollout,
        { kind: 'rule', rule: verdict.rule, detail: verdict.detail, by: 'control plane' },
        now,
      );
  }
}

/** Watching has no lease; the rules stay armed, and it ends when its time is over, whoever is silent meanwhile. */
function watching(facts: RolloutFacts, now: Instant): Rollout {
  const { rollout } = facts;
  const taken = takenBackByAgent(facts, now);
  if (taken !== null) return taken;
  const verdict = rollout.judgement?.verdict ?? goOn;
  if (verdict.action === 'take back' || verdict.action === 'hold')
    return followVerdict(rollout, verdict, now);
  return facts.watchLeftMs <= 0 ? settle(rollout, now) : watchedUntil(rollout, later(now, facts.watchLeftMs));
}

/** Less than this is rounding, and how clocks drift; more, and the wall clock was set. */
const clockSetMs = 1000;

/** A wall clock that was set moves the hour at which a watch ends, and not how long it lasts. */
function watchedUntil(rollout: Rollout, until: Instant): Rollout {
  const { state } = rollout;
  if (state.phase !== 'watching') return rollout;
  const setByMs = until - state.until;
  if (Math.abs(setByMs) < clockSetMs) return rollout;
  return { ...rollout, state: { ...state, since: later(state.since, setByMs), until } };
}

/** A held rollout stays armed: it leaves by a person, or by a rule that takes it back. */
function held(facts: RolloutFacts, seen: ObservedRollout | null, now: Instant): Rollout {
  const { rollout } = facts;
  const { state } = rollout;
  const taken = takenBackByAgent(facts, now);
  if (taken !== null) return taken;
  if (isLeased(state) && judgeIsLost(facts, seen)) return enterHeld(rollout, { kind: 'judge lost' }, 0, now);
  const verdict = rollout.judgement?.verdict;
  if (verdict?.action === 'take back') return followVerdict(rollout, verdict, now);
  return rollout;
}

/** Whether somebody has to renew the weight: while it is judged beside a stable version, held or not. */
const isLeased = (state: RolloutState): boolean =>
  state.phase === 'canary' ||
  state.phase === 'promoting' ||
  (state.phase === 'held' && state.percent > 0 && state.from.phase !== 'watching');

/**
 * The agent may take back by itself, at once, with no word from here. What it did is taken as done, also when a new
 * word about the weight was on its way to it meanwhile: that would expose what the evidence spoke against.
 */
function takenBackByAgent({ rollout, observation }: RolloutFacts, now: Instant): Rollout | null {
  const told = observation?.rollout;
  if (told?.id !== rollout.id || told.takenBack === null) return null;
  const { rule, detail } = told.takenBack;
  return enterRollingBack(rollout, { kind: 'rule', rule, detail, by: 'agent' }, now);
}

/** All at once: the switch is made; it has succeeded when the agent has seen it healthy. */
function switched(facts: RolloutFacts, now: Instant): Rollout {
  const { rollout, observation, revision } = facts;
  if (observation !== null && observation.revision >= revision && observation.converged)
    return settle(rollout, now);
  // A release is not to blame for an agent that is away: it says how it went when it is back.
  if (facts.inPhaseMs < settleGraceMs || facts.agentSilentMs > silentAfterMs) return rollout;
  return enterRollingBack(
    rollout,
    {
      kind: 'start',
      detail: observation?.troubles[0]?.message ?? 'It was not seen healthy in time after the switch.',
    },
    now,
  );
}

function rollingBack(
  { rollout, inPhaseMs }: RolloutFacts,
  state: Extract<RolloutState, { phase: 'rolling back' }>,
  seen: ObservedRollout | null,
  now: Instant,
): Rollout {
  if (seen?.backDone === true)
    return { ...rollout, state: { phase: 'rolled back', reason: state.reason, at: now } };
  if (inPhaseMs < giveUpAfterMs(rollout)) return rollout;
  return {
    ...rollout,
    state: {
      phase: 'rollback failed',
      reason: state.reason,
      detail: 'The agent has not reported that the previous version serves again.',
      at: now,
    },
  };
}

const giveUpAfterMs = (rollout: Rollout): number => (rollout.policy?.drainMs ?? 0) + rollBackGraceMs;

/** Never at once: what has to be looked at at once says so by having changed. */
const soonestMs = 50;
/** How often it is looked at while time alone may decide … */
const lookEveryMs = 1000;
/** … and what counts at most of the time between two looks: see `Stopwatch.attendedMs`. */
export const attendedGapMs = 2 * lookEveryMs;

function nextLook(rollout: Rollout, facts: RolloutFacts, now: Instant): Instant | null {
  const { state, policy } = rollout;
  const within = (ms: number): Instant =>
    later(now, Math.ceil(Math.min(lookEveryMs, Math.max(soonestMs, ms))));
  if (isLeased(state) && policy !== null) return within(policy.leaseMs - facts.agentSilentMs + soonestMs);
  switch (state.phase) {
    case 'promoting':
      return within(facts.inPhaseMs < settleGraceMs ? settleGraceMs - facts.inPhaseMs : silentAfterMs);
    case 'watching':
      return later(now, Math.max(soonestMs, Math.ceil(facts.watchLeftMs)));
    case 'rolling back':
      return within(giveUpAfterMs(rollout) - facts.inPhaseMs);
    case 'canary':
    case 'preflight':
    case 'held':
    case 'rolled back':
    case 'rollback failed':
    case 'succeeded':
    case 'superseded':
      return null;
  }
}
