import { undoneBy } from '../../client/index.ts';
import { confirm } from '../ask.ts';
import type { Cli } from '../cli.ts';
import { connected } from '../connect.ts';
import { positionNow } from '../find/position.ts';
import type { ConnectionFlags } from '../find/place.ts';
import { printable } from '../render/printable.ts';
import { planLines, promotionLines, promotionTitle } from '../render/promotion.ts';
import type { PromotionView, RollbackAsk, RolloutView, RungClient } from '../rung-client.ts';
import { watchPromotion } from '../watch/promotion.ts';
import { abortEffect } from './rollout.ts';

export interface RollbackFlags extends ConnectionFlags {
  readonly reason: string;
  readonly to?: string;
  readonly service?: readonly string[];
  readonly dryRun?: boolean;
  readonly watch?: boolean;
  readonly yes?: boolean;
}

export default async function rollback(cli: Cli, flags: RollbackFlags, environment: string): Promise<void> {
  const client = await connected(cli, flags);
  const { to, reason, service: services } = flags;
  const ask = { environment, to, reason, services };
  const planned =
    flags.yes === true && flags.dryRun !== true ? null : await client.rollBack({ ...ask, dryRun: true });
  const live = planned === null ? null : undoneBy(planned);
  const undone = live === null ? null : await client.rollout(live);
  if (flags.dryRun === true && planned !== null) {
    cli.answer(flags, planned, (view, look) => [
      look.style.faint('Nothing was done: this is what would happen.'),
      ...(undone === null ? promotionLines(view, look) : abortEffect(printable(undone))),
    ]);
    return;
  }
  if (planned !== null) {
    const effect =
      undone === null ? planLines(printable(planned.plan), cli.look()) : abortEffect(printable(undone));
    for (const line of effect) cli.note(line);
    const question =
      undone === null ? promotionTitle(planned) : `Take ${undone.version} back from ${environment}`;
    await confirm(cli, `${question}?`, flags);
  }
  const since = flags.watch === true ? await positionNow(client) : 0;
  const promotion = await goBack(client, ask, planned, undone);
  if (flags.watch === true)
    await watchPromotion(cli, client, promotion, { json: flags.json === true, since });
  else
    cli.answer(flags, promotion, (view, look) => [
      ...promotionLines(view, look),
      '',
      `Next: rung watch ${view.environment}`,
    ]);
}

/** What was shown and confirmed, by its name: while one reads, another release may become the one before. */
async function goBack(
  client: RungClient,
  ask: RollbackAsk,
  planned: PromotionView | null,
  undone: RolloutView | null,
): Promise<PromotionView> {
  if (planned === null) return client.rollBack(ask);
  if (undone === null) return client.rollBack({ ...ask, to: planned.release.version });
  await client.abort(undone.id, ask.reason);
  return client.promotion(planned.id);
}
