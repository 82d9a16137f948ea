import { Failure } from '../../domain/failure.ts';
import type { Cli } from '../cli.ts';
import { connected } from '../connect.ts';
import { liveRollout } from '../find/promotion.ts';
import type { ConnectionFlags } from '../find/place.ts';
import { listed } from '../render/figures.ts';
import type { BoardView, PromotionView, RungClient } from '../rung-client.ts';
import { watchPromotion, watchRollout } from '../watch/promotion.ts';

export default async function watch(cli: Cli, flags: ConnectionFlags, environment?: string): Promise<void> {
  const client = await connected(cli, flags);
  const board = await client.board();
  const options = { json: flags.json === true, since: board.position };
  const open = await promotionToWatch(client, board, environment);
  if (open !== null) await watchPromotion(cli, client, open, options);
  else await watchRollout(cli, client, await liveRollout(client, environment ?? onlyLive(board)), options);
}

/** A running promotion goes before one that still waits. */
async function promotionToWatch(
  client: RungClient,
  board: BoardView,
  environment: string | undefined,
): Promise<PromotionView | null> {
  if (environment !== undefined) await client.environment(environment);
  const open = board.promotions.filter(
    (promotion) => environment === undefined || promotion.environment === environment,
  );
  const running = open.filter((promotion) => promotion.state.phase === 'running');
  const [only] = running.length > 0 ? running : open;
  if (environment === undefined && open.length > 1 && running.length !== 1) return null;
  return only ?? null;
}

function onlyLive(board: BoardView): string {
  const live = [...new Set(board.promotions.map((promotion) => promotion.environment))];
  if (live.length === 0)
    throw new Failure('absent', 'rollout-unknown', 'Nothing is being rolled out.', {
      wayOut: '`rung status` shows what runs where.',
    });
  throw new Failure('invalid', 'rollout-ambiguous', `Something happens in ${listed(live)}.`, {
    wayOut: `Name one: rung watch ${live[0] ?? ''}`,
  });
}
