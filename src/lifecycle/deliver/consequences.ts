import { actorName } from '../../domain/actor.ts';
import type { Environment } from '../../domain/environment.ts';
import type { Instant } from '../../domain/ids.ts';
import type { Promotion, PromotionState } from '../../domain/promotion.ts';
import type { Release } from '../../domain/release.ts';
import { settled, withStable } from '../../domain/settle.ts';
import { type Rollout, type TakeBackReason, wantedPercent } from '../../domain/rollout/types.ts';

/** What stands around a rollout and changes when its phase does. */
export interface Surroundings {
  readonly environment: Environment;
  readonly promotion: Promotion;
  readonly release: Release;
}

/** What a rollout's change of phase means for its environment, its promotion and its release. Pure. */
export function consequencesOf(
  before: Rollout,
  after: Rollout,
  around: Surroundings,
  now: Instant,
): Surroundings {
  if (before.state === after.state) return around;
  return {
    environment: environmentAfter(before, after, around, now),
    promotion: { ...around.promotion, state: promotionAfter(after, around.promotion, now) },
    release: releaseAfter(after, around, now),
  };
}

function environmentAfter(
  before: Rollout,
  after: Rollout,
  { environment, promotion, release }: Surroundings,
  now: Instant,
): Environment {
  const { state } = after;
  const atOnce = after.policy === null;
  if (state.phase === 'promoting' && atOnce) return switchedTo(environment, after, 'to');
  if (state.phase === 'rolling back' && atOnce) return switchedTo(environment, after, 'from');
  const servedAll = state.phase === 'superseded' && wantedPercent(before) === 100;
  if (state.phase !== 'succeeded' && !servedAll) return environment;
  const smoke = after.smoke === 'passed' ? 'passed' : 'none';
  return settled(environment, promotion, release, smoke, now);
}

/** All at once: what serves changes with the switch, and is noted as a deployment once it was seen healthy. */
const switchedTo = (environment: Environment, rollout: Rollout, side: 'from' | 'to'): Environment => ({
  ...environment,
  stable: withStable(
    environment.stable,
    rollout.services.map((one) => [one.service, one[side]] as const),
  ),
});

function promotionAfter(after: Rollout, promotion: Promotion, now: Instant): PromotionState {
  const { state } = after;
  switch (state.phase) {
    case 'succeeded':
      return { phase: 'succeeded', rollout: after.id, at: now };
    case 'rolled back':
      return { phase: 'rolled back', rollout: after.id, reason: takeBackText(state.reason), at: now };
    case 'rollback failed':
      return {
        phase: 'failed',
        rollout: after.id,
        reason: `${takeBackText(state.reason)} ${state.detail}`,
        at: now,
      };
    case 'superseded':
      return { phase: 'superseded', by: state.by, at: now };
    case 'preflight':
    case 'canary':
    case 'promoting':
    case 'watching':
    case 'held':
    case 'rolling back':
      return promotion.state;
  }
}

/**
 * A release that was taken back is marked at once, so that nothing tries it again meanwhile. One that was being gone
 * back to is not: it has proved itself, and automation never goes back.
 */
function releaseAfter(
  after: Rollout,
  { environment, promotion, release }: Surroundings,
  now: Instant,
): Release {
  const { state } = after;
  const isBlamed = state.phase === 'rolling back' && promotion.kind === 'promotion';
  if (!isBlamed || release.mark !== null) return release;
  const mark = {
    reason: takeBackText(state.reason),
    environment: environment.name,
    rollout: after.id,
    at: now,
  };
  return { ...release, mark };
}

/** Why it was taken back, as a sentence with the evidence. */
export function takeBackText(reason: TakeBackReason): string {
  switch (reason.kind) {
    case 'rule':
      return reason.detail;
    case 'smoke tests':
      return `The smoke tests failed at 0 %: ${reason.detail}`;
    case 'start':
      return reason.detail;
    case 'person':
      return `${actorName(reason.by)} took it back: ${reason.note}`;
  }
}
