import type { Cli } from '../cli.ts';
import { connected } from '../connect.ts';
import { positionNow } from '../find/position.ts';
import type { ConnectionFlags } from '../find/place.ts';
import { promotionLines } from '../render/promotion.ts';
import { watchPromotion } from '../watch/promotion.ts';

export interface PromoteFlags extends ConnectionFlags {
  readonly to: string;
  readonly reason?: string;
  readonly dryRun?: boolean;
  readonly watch?: boolean;
  readonly emergency?: boolean;
}

export default async function promote(cli: Cli, flags: PromoteFlags, release: string): Promise<void> {
  const client = await connected(cli, flags);
  const { to, reason, dryRun, emergency } = flags;
  const since = flags.watch === true ? await positionNow(client) : 0;
  const promotion = await client.promote({ release, to, reason, dryRun, emergency });
  if (flags.watch === true && dryRun !== true) {
    await watchPromotion(cli, client, promotion, { json: flags.json === true, since });
    return;
  }
  cli.answer(flags, promotion, (view, look) => [
    ...(dryRun === true ? [look.style.faint('Nothing was done: this is what would happen.')] : []),
    ...promotionLines(view, look),
    ...(dryRun === true ? [] : ['', `Next: rung watch ${view.environment}`]),
  ]);
}
