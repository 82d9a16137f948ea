import { isFailure } from '../../domain/failure.ts';
import { codeOfBlocker, codeOfPromotion, codesOfRollout } from '../../domain/failures/codes-of.ts';
import { type Explanation, explanationOf } from '../../domain/failures/index.ts';
import type { Happened } from '../render/happened.ts';
import type { PromotionView, RolloutView, RungClient } from '../rung-client.ts';

/** What happened to the promotion or rollout of this id. Throws absent `promotion-unknown` where it is neither. */
export async function happenedTo(client: RungClient, id: string): Promise<Happened> {
  const promotion = await unlessAbsent(client.promotion(id));
  if (promotion !== null) return happenedToPromotion(client, promotion);
  const rollout = await unlessAbsent(client.rollout(id));
  // Neither: the failure that says so is the one for a promotion.
  if (rollout === null) return happenedToPromotion(client, await client.promotion(id));
  return { promotion: null, rollout, explanations: explained(codesOfRollout(rollout.state)) };
}

async function happenedToPromotion(client: RungClient, promotion: PromotionView): Promise<Happened> {
  const rollout = await rolloutOf(client, promotion);
  return { promotion, rollout, explanations: explained(codesOf(promotion, rollout)) };
}

function codesOf({ state, admission }: PromotionView, rollout: RolloutView | null): readonly string[] {
  if (state.phase === 'waiting') return admission.blockers.map(({ kind }) => codeOfBlocker(kind));
  const ofRollout = rollout === null ? [] : codesOfRollout(rollout.state);
  const own = codeOfPromotion(state.phase);
  return ofRollout.length === 0 && own !== null ? [own] : ofRollout;
}

async function rolloutOf(client: RungClient, { state }: PromotionView): Promise<RolloutView | null> {
  return 'rollout' in state && state.rollout !== null ? client.rollout(state.rollout) : null;
}

const explained = (codes: readonly string[]): readonly Explanation[] =>
  [...new Set(codes)].flatMap((code) => explanationOf(code) ?? []);

async function unlessAbsent<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (thrown) {
    if (isFailure(thrown) && thrown.kind === 'absent') return null;
    throw thrown;
  }
}
