import type { Instant } from '../../domain/ids.ts';
import type { Promotion, PromotionCourse } from '../../domain/promotion.ts';
import type { Rollout } from '../../domain/rollout/types.ts';
import { holdText } from './rollout-events.ts';

const nothingYet: PromotionCourse = { fullAt: null, takenBackAt: null, holds: [] };
const keptHolds = 20;

/** What a change of phase adds to what the promotion went through. Pure. */
export function withCourse(before: Rollout, after: Rollout, promotion: Promotion, now: Instant): Promotion {
  if (before.state === after.state) return promotion;
  const course = promotion.course ?? nothingYet;
  const next: PromotionCourse = {
    fullAt: course.fullAt ?? (isFull(after) ? now : null),
    takenBackAt: course.takenBackAt ?? (after.state.phase === 'rolling back' ? now : null),
    holds: [...course.holds, ...holdOver(before, now)].slice(-keptHolds),
  };
  const isNews =
    next.fullAt !== course.fullAt || next.takenBackAt !== course.takenBackAt || before.state.phase === 'held';
  return isNews ? { ...promotion, course: next } : promotion;
}

const isFull = ({ state }: Rollout): boolean => state.phase === 'watching' || state.phase === 'succeeded';

const holdOver = ({ state }: Rollout, now: Instant): PromotionCourse['holds'] =>
  state.phase === 'held' ? [{ reason: holdText(state.reason), since: state.since, until: now }] : [];
