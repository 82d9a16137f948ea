import { Failure } from '../../domain/failure.ts';
import type { Cli } from '../cli.ts';
import { connected } from '../connect.ts';
import { positionNow } from '../find/position.ts';
import { liveRollout } from '../find/promotion.ts';
import type { ConnectionFlags } from '../find/place.ts';
import { listed } from '../render/figures.ts';
import type { PromotionView } from '../rung-client.ts';
import { watchPromotion, watchRollout } from '../watch/promotion.ts';

export default async function watch(cli: Cli, flags: ConnectionFlags, environment?: string): Promise<void> {
  const client = await connected(cli, flags);
  if (environment !== undefined) await client.environment(environment);
  const options = { json: flags.json === true, since: await positionNow(client) };
  const { items: open } = await client.promotions({ environment, open: true, limit: 50 });
  const meant = promotionToWatch(open, environment);
  if (meant !== null) await watchPromotion(cli, client, meant, options);
  else await watchRollout(cli, client, await liveRollout(client, environment ?? onlyLive(open)), options);
}

/** A running promotion goes before one that still waits. */
function promotionToWatch(
  open: readonly PromotionView[],
  environment: string | undefined,
): PromotionView | null {
  const running = open.filter((promotion) => promotion.state.phase === 'running');
  const [only] = running.length > 0 ? running : open;
  if (environment === undefined && open.length > 1 && running.length !== 1) return null;
  return only ?? null;
}

function onlyLive(open: readonly PromotionView[]): string {
  const live = [...new Set(open.map((promotion) => promotion.environment))];
  if (live.length === 0)
    throw new Failure('absent', 'rollout-unknown', 'Nothing is being rolled out.', {
      wayOut: '`rung status` shows what runs where.',
    });
  throw new Failure('invalid', 'rollout-ambiguous', `Something happens in ${listed(live)}.`, {
    wayOut: `Name one: rung watch ${live[0] ?? ''}`,
  });
}
