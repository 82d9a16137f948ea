import { Failure } from '../../domain/failure.ts';
import type { PromotionView, RolloutView, RungClient } from '../rung-client.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/u;

/** Whether this is the id of a promotion or a rollout, and no name. */
export const isId = (which: string): boolean => uuid.test(which);

/**
 * A promotion by its id, or the one that waits for an environment; where both wait, the emergency or the ordinary one as
 * told. Throws absent `promotion-unknown`.
 */
export async function openPromotion(
  client: RungClient,
  which: string,
  emergency?: boolean,
): Promise<PromotionView> {
  if (isId(which)) return client.promotion(which);
  await client.environment(which);
  const { items } = await client.promotions({ environment: which, open: true, limit: 50 });
  const all = items.filter((promotion) => promotion.state.phase === 'waiting');
  const meant = all.filter((one) => (one.emergency !== undefined) === emergency);
  const waiting = meant.length === 0 ? all : meant;
  const [only] = waiting;
  if (only === undefined)
    throw new Failure('absent', 'promotion-unknown', `No promotion to ${which} waits for anything.`, {
      wayOut: '`rung status` shows what waits where.',
    });
  if (waiting.length > 1)
    throw new Failure('invalid', 'promotion-ambiguous', `Several promotions to ${which} wait.`, {
      wayOut: 'Name one by its id.',
      problems: waiting.map(({ id, release }) => ({ message: `${release.version}: ${id}` })),
    });
  return only;
}

/** A rollout by its id, or the one that is live in an environment. Throws absent `rollout-unknown`. */
export async function liveRollout(client: RungClient, which: string): Promise<RolloutView> {
  if (isId(which)) return client.rollout(which);
  const { rollout } = await client.environment(which);
  if (rollout === null)
    throw new Failure('absent', 'rollout-unknown', `Nothing is being rolled out in ${which}.`, {
      wayOut: '`rung status` shows what runs where.',
    });
  return client.rollout(rollout);
}
